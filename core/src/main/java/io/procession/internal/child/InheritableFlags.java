package io.procession.internal.child;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the flags of this JVM its children get too. A flag is passed on only if it changes what the program <em>means</em> and is harmless
 * twice on one machine: system properties of the command line, assertions, the shape of the module graph, preview features, stack size,
 * additions to the boot class path. Not passed on: heap and GC (a matter of {@link JvmOptions}), debuggers, JMX ports, agents, logs and dumps,
 * which would meet the parent's port or file; nor {@code procession.*}, which travel as they stand in the bootstrap file.
 */
final class InheritableFlags {
    private static final String[] PREFIXES = {
        "-ea",
        "-enableassertions",
        "-da",
        "-disableassertions",
        "-esa",
        "-enablesystemassertions",
        "-dsa",
        "-disablesystemassertions",
        "--add-opens=",
        "--add-exports=",
        "--add-reads=",
        "--add-modules=",
        "--limit-modules=",
        "--upgrade-module-path=",
        "--patch-module=",
        "--enable-preview",
        "--enable-native-access=",
        "--illegal-native-access=",
        "--enable-final-field-mutation=",
        "--illegal-final-field-mutation=",
        "--sun-misc-unsafe-memory-access=",
        "-Xss",
        "-Xbootclasspath/a:",
    };

    private static final String[] PROPERTIES_OF_THIS_JVM_ALONE = {
        "-Dprocession.", "-Djava.class.path=", "-Dsun.java.", "-Djdk.module.", "-Dcom.sun.management",
    };

    private static volatile @Nullable List<String> known;

    private InheritableFlags() {}

    /** In a child: those its parent passed on, plus what the parent's user added for this child alone. */
    static void received(List<String> flags) {
        known = flags;
    }

    /** The flags for the next child. */
    static List<String> current() {
        List<String> flags = known;
        return flags == null ? ask() : flags;
    }

    private static synchronized List<String> ask() {
        List<String> flags = known;
        if (flags == null) {
            List<String> own = OwnCommandLine.flags();
            flags = new ArrayList<>(of(own == null ? Management.flags() : own));
            String mainModule = System.getProperty("jdk.module.main");
            if (mainModule != null) {
                flags.add("--add-modules=" + mainModule); // in all generations below, the main module is this library's
            }
            known = flags;
        }
        return flags;
    }

    /** In a class of its own, for those who need none of it. */
    private static final class Management {
        static List<String> flags() {
            return ManagementFactory.getRuntimeMXBean().getInputArguments();
        }
    }

    static List<String> of(List<String> arguments) {
        List<String> flags = new ArrayList<>();
        for (String argument : arguments) {
            boolean property = argument.startsWith("-D");
            if (property
                    ? !startsWithOneOf(PROPERTIES_OF_THIS_JVM_ALONE, argument)
                    : startsWithOneOf(PREFIXES, argument)) {
                flags.add(argument);
            }
        }
        return List.copyOf(flags);
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
