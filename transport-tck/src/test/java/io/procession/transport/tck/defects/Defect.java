package io.procession.transport.tck.defects;

/** What a transport may get wrong, and the test of a contract that must notice. */
enum Defect {
    /** {@code send} moves the positions of the buffers. */
    CONSUMES_BUFFERS("Messages", "sendingLeavesThePositionsOfTheBuffersAlone"),
    /** A byte of a large frame changes on the way. */
    DAMAGES_FRAMES("Messages", "everySizeGoesThereAndBack"),
    /** A refused frame takes a position. */
    COUNTS_REFUSED_FRAMES("Messages", "aWrongLengthIsRefusedAndHarmsNothing"),
    /** The handler hears of the end on the thread that closed. */
    CALLS_ON_THE_USERS_THREAD("Lifecycle", "closingOnOneSideEndsTheOther"),
    /** The end is told twice. */
    TELLS_THE_END_TWICE("Lifecycle", "closingTwiceIsClosingOnce"),
    /** {@code written()} is what was sent. */
    PRETENDS_TO_HAVE_WRITTEN("BackPressure", "sendingToAPausedPeerDoesNotBlockAndTheRestWaitsUntilItReadsOn"),
    /** An interrupt of a sender is swallowed. */
    SWALLOWS_INTERRUPTS("Interrupts", "allButConnectingWorksInAnInterruptedThreadAndKeepsItInterrupted"),
    /** What a handler throws goes nowhere. */
    FORGIVES_HANDLERS("Handlers", "aHandlerThatThrowsEndsItsLinkWithThatCauseAndNoOther");

    private final String contract;
    private final String test;

    Defect(String contract, String test) {
        this.contract = contract;
        this.test = test;
    }

    /** The simple name of the nested contract of {@code TransportContract}. */
    String contract() {
        return contract;
    }

    String test() {
        return test;
    }
}
