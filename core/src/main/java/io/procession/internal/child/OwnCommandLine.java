package io.procession.internal.child;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flags of this JVM as Linux keeps them, for those command lines that leave no doubt: a {@code java}, single flags that it hands to the JVM as they
 * are, a class path, a main class or jar. They are read in a tenth of a millisecond; the management beans, which know the flags of any JVM, cost a cold one
 * 25 of processor time.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
final class OwnCommandLine {
    private static final File LINUX = new File("/proc/self/cmdline");

    /** Where flags come from that are on no command line. */
    private static final String[] VARIABLES = {
        "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS"
    };

    /** What names more of them. */
    private static final String[] FILES = {"-XX:Flags=", "-XX:VMOptionsFile=", "-XX:+ReadVMOptionsFile"};

    private static final String[] HANDED_ON = {"-D", "-X", "-ea", "-da", "-esa", "-dsa", "-agent", "-javaagent:"};

    private OwnCommandLine() {}

    /** The flags; null if they are not to be told from the command line alone. */
    static @Nullable List<String> flags() {
        for (String variable : VARIABLES) {
            if (System.getenv(variable) != null) {
                return null;
            }
        }
        try (FileInputStream open = new FileInputStream(LINUX)) {
            return flags(open.readAllBytes());
        } catch (IOException otherSystem) {
            return null;
        }
    }

    /** Those of a command line whose arguments end with a zero each. */
    static @Nullable List<String> flags(byte[] commandLine) {
        List<String> flags = new ArrayList<>();
        boolean isClassPath = false;
        int start = 0;
        for (int at = 0; at < commandLine.length; at++) {
            if (commandLine[at] < 0) {
                return null; // the JVM knows in which charset
            }
            if (commandLine[at] == 0) {
                String argument = new String(commandLine, start, at - start, StandardCharsets.ISO_8859_1);
                if (start == 0) {
                    if (!argument.equals("java") && !argument.endsWith("/java")) {
                        return null; // a program of its own, which has started the JVM as it liked
                    }
                } else if (isClassPath) {
                    if (argument.startsWith("@")) {
                        return null; // what else its file says cannot be seen here
                    }
                    isClassPath = false;
                } else if (isClassPath(argument)) {
                    isClassPath = true;
                } else if (argument.equals("-jar") || isMainClass(argument)) {
                    return flags;
                } else if (startsWithOneOf(HANDED_ON, argument) && !startsWithOneOf(FILES, argument)) {
                    flags.add(argument);
                } else {
                    return null;
                }
                start = at + 1;
            }
        }
        return null; // cut off, or no program of this kind
    }

    private static boolean isClassPath(String argument) {
        return argument.equals("-cp") || argument.equals("-classpath") || argument.equals("--class-path");
    }

    private static boolean isMainClass(String argument) {
        return !argument.isEmpty() && argument.charAt(0) != '-' && argument.charAt(0) != '@';
    }

    private static boolean startsWithOneOf(String[] prefixes, String argument) {
        for (String prefix : prefixes) {
            if (argument.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
