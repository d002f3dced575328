package io.procession.internal.child;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** What the children of these tests run. */
final class Programs {
    private Programs() {}

    static final class Say {
        public static void main(String[] arguments) {
            System.out.println(String.join("|", arguments));
        }
    }

    static final class Fail {
        public static void main(String[] arguments) {
            throw new IllegalStateException("on purpose, größer");
        }
    }

    static final class ExitWith {
        public static void main(String[] arguments) {
            if (arguments[0].equals("halt")) {
                Runtime.getRuntime().halt(Integer.parseInt(arguments[1]));
            }
            System.exit(Integer.parseInt(arguments[1]));
        }
    }

    static final class SleepForEver {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("asleep");
            new CountDownLatch(1).await();
        }
    }

    static final class HangInHook {
        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                while (true) {
                    Thread.onSpinWait();
                }
            }));
            System.out.println("asleep");
            new CountDownLatch(1).await();
        }
    }

    static final class Echo implements ChildEntry {
        @Override
        public void run(ByteBuffer payload) throws Exception {
            CountDownLatch done = new CountDownLatch(1);
            ControlHandlers.on((byte) 20, message -> {
                byte[] text = new byte[message.remaining()];
                message.get(text);
                System.out.println("message " + new String(text, StandardCharsets.UTF_8));
                done.countDown();
            });
            System.out.println("payload " + StandardCharsets.UTF_8.decode(payload));
            done.await();
            System.err.println("last " + Arrays.asList(1, 2));
        }
    }
}
