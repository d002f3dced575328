package io.procession.transport.tck.defects;

import io.procession.transport.tck.TransportContract;
import io.procession.transport.tck.TransportFixture;
import org.jspecify.annotations.Nullable;

/** All contracts over the defect present. Its name keeps it out of the build's own run: it is meant to fail. */
class DefectiveCase extends TransportContract {
    static volatile @Nullable Defect present;

    @Override
    protected TransportFixture fixture() {
        return () -> new DefectiveTransport(present);
    }
}
