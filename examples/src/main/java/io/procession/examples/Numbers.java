package io.procession.examples;

import io.procession.process.Process;

/**
 * A method runs in a JVM of its own. In Python: {@code Process(target=print_numbers)}.
 *
 * <p>The two children share our output, so their lines mix; each line says which process wrote it.
 */
public final class Numbers {
    private Numbers() {}

    /** Runs the lesson. */
    public static void main(String[] arguments) throws InterruptedException {
        // region start
        Process first = Process.start(Numbers::printNumbers); // a new JVM runs the method
        Process second = Process.start(Numbers::printNumbers);
        first.join();
        second.join();
        // endregion
    }

    static void printNumbers() {
        for (int number = 1; number <= 5; number++) {
            System.out.println("pid " + ProcessHandle.current().pid() + " prints " + number);
        }
    }
}
