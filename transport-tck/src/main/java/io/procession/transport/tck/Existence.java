package io.procession.transport.tck;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a contract test once, or lets there be none. A skipped test would be one that somebody may be used to. */
final class Existence implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), WhenTransportCan.class);
    }

    @Override
    public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        WhenTransportCan needs = AnnotationSupport.findAnnotation(context.getTestMethod(), WhenTransportCan.class)
                .orElseThrow();
        TransportFixture fixture = ((Contract) context.getRequiredTestInstance()).fixture();
        boolean exists = fixture.transport().capabilities().containsAll(Set.of(needs.value()))
                && fixture.hooks().containsAll(Set.of(needs.hooks()));
        String name = context.getDisplayName();
        return exists ? Stream.of(new Once(name)) : Stream.empty();
    }

    private record Once(String name) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return name;
        }
    }
}
