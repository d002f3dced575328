package io.procession.internal.hosting;

import io.procession.internal.family.StatusPageReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The status pages of other processes, each opened once for all objects here that read it. Safe for all threads. */
public final class PageLoans {
    private final Evidence evidence;
    private final Map<Long, Shared> open = new HashMap<>(); // guarded by this

    private static final class Shared {
        final StatusPageReader reader;
        int borrowers;

        Shared(StatusPageReader reader) {
            this.reader = reader;
        }
    }

    /** The right to read one page. Safe for all threads; to be closed once. */
    public final class Loan implements AutoCloseable {
        private final long incarnation;
        private final Shared shared;

        private Loan(long incarnation, Shared shared) {
            this.incarnation = incarnation;
            this.shared = shared;
        }

        /**
         * What to read.
         *
         * @return the reader, not to be closed by the borrower
         */
        public StatusPageReader page() {
            return shared.reader;
        }

        @Override
        public void close() {
            giveBack(incarnation, shared);
        }
    }

    PageLoans(Evidence evidence) {
        this.evidence = evidence;
    }

    /**
     * Lends the page of another process.
     *
     * @param incarnation which
     * @return to read it by, also after that process died and its parent removed the page
     * @throws IOException if it is not there, because the process runs on another host or has long ended
     */
    public synchronized Loan borrow(long incarnation) throws IOException {
        Shared shared = open.get(incarnation);
        if (shared == null) {
            shared = new Shared(evidence.open(incarnation));
            open.put(incarnation, shared);
        }
        shared.borrowers++;
        return new Loan(incarnation, shared);
    }

    private synchronized void giveBack(long incarnation, Shared shared) {
        if (--shared.borrowers == 0) {
            open.remove(incarnation);
            shared.reader.close();
        }
    }
}
