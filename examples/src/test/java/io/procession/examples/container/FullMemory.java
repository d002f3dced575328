package io.procession.examples.container;

import io.procession.pool.Pool;
import io.procession.queue.Queue;
import io.procession.queue.QueuePlacement;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportSite;
import io.procession.transport.shm.ShmTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A program that fills the memory file system on which the transport {@code shm} lies, and uses it all the same. Wants {@code procession.shm.directory}. Each way to meet the full file system ends in an
 * answer, and none in a fault.
 */
public final class FullMemory {
    private static final Path PLACE = Path.of(System.getProperty("procession.shm.directory"));
    private static final Path FILL = PLACE.resolve("fill");
    private static final String RESERVED = "procession.shm.reservedSegments";
    private static final int VALUE_BYTES = 1_000_000;
    private static final int VALUES = 5;
    /** Two rings and their header, rounded up: a link can be made, and no segment. */
    private static final int LINK_BYTES = 560 << 10;

    private static final int ROUNDS = 5;
    private static final int CHECKS = 7;

    /** Where the family's private directory is. */
    private static final Path ELSEWHERE = Path.of(System.getProperty("java.io.tmpdir"), "fill");

    /** More than the cells that a queue begins with. */
    private static final int SMALL_ITEMS = 10_000;

    private static final int SMALL_BYTES = 300;

    private static int asExpected;

    private FullMemory() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        System.out.println("This is pid " + ProcessHandle.current().pid() + " on Java " + Runtime.version() + ".");
        // Those first that are refused: memory of links that have ended has room in it once the garbage collector has
        // run.
        fill(0);
        check("who makes a link is told", refusal().contains("-Dprocession.shm.ringBytes=... (now 262144)"));

        System.setProperty(RESERVED, "1");
        fill(LINK_BYTES);
        check(
                "and, if it reserves segments, that those can be fewer",
                refusal().contains("-D" + RESERVED + "=... (now 1)"));

        Files.delete(FILL);
        check("what was reserved is there when the file system is full", travel());

        System.clearProperty(RESERVED);
        check("large values over a link without segments go through its ring", travel());

        check("a queue grows into the private directory of its family, for other processes as well", queueGrows());
        check("a queue is refused for which there is no room and which must lie there", isQueueRefused());
        check("who does not insist gets one whose items lie with him", isQueueHosted());
        System.out.println("in a full memory: " + asExpected + " of " + CHECKS + " as expected.");
        System.exit(asExpected == CHECKS ? 0 : 1);
    }

    /** Puts more than there is room for behind a queue that was made before, until neither place has room for more; a child takes what was put. */
    private static boolean queueGrows() throws Exception {
        try (Queue<byte[]> queue = Queue.<byte[]>builder()
                        .transport("shm")
                        .placement(QueuePlacement.SHARED)
                        .create();
                Pool pool = pool()) {
            pool.submit(() -> 1).get();
            fill(0);
            int put = 0;
            for (; put < SMALL_ITEMS; put++) {
                queue.put(item(put));
            }
            fill(ELSEWHERE, 0);
            String refusal = "";
            while (refusal.isEmpty()) {
                try {
                    queue.put(item(put));
                    put++;
                } catch (UncheckedIOException noRoom) {
                    refusal = String.valueOf(noRoom.getMessage());
                }
            }
            System.out.println(put + " items, then: " + refusal);
            int expected = put;
            return pool.submit(() -> takeAll(queue, expected)).get() && queue.isEmpty();
        } finally {
            Files.deleteIfExists(FILL);
            Files.deleteIfExists(ELSEWHERE);
        }
    }

    private static byte[] item(int number) {
        return ByteBuffer.allocate(SMALL_BYTES).putInt(number).array();
    }

    private static boolean takeAll(Queue<byte[]> queue, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            if (ByteBuffer.wrap(queue.take()).getInt() != i) {
                return false;
            }
        }
        return true;
    }

    private static boolean isQueueRefused() throws Exception {
        fill(0);
        try {
            Queue.builder()
                    .transport("shm")
                    .placement(QueuePlacement.SHARED)
                    .create()
                    .close();
            return false;
        } catch (UncheckedIOException refused) {
            System.out.println(refused.getMessage());
            return String.valueOf(refused.getMessage()).contains("Make room there");
        } finally {
            Files.deleteIfExists(FILL);
        }
    }

    private static boolean isQueueHosted() throws Exception {
        fill(0);
        try (Queue<Integer> queue = Queue.<Integer>builder().transport("shm").create()) {
            queue.put(1);
            return queue.placement() == QueuePlacement.HOSTED && queue.take() == 1;
        } finally {
            Files.deleteIfExists(FILL);
        }
    }

    private static void check(String what, boolean good) {
        System.out.println((good ? "yes: " : "NO: ") + what);
        asExpected += good ? 1 : 0;
    }

    /** Sends large values there and back after the file system was filled behind a link. */
    private static boolean travel() throws Exception {
        try (Pool pool = pool()) {
            pool.submit(() -> 1).get();
            fill(0);
            for (int i = 0; i < VALUES; i++) {
                byte[] value = new byte[VALUE_BYTES];
                Arrays.fill(value, (byte) i);
                byte[] expected = value.clone();
                expected[i]++;
                int at = i;
                byte[] answer = pool.submit(() -> changed(value, at)).get();
                if (!Arrays.equals(answer, expected)) {
                    return false;
                }
            }
            return true;
        } finally {
            Files.deleteIfExists(FILL);
        }
    }

    private static byte[] changed(byte[] value, int at) {
        value[at]++;
        return value;
    }

    /** What is said to who wants a link, or nothing if he gets it. */
    private static String refusal() throws Exception {
        Transport transport = new ShmTransport();
        TransportSite site = new TransportSite(Files.createTempDirectory("full"), "full");
        try (LinkListener listener = transport.listen(site, link -> new Silent())) {
            transport
                    .connect(listener.address(), site, new Silent(), Duration.ofMinutes(1))
                    .close();
            return "";
        } catch (IOException refused) {
            System.out.println(refused.getMessage());
            return refused.getMessage();
        }
    }

    private static final class Silent implements LinkHandler {
        @Override
        public void onFrame(Link link, ByteBuffer frame) {}

        @Override
        public void onWritten(Link link, long position) {}

        @Override
        public void onClosed(Link link, @Nullable Throwable cause) {}
    }

    private static Pool pool() {
        return Pool.builder().workers(1).transport("shm").build();
    }

    /** Takes all room but so much. */
    private static void fill(int leave) throws IOException {
        fill(FILL, leave);
    }

    private static void fill(Path with, int leave) throws IOException {
        Files.deleteIfExists(with);
        for (int round = 0; round < ROUNDS; round++) {
            System.gc(); // what it frees of ended links is taken as well
            takeAll(with);
        }
        try (RandomAccessFile file = new RandomAccessFile(with.toFile(), "rw")) {
            file.setLength(file.length() - leave);
        }
    }

    private static void takeAll(Path with) throws IOException {
        byte[] piece = new byte[4096];
        try (OutputStream out = Files.newOutputStream(with, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            if (!Files.exists(with)) {
                throw full;
            }
        }
    }
}
