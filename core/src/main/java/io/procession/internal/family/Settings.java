package io.procession.internal.family;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The system properties {@code procession.*}. A child gets those of its parent as they stand when it is started, unless it was
 * given others.
 */
public final class Settings {
    private static final String PREFIX = "procession.";

    private Settings() {}

    /**
     * One setting.
     *
     * @param key without the prefix, such as {@code transport}
     * @return its value, or null if it is absent or blank
     */
    public static @Nullable String text(String key) {
        String value = System.getProperty(PREFIX + key);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** A whole number of at least one. */
    public static int positive(String key, int otherwise) {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException explainedBelow) {
            // falls through to the one message for all that is no such number
        }
        throw new IllegalArgumentException("the system property " + PREFIX + key
                + " must be a whole number of at least 1, but is '" + value + "'");
    }

    /** A length of time, given in milliseconds. */
    public static Duration millis(String key, Duration otherwise) {
        return Duration.ofMillis(positive(key, (int) otherwise.toMillis()));
    }

    /** All settings as they stand now, with their full names. */
    public static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                all.put(name, System.getProperty(name));
            }
        }
        return all;
    }
}
