package io.procession.transport.shm.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that takes one item after the other, asleep until there is one, and says each. Arguments: directory, incarnation. */
final class SleepingChild {
    private SleepingChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        long incarnation = Long.parseLong(arguments[1]);
        WaitingQueue queue = new WaitingQueue(
                MemoryQueue.attach(
                        directory,
                        ChildOfQueue.QUEUE,
                        incarnation,
                        new LockedBytes(directory.resolve("alive"), incarnation)),
                ChildOfQueue.inboxes(directory, incarnation));
        System.out.println("ready");
        while (true) {
            WaitingQueue.Take take = queue.take(TimeUnit.HOURS.toNanos(1));
            if (take == null || take.item() == null) {
                System.out.println(take == null ? "late" : take.end());
                return;
            }
            int item = take.item().bytes().getInt();
            queue.commit(take.item());
            System.out.println(item);
        }
    }
}
