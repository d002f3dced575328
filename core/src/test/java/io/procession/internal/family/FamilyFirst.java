package io.procession.internal.family;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes this JVM a member of a family, which it stays for life, before a leak checker that is declared after this looks. */
public final class FamilyFirst implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Family.current().status().taskEnded(); // maps the page
    }
}
