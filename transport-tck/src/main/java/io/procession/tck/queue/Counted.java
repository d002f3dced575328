package io.procession.tck.queue;

/**
 * An item that leaves a trace where it is decoded: between its delivery and the moment from which on it is taken for good.
 *
 * @param producer who put it
 * @param number its place in what he put, from 0
 */
public record Counted(int producer, long number) {
    /** Notes it, in a process that keeps a ledger. */
    public Counted {
        TakenLedger ledger = TakenLedger.ofThisProcess();
        if (ledger != null) {
            ledger.decoded(producer, number);
        }
    }
}
