package io.procession.internal.pool;

import io.procession.internal.family.StatusPage;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/**
 * How much of this JVM's heap was in use after its last garbage collection. Loads {@code java.management}, so only on demand. With G1 the old
 * generation counts as of the last collection that looked at it.
 */
final class HeapGauge {
    private HeapGauge() {}

    /** Writes it into the status page. A measurement that fails leaves the last one. */
    static void read(StatusPage page) {
        try {
            page.heapInUse(bytes());
        } catch (RuntimeException | Error noMemory) {
            // A worker without memory for this will tell so otherwise.
        }
    }

    private static long bytes() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage used = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            bytes += used == null ? 0 : used.getUsed();
        }
        return bytes;
    }
}
