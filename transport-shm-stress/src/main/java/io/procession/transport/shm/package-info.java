/** What two threads may see of the rings and flags of shared memory. In the package of what is tested. */
@NullMarked
package io.procession.transport.shm;

import org.jspecify.annotations.NullMarked;
