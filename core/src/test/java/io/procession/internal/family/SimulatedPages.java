package io.procession.internal.family;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Status pages for processes that tests simulate. */
public final class SimulatedPages {
    private SimulatedPages() {}

    public static StatusPage make(Path directory, long incarnation) {
        try {
            StatusPage.create(directory.toFile(), incarnation);
            return StatusPage.open(directory.toFile(), new ProcessIdentity(incarnation, incarnation, "simulated"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
