package io.procession.testing;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Bounds every test and every method around it, by {@link Guarded#seconds()}. When the time is over it writes the stacks of this JVM and of
 * all JVMs below it to stderr, kills the processes that appeared since the method began, interrupts the method and fails it. A method that
 * does not even end then ends the JVM: a build that says where it stood is worth more than one that hangs.
 */
public final class Watchdog implements InvocationInterceptor {
    private static final Duration DEFAULT = Duration.ofSeconds(60);

    /** Created by JUnit. */
    public Watchdog() {}

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        guard(invocation, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        guard(invocation, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        guard(invocation, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        return guard(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        guard(invocation, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        guard(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        guard(invocation, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        guard(invocation, context);
    }

    private static <T> T guard(Invocation<T> invocation, ExtensionContext context) throws Throwable {
        String name = context.getTestClass().map(Class::getSimpleName).orElse("?") + ": " + context.getDisplayName();
        Deadline deadline = Deadline.arm(name, limit(context.getTestClass()));
        T result;
        try {
            result = invocation.proceed();
        } catch (Throwable failure) {
            AssertionError missed = deadline.disarm();
            if (missed == null) {
                throw failure;
            }
            missed.addSuppressed(failure); // what an interrupted test throws is a consequence
            throw missed;
        }
        AssertionError missed = deadline.disarm();
        if (missed != null) {
            throw missed;
        }
        return result;
    }

    private static Duration limit(Optional<Class<?>> testClass) {
        return AnnotationSupport.findAnnotation(testClass, Guarded.class)
                .map(guarded -> Duration.ofSeconds(guarded.seconds()))
                .orElse(DEFAULT);
    }
}
