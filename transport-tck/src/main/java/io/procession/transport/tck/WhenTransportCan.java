package io.procession.transport.tck;

import io.procession.transport.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A contract test that exists only for transports that declare the capabilities and fixtures that offer the hooks. */
@TestTemplate
@ExtendWith(Existence.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface WhenTransportCan {
    Capability[] value() default {};

    Hook[] hooks() default {};
}
