package io.procession.pool;

/**
 * How far a worker of a pool has come. There is no way but these:
 *
 * <pre>
 *                ready            retire               dismissed, exits
 *   STARTING ───────────▶ READY ─────────▶ RETIRING ────────────────────▶ GONE
 *       │                 │   │                                            ▲
 *       │                 │   └── link or process ended ─▶ LOST ───────────┤
 *       │                 │                                                │
 *       └─── condemn ─────┴─── condemn, also ─▶ CONDEMNED ─────────────────┤
 *                              if LOST or RETIRING                         │
 *                  from every state: its process ended, and nothing of it is on its way any more
 * </pre>
 */
public enum WorkerStage {
    /** Its JVM starts; it gets no task. */
    STARTING,
    /** It takes tasks. */
    READY,
    /** It finishes the task it runs, gives back the others and ends; it gets no more. */
    RETIRING,
    /** Its connection or its process has ended, and another takes its place. What it has answered before is still taken, and evidence is gathered. */
    LOST,
    /** It has been killed, which takes a moment. What it has answered before is still taken. */
    CONDEMNED,
    /** Its process has ended and what it held has been given to others. */
    GONE;

    boolean mayBecome(WorkerStage next) {
        return switch (next) {
            case STARTING -> false;
            case READY -> this == STARTING;
            case RETIRING, LOST -> this == READY;
            case CONDEMNED -> this != GONE && this != CONDEMNED;
            case GONE -> this != GONE;
        };
    }
}
