package io.procession.internal.child;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive after {@code main} has returned, as long as somebody holds it: a child that is no daemon, a pool with accepted tasks. It is
 * one non-daemon thread, there only while it is held.
 */
public final class Keeper {
    private static final Object LOCK = new Object();
    private static int holds;
    private static @Nullable Thread thread;

    private Keeper() {}

    /** Holds the JVM until {@link #release} is called as often. */
    public static void hold() {
        synchronized (LOCK) {
            if (holds == 0 && thread == null) {
                Thread keeper = new Holding();
                keeper.setDaemon(false); // also when a daemon thread starts it
                keeper.start(); // it waits for the lock
                thread = keeper;
            }
            holds++; // last: if there is no thread to be had, nobody holds
        }
    }

    /** Gives back one hold. */
    public static void release() {
        synchronized (LOCK) {
            if (--holds == 0) {
                LOCK.notifyAll();
            }
        }
    }

    /** Not a lambda, as on all paths of a first start: see {@link ColdStart}. */
    private static final class Holding extends Thread {
        Holding() {
            super("procession-keeper");
        }

        @Override
        public void run() {
            keep();
        }
    }

    private static void keep() {
        synchronized (LOCK) {
            while (holds > 0) {
                try {
                    LOCK.wait();
                } catch (InterruptedException nobodysBusiness) {
                    // this thread ends when nobody holds it, and not before
                }
            }
            thread = null;
        }
    }
}
