/** Interleavings of the queue that is the memory itself, by jcstress: what {@code CellListModelTest} shows of one order of all steps, on the order that the machine makes. */
package io.procession.transport.shm.queue;
