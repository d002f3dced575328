package io.procession.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A process could not be started: the operating system refused, the disk is full, there is no such {@code java}. Nothing of it is left behind.
 * (A JVM that starts and then refuses its flags is told by {@link ExitStatus#hasStarted()}.)
 */
public final class ProcessStartException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    /** The name the process was to have. */
    private final String processName;

    ProcessStartException(String processName, IOException cause) {
        super(cause.getMessage(), cause);
        this.processName = processName;
    }

    /**
     * Which process was to be started.
     *
     * @return its name
     */
    public String processName() {
        return processName;
    }
}
