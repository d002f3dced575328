package io.procession.examples.demo;

import io.procession.transport.Availability;
import io.procession.transport.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Runs every lesson over every transport that is present, each in a process of its own, and says what ran where, how long it took, and whether
 * it printed what it should. Argument: the directory whose files are checksummed (the JDK that runs this). The exit code is 0 if all was as
 * expected.
 */
public final class Demo {
    private Demo() {}

    /** Runs the demo. */
    public static void main(String[] arguments) throws Exception {
        Path tree = Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.home"));
        System.out.println("This is pid " + ProcessHandle.current().pid() + " on Java " + Runtime.version() + ".");
        List<Outcome> outcomes = new ArrayList<>();
        for (String transport : transports()) {
            for (Lesson lesson : Lessons.all(tree)) {
                outcomes.add(new Performance(transport, lesson).run());
            }
        }
        long good = outcomes.stream().filter(Outcome::asExpected).count();
        System.out.println();
        System.out.println(Outcome.header());
        outcomes.forEach(outcome -> System.out.println(outcome.row()));
        System.out.println(good + " of " + outcomes.size() + " as expected.");
        System.exit(good == outcomes.size() && good > 0 ? 0 : 1);
    }

    /** The transports that work here; says why others do not. */
    private static List<String> transports() {
        List<String> usable = new ArrayList<>();
        List<Transport> found = ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Transport::id))
                .toList();
        for (Transport transport : found) {
            Availability availability = transport.availability();
            System.out.println("Transport " + transport.id()
                    + (availability.usable() ? "" : " cannot be used here: " + availability.reason()));
            if (availability.usable()) {
                usable.add(transport.id());
            }
        }
        return usable;
    }
}
