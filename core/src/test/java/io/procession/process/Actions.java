package io.procession.process;

import java.util.concurrent.CountDownLatch;

/** What the children of these tests run. */
final class Actions {
    private Actions() {}

    static void nothing() {}

    static void sleepForEver() throws InterruptedException {
        System.out.println("asleep");
        new CountDownLatch(1).await();
    }

    static void spin() {
        System.out.println("busy");
        long count = 0;
        while (System.nanoTime() != 1) {
            count++;
        }
        System.out.println(count);
    }

    static void hangInHook() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            while (true) {
                Thread.onSpinWait();
            }
        }));
        sleepForEver();
    }

    static void printIdentity() {
        ProcessInfo self = Process.current();
        ProcessInfo parent = Process.parent().orElseThrow();
        System.out.println(
                self.name() + " " + self.pid() + " " + self.isDaemon() + " " + self.generation() + " " + parent.pid()
                        + " " + parent.isAlive() + " " + ProcessHandle.current().pid());
    }
}
