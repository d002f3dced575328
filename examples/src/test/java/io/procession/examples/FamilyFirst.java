package io.procession.examples;

import io.procession.process.Process;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts a process before leaks are counted: what the first one opens (the private directory, for one) stays open as long as the JVM. */
public final class FamilyFirst implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Process.start(() -> {}).join();
    }
}
