package io.procession.pool;

/**
 * What a worker's status page tells about the task it runs.
 *
 * @param task the task that runs or ran last; 0 if there was none
 * @param item the item of its chunk; -1 while the task is decoded
 * @param running whether it runs
 */
record Progress(long task, int item, boolean running) {
    static final Progress NONE = new Progress(0, -1, false);
}
