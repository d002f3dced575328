package io.procession.benchmarks.subjects;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Items of 64 bytes one way through a bounded ring of slots that two JVMs map, each claimed by one of any number of writers and readers with one compare-and-set: the queue of Vyukov (2010). It shows what that alone costs. A process
 * that is stopped or killed between its claim and its publication stops everybody. Arguments: how both wait ({@link Idle}), warm-ups, items.
 */
public final class SlotRing {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();
    private static final int ITEM_BYTES = 64;
    private static final int SLOTS = 1 << 16;
    private static final int SLOT_BYTES = 128;
    /** In a slot, behind its turn. */
    private static final int ITEM = 8;

    private static final int HEAD = 128;
    private static final int TAIL = 256;
    private static final int FIRST = 512;

    private final ByteBuffer memory;

    private SlotRing(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, FIRST + (long) SLOTS * SLOT_BYTES);
        }
    }

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        IdleStrategy idle = Idle.named(arguments[0]);
        int warmUps = Integer.parseInt(arguments[1]);
        int items = Integer.parseInt(arguments[2]);
        Path shared = Path.of("/dev/shm");
        Path file = Files.isDirectory(shared)
                ? Files.createTempFile(shared, "slots", ".ring")
                : Files.createTempFile("slots", ".ring");
        SlotRing ring = new SlotRing(file);
        for (long slot = 0; slot < SLOTS; slot++) {
            LONG.setVolatile(ring.memory, at(slot), slot);
        }
        String toSend = Integer.toString(Ticks.toSend(ITEM_BYTES, warmUps, items));
        Process sender = Jvm.start(AgronaRings.FLAGS, Sender.class, arguments[0], toSend, file.toString());
        try {
            Ticks ticks = new Ticks(ITEM_BYTES, warmUps, items);
            boolean over = false;
            while (!over) {
                byte[] item = ring.poll();
                if (item == null) {
                    idle.idle();
                } else {
                    idle.reset();
                    over = ticks.tick();
                }
            }
        } finally {
            sender.waitFor();
            Files.delete(file);
        }
    }

    private static int at(long turn) {
        return FIRST + (int) (turn & (SLOTS - 1)) * SLOT_BYTES;
    }

    private boolean offer(byte[] item) {
        while (true) {
            long turn = (long) LONG.getVolatile(memory, TAIL);
            int slot = at(turn);
            long ahead = (long) LONG.getVolatile(memory, slot) - turn;
            if (ahead < 0) {
                return false;
            }
            if (ahead == 0 && LONG.compareAndSet(memory, TAIL, turn, turn + 1)) {
                memory.put(slot + ITEM, item);
                LONG.setRelease(memory, slot, turn + 1);
                return true;
            }
        }
    }

    private byte @Nullable [] poll() {
        while (true) {
            long turn = (long) LONG.getVolatile(memory, HEAD);
            int slot = at(turn);
            long ahead = (long) LONG.getVolatile(memory, slot) - (turn + 1);
            if (ahead < 0) {
                return null;
            }
            if (ahead == 0 && LONG.compareAndSet(memory, HEAD, turn, turn + 1)) {
                byte[] item = new byte[ITEM_BYTES];
                memory.get(slot + ITEM, item);
                LONG.setRelease(memory, slot, turn + SLOTS);
                return item;
            }
        }
    }

    /** The other side. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            IdleStrategy idle = Idle.named(arguments[0]);
            int count = Integer.parseInt(arguments[1]);
            SlotRing ring = new SlotRing(Path.of(arguments[2]));
            byte[] item = new byte[ITEM_BYTES];
            for (int i = 0; i < count; i++) {
                while (!ring.offer(item)) {
                    idle.idle();
                }
                idle.reset();
            }
        }
    }
}
