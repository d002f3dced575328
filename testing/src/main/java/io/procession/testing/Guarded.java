package io.procession.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class under a {@link Watchdog} and a {@link LeakChecker}. Such classes run one after the other: a leak cannot be told from
 * the work of a neighbour.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith({LeakChecker.class, Watchdog.class})
public @interface Guarded {
    /**
     * How long one test (or one set-up or clean-up method) may take.
     *
     * @return seconds; generous, since it bounds a hang and measures nothing
     */
    int seconds() default 60;

    /**
     * How long the end of threads, processes and files may take after the last test before they count as left behind.
     *
     * @return seconds
     */
    int graceSeconds() default 10;
}
