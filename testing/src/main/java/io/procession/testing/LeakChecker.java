package io.procession.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Compares what a test class leaves with what it found: threads, processes (grandchildren whose parent died included), open descriptors, files
 * in its {@link TestDirectory}. Ends take time, so it waits before it calls something a leak, and then names each with all that is known.
 */
public final class LeakChecker implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LeakChecker.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Created by JUnit. */
    public LeakChecker() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        store(context).put(Footprint.class, Footprint.now());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        Footprint before = requireNonNull(store(context).get(Footprint.class, Footprint.class), "taken by beforeAll");
        // Only a directory of this very class: that of an enclosing class is not finished yet.
        @Nullable TestDirectory directory = store(context).remove(TestDirectory.class, TestDirectory.class);
        try {
            Eventually.isEmpty(
                    context.getDisplayName() + " leaves nothing behind", grace(context), () -> left(before, directory));
        } finally {
            if (directory != null) {
                directory.delete();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDirectory.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The store of a method falls back to that of its class, which outlives it; so the directory is put there.
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        return store(ofClass).computeIfAbsent(TestDirectory.class, key -> created(), TestDirectory.class);
    }

    private static TestDirectory created() {
        try {
            return TestDirectory.create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> left(Footprint before, @Nullable TestDirectory directory) throws IOException {
        List<String> left = Footprint.now().beyond(before);
        return directory == null
                ? left
                : Stream.concat(left.stream(), directory.files().stream().map(file -> "file " + file))
                        .toList();
    }

    private static Duration grace(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestClass(), Guarded.class)
                .map(guarded -> Duration.ofSeconds(guarded.graceSeconds()))
                .orElse(GRACE);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
