package io.procession.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this JVM holds at one moment (threads, child processes and theirs, open descriptors), to be compared with what it held before.
 * What the JDK keeps for itself does not count. Immutable.
 */
public final class Footprint {

    private final Set<Thread> threads = new HashSet<>();
    private final Set<ProcessHandle> processes = ProcessTree.current();
    /** Whoever was there before cannot have been left behind, not even if he becomes an orphan meanwhile: the shell of a background job. */
    private final Set<ProcessHandle> everybody = ProcessHandle.allProcesses().collect(Collectors.toSet());

    private final Set<String> descriptors = new HashSet<>(Descriptors.open().keySet());

    private Footprint() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!ofTheJvm(thread)) {
                threads.add(thread);
            }
        }
    }

    /**
     * Looks.
     *
     * @return what is there now
     */
    public static Footprint now() {
        Descriptors.openWhatTheJdkKeeps();
        return new Footprint();
    }

    /**
     * Waits until there is nothing that was not there at the time of this footprint.
     *
     * @param grace how long ends may take
     * @throws InterruptedException if the calling thread was interrupted
     * @throws AssertionError if something is left after that; names each thing
     */
    public void awaitNothingBeyond(Duration grace) throws InterruptedException {
        Eventually.isEmpty("nothing is left behind", grace, () -> now().beyond(this));
    }

    /**
     * What is here and was not there before.
     *
     * @param before an earlier footprint
     * @return each thing described with all that is known of it
     */
    public List<String> beyond(Footprint before) {
        List<String> left = new ArrayList<>();
        for (Thread thread : threads) {
            if (!before.threads.contains(thread) && thread.isAlive()) {
                left.add(describe(thread));
            }
        }
        for (ProcessHandle process : processes) {
            if (!before.everybody.contains(process)) {
                left.add(ProcessTree.describe(process));
            }
        }
        for (String descriptor : descriptors) {
            if (!before.descriptors.contains(descriptor)) {
                left.add("descriptor " + descriptor);
            }
        }
        return left;
    }

    /** The JDK's own threads stand in the root group or in one of its own; its common pools come and go as they like. */
    private static boolean ofTheJvm(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null
                || group.getParent() == null
                || group.getName().equals("InnocuousThreadGroup")
                || thread.getName().startsWith("ForkJoinPool.commonPool")
                || thread.getName().startsWith("ForkJoinPool-delayScheduler")
                || thread.getName().equals("CompletableFutureDelayScheduler")
                || thread.getName().startsWith("surefire-");
    }

    private static String describe(Thread thread) {
        StringBuilder text = new StringBuilder("thread \"" + thread.getName() + "\" " + thread.getState());
        for (StackTraceElement element : thread.getStackTrace()) {
            text.append("\n        at ").append(element);
        }
        return text.toString();
    }
}
