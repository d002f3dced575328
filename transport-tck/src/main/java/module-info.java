/** The contract every transport passes. */
module io.procession.transport.tck {
    requires transitive io.procession.core;
    requires transitive io.procession.testing;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires org.assertj.core;
    requires java.management;
    requires static org.jspecify;
    requires transitive org.slf4j;

    exports io.procession.tck.pool;
    exports io.procession.tck.process;
    exports io.procession.tck.queue;
    exports io.procession.transport.tck;

    // JUnit calls the contracts, which are package-private, by reflection.
    opens io.procession.transport.tck to
            org.junit.platform.commons;
    // ... and tasks are decoded by core.
    opens io.procession.tck.pool to
            org.junit.platform.commons,
            io.procession.core;
    opens io.procession.tck.process to
            org.junit.platform.commons,
            io.procession.core;
    opens io.procession.tck.queue to
            org.junit.platform.commons,
            io.procession.core;

    uses io.procession.transport.Transport;
}
