package io.procession.tck.pool;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logging back end for programs under test, which writes warnings and errors to stdout and nothing else. */
public final class PrintsWarnings extends KeepsContext {
    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

    /** Instantiated by name. */
    public PrintsWarnings() {}

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, Printer::new);
    }

    private static final class Printer extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        Printer(String name) {
            this.name = name;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable failure) {
            System.out.println(level + " " + name + " "
                    + MessageFormatter.arrayFormat(pattern, arguments, failure).getMessage());
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Printer.class.getName();
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
