package io.procession.examples.demo;

import java.util.List;

/**
 * A program to be shown, and how to see that it did what it should.
 *
 * @param title what it shows
 * @param main its main class
 * @param arguments its arguments
 * @param check looks at the lines that it printed
 */
record Lesson(String title, Class<?> main, List<String> arguments, Check check) {
    /** Compares what was printed with what should have been. */
    interface Check {
        /** What differs, for the user; empty if nothing does. */
        String differences(List<String> lines) throws Exception;
    }
}
