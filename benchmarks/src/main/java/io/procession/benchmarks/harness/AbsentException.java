package io.procession.benchmarks.harness;

import java.io.IOException;

/** A contender says that it cannot take part here, by the line {@code absent REASON}: that is no failure, as no {@code python3} is none. */
final class AbsentException extends IOException {
    static final String LINE = "absent ";

    private static final long serialVersionUID = 1;

    AbsentException(String reason) {
        super(reason);
    }
}
