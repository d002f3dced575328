package io.procession.pool;

import io.procession.process.WorkerOptions;

/**
 * What a pool was asked to be: an immutable copy of what its builder held, each value checked there. Not a record, because only the builder makes
 * one, and a new option shall not change every line that does.
 */
final class PoolSettings {
    final String name;
    final int workers;
    final WorkerOptions workerOptions;

    PoolSettings(PoolBuilder from, String name) {
        this.name = name;
        this.workers = from.workers;
        this.workerOptions = from.options;
    }
}
