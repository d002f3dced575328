package io.procession.tck.process;

import io.procession.process.Process;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes this JVM a member of its family before leaks are counted: that costs a few descriptors for as long as the JVM lives. To stand before
 * {@link io.procession.testing.Guarded}.
 */
public final class FamilyFirst implements BeforeAllCallback {
    /** Created by JUnit. */
    public FamilyFirst() {}

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        Process.start(() -> {}).join();
    }
}
