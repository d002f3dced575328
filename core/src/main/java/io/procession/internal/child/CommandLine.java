package io.procession.internal.child;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags with which the JVM of a child is started. Later ones win, so the user's come last. */
final class CommandLine {
    private static final List<String> CLASS_PATH_FLAGS = List.of("-cp", "-classpath", "--class-path");
    private static final String CLASS_PATH_AT_ONCE = "--class-path=";
    private static final String CLASS_PATH_PROPERTY = "java.class.path";

    /** Other flags by which a user says where all classes come from. */
    private static final List<String> OTHER_PATHS =
            List.of("-D" + CLASS_PATH_PROPERTY + "=", "-p", "--module-path", "@");

    /** Flags by which more classes may come. */
    private static final List<String> ADDITIONS = List.of("--patch-module", "-Xbootclasspath/a:", "-javaagent:");

    private CommandLine() {}

    /** The launcher to call. */
    static String java(JvmOptions jvm) {
        Path chosen = jvm.javaExecutable();
        return chosen == null
                ? System.getProperty("java.home") + File.separator + "bin" + File.separator + "java"
                : chosen.toString();
    }

    /** What goes into the argument file: everything before the main class. */
    static List<String> flags(LaunchSpec spec, File familyDirectory) {
        JvmOptions jvm = spec.jvm();
        List<String> flags = new ArrayList<>();
        // The memory-mapped counters of jps and jstat cost start-up, idle CPU and a file each; jcmd finds a child
        // without them.
        flags.add("-XX:-UsePerfData");
        // A JVM writes its own warnings to stdout, which belongs to the user.
        flags.add("-Xlog:disable");
        flags.add("-Xlog:all=error:stderr");
        flags.add("-XX:+DisplayVMOutputToStderr");
        flags.add("-XX:ErrorFile=" + new File(familyDirectory, CrashReport.PATTERN));
        // Serial and Parallel GC compile counted loops without safepoints; a child in such a loop could not be ended
        // but by SIGKILL, and
        // nobody sends that when the parent is dead. G1 has these two by default.
        flags.add("-XX:+UseCountedLoopSafepoints");
        flags.add("-XX:LoopStripMiningIter=1000");
        flags.addAll(InheritableFlags.current());
        if (isDecoded(spec.stdout())) {
            flags.add("-Dstdout.encoding=UTF-8");
            flags.add("-Dsun.stdout.encoding=UTF-8"); // the name in JDK 17
        }
        if (isDecoded(spec.stderr())) {
            flags.add("-Dstderr.encoding=UTF-8");
            flags.add("-Dsun.stderr.encoding=UTF-8");
        }
        addPaths(flags, jvm);
        if (jvm.maxHeap() != null) {
            flags.add("-Xmx" + jvm.maxHeap());
        }
        for (Map.Entry<String, String> property : jvm.systemProperties().entrySet()) {
            flags.add("-D" + property.getKey() + "=" + property.getValue());
        }
        flags.addAll(jvm.jvmArgs());
        return flags;
    }

    /** What follows the flags: the main class in the form that fits how this library itself was loaded. */
    static List<String> main() {
        Module module = ChildMain.class.getModule();
        return module.isNamed()
                ? List.of("-m", module.getName() + "/" + ChildMain.class.getName())
                : List.of(ChildMain.class.getName());
    }

    /** Whether the user's own flags say where classes come from, so that the child may have other transports than this JVM. */
    static boolean choosesClassPath(JvmOptions jvm) {
        for (String argument : jvm.jvmArgs()) {
            if (CLASS_PATH_FLAGS.contains(argument)
                    || argument.startsWith(CLASS_PATH_AT_ONCE)
                    || startsWithOneOf(OTHER_PATHS, argument)) {
                return true;
            }
        }
        return jvm.systemProperties().containsKey(CLASS_PATH_PROPERTY);
    }

    /** The class path that the user's own flags choose; null if they choose none, or say more than that, or it has patterns. */
    static @Nullable String chosenClassPath(JvmOptions jvm) {
        String chosen = null;
        List<String> arguments = jvm.jvmArgs();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (CLASS_PATH_FLAGS.contains(argument) && i + 1 < arguments.size()) {
                chosen = arguments.get(++i);
            } else if (argument.startsWith(CLASS_PATH_AT_ONCE)) {
                chosen = argument.substring(CLASS_PATH_AT_ONCE.length());
            } else if (startsWithOneOf(OTHER_PATHS, argument) || startsWithOneOf(ADDITIONS, argument)) {
                return null;
            }
        }
        boolean exact = chosen != null
                && chosen.indexOf('*') < 0
                && !jvm.systemProperties().containsKey(CLASS_PATH_PROPERTY)
                && !ChildMain.class.getModule().isNamed();
        return exact ? chosen : null;
    }

    private static boolean startsWithOneOf(List<String> prefixes, String argument) {
        for (String prefix : prefixes) {
            if (argument.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static void addPaths(List<String> flags, JvmOptions jvm) {
        String classPath = jvm.classPath() == null ? ClassPaths.inherited() : ClassPaths.chosen(jvm.classPath());
        if (!classPath.isEmpty()) {
            flags.add("-cp");
            flags.add(classPath);
        }
        String modulePath = ClassPaths.modulePath();
        if (modulePath != null) {
            flags.add("--module-path");
            flags.add(modulePath);
        }
    }

    private static boolean isDecoded(Output output) {
        return output instanceof Output.Lines;
    }
}
