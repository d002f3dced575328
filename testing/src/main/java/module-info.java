/** A watchdog and a leak checker for tests that start threads, processes and files. */
module io.procession.testing {
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.procession.testing;
}
