package io.procession.examples.container;

import io.procession.tck.pool.PoolContract;
import io.procession.tck.pool.PoolDeathContract;
import io.procession.tck.process.ProcessContract;
import io.procession.tck.queue.QueueContract;
import io.procession.tck.queue.QueueDeathContract;
import io.procession.transport.Availability;
import io.procession.transport.Transport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * A program for small rooms: those tests of the suites of processes, pools and queues that are tagged as smoke, over every transport that works there. Says why
 * others do not, and what failed. The exit code is 0 if nothing did.
 */
public final class Smoke {
    private static final List<ClassSelector> SUITES = Stream.of(
                    Processes.class, Pools.class, DeathsInPools.class, Queues.class, DeathsAtQueues.class)
            .map(DiscoverySelectors::selectClass)
            .toList();

    private static volatile String transport = "";

    private Smoke() {}

    /** Runs. */
    public static void main(String[] arguments) {
        System.out.println("This is pid " + ProcessHandle.current().pid() + " on Java " + Runtime.version() + ".");
        boolean good = true;
        for (String id : transports()) {
            transport = id;
            good &= run();
        }
        System.out.flush();
        System.exit(good ? 0 : 1);
    }

    private static List<String> transports() {
        List<String> usable = new ArrayList<>();
        for (Transport found : ServiceLoader.load(Transport.class)) {
            Availability availability = found.availability();
            if (availability.usable()) {
                usable.add(found.id());
            } else {
                System.out.println("Transport " + found.id() + " cannot be used here: " + availability.reason());
            }
        }
        return usable;
    }

    private static boolean run() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(SUITES)
                .filters(TagFilter.includeTags("smoke"))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true), 50);
        long passed = summary.getTestsSucceededCount();
        long all = summary.getTestsFoundCount();
        System.out.println("smoke over " + transport + ": " + passed + " of " + all + " as expected.");
        return summary.getTotalFailureCount() == 0 && passed == all && passed > 0;
    }

    static final class Processes extends ProcessContract {
        @Override
        protected String transport() {
            return transport;
        }
    }

    static final class Pools extends PoolContract {
        @Override
        protected String transport() {
            return transport;
        }
    }

    static final class DeathsInPools extends PoolDeathContract {
        @Override
        protected String transport() {
            return transport;
        }
    }

    static final class Queues extends QueueContract {
        @Override
        protected String transport() {
            return transport;
        }
    }

    static final class DeathsAtQueues extends QueueDeathContract {
        @Override
        protected String transport() {
            return transport;
        }
    }
}
