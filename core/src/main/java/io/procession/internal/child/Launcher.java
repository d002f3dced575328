package io.procession.internal.child;

import io.procession.internal.connection.KnownTransports;
import io.procession.internal.family.ExitSequence;
import io.procession.internal.family.Family;
import io.procession.internal.family.Membership;
import io.procession.internal.family.ProcessIdentity;
import io.procession.internal.family.Randomness;
import io.procession.internal.family.Settings;
import io.procession.internal.family.StatusPage;
import io.procession.internal.family.StatusPageReader;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts children. Safe for all threads; a start neither blocks for the child nor minds interrupts. */
public final class Launcher {
    /** How many generations may stand below the root, if {@code procession.max-depth} does not say so. */
    private static final int MAX_DEPTH = 16;

    private static final String[] VARIABLES_WITH_FLAGS = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"};

    private Launcher() {}

    /** Says that {@link #launch} will be called soon: what only the first call needs is then got ready on another thread. Returns at once. */
    public static void anticipate() {
        ColdStart.begin();
    }

    /**
     * Starts a child.
     *
     * @param spec what and how
     * @return the running child; it may still fail to get its JVM up, which its exit tells
     * @throws IOException if the process could not be started: no such launcher, no disk space, no more processes; the text says what was
     *     tried. Nothing is left
     * @throws IllegalStateException if this process is exiting, or stands too many generations below the root
     */
    public static Child launch(LaunchSpec spec) throws IOException {
        refuseWhenExiting(null);
        if (spec.jvm().classPath() == null) {
            Visibility.checkLibrary();
        }
        Family family = Family.current();
        int maxDepth = Settings.positive("max-depth", MAX_DEPTH);
        if (family.depth() >= maxDepth) {
            throw new IllegalStateException("this process stands " + family.depth()
                    + " generations below the root; it starts no children, lest "
                    + "a program that starts itself fills the machine. To allow more: -Dprocession.max-depth="
                    + (maxDepth + 16));
        }
        try {
            return new Launch(spec, family).run();
        } catch (IOException e) {
            refuseWhenExiting(e); // which has taken the family's directory away
            throw new IOException(
                    "cannot start process '" + spec.name() + "' from " + family.directory() + ": " + e.getMessage(), e);
        }
    }

    private static void refuseWhenExiting(@Nullable IOException cause) {
        if (ExitSequence.isRunning()) {
            throw new IllegalStateException("this process is exiting and starts no more children", cause);
        }
    }

    /** Gives a JVM that is about to start its working directory and its environment. */
    static void prepare(ProcessBuilder builder, JvmOptions jvm) {
        Path workingDirectory = jvm.directory();
        if (workingDirectory != null) {
            builder.directory(workingDirectory.toFile());
        }
        Map<String, String> environment = builder.environment();
        for (String variable : VARIABLES_WITH_FLAGS) {
            environment.remove(variable); // what of it is inheritable is among the flags
        }
        for (Map.Entry<String, @Nullable String> variable : jvm.environment().entrySet()) {
            String value = variable.getValue();
            if (value == null) {
                environment.remove(variable.getKey());
            } else {
                environment.put(variable.getKey(), value);
            }
        }
    }

    /** One start, with what must be undone if it fails. */
    private static final class Launch {
        private final LaunchSpec spec;
        private final Family family;
        private final File directory;
        private final long incarnation;
        private final File bootstrap;
        private final File arguments;
        private final ControlChannel channel;

        Launch(LaunchSpec spec, Family family) throws IOException {
            this.spec = spec;
            this.family = family;
            directory = family.directory().toFile();
            incarnation = family.conceive();
            String name = StatusPage.path(family.directory(), incarnation)
                    .getFileName()
                    .toString();
            bootstrap = new File(directory, name + ".b");
            arguments = new File(directory, name + ".a");
            channel = new ControlChannel(incarnation, Randomness.bytes(Bootstrap.TOKEN_BYTES));
        }

        Child run() throws IOException {
            ControlPoint control = null;
            StatusPageReader status = null;
            try {
                status = StatusPageReader.open(family.directory(), incarnation);
                control = ControlPoint.acquire(family);
                control.expect(channel);
                ArgumentFile.write(arguments, CommandLine.flags(spec, directory));
                describe(control).write(bootstrap);
                Started started = new Started(control, status);
                Children.starting(started);
                return started.follow();
            } catch (IOException | RuntimeException | Error e) {
                // Also if there was no thread or memory left: a JVM that was started but is not watched finds nothing
                // to run.
                bootstrap.delete();
                arguments.delete();
                if (status != null) {
                    status.close();
                }
                StatusPage.delete(family.directory(), incarnation);
                if (control != null) {
                    control.release(channel);
                }
                throw e;
            }
        }

        private Bootstrap describe(ControlPoint control) {
            Membership membership = new Membership(
                    directory,
                    new ProcessIdentity(incarnation, 0, spec.name()),
                    family.self(),
                    family.depth() + 1,
                    spec.daemon(),
                    family.isDaemon());
            List<String> passedOn = new ArrayList<>(InheritableFlags.current());
            passedOn.addAll(InheritableFlags.of(spec.jvm().jvmArgs()));
            for (Map.Entry<String, String> property :
                    spec.jvm().systemProperties().entrySet()) {
                passedOn.addAll(InheritableFlags.of(List.of("-D" + property.getKey() + "=" + property.getValue())));
            }
            return new Bootstrap(
                    membership,
                    control.address(),
                    ByteBuffer.wrap(channel.token),
                    Settings.all(),
                    passedOn,
                    hasSameClassPath() ? KnownTransports.current() : null,
                    spec.entry());
        }

        /** Of the same JDK, too. */
        private boolean hasSameClassPath() {
            JvmOptions jvm = spec.jvm();
            return jvm.classPath() == null && jvm.javaExecutable() == null && !CommandLine.choosesClassPath(jvm);
        }

        private ProcessBuilder builder() {
            List<String> command = new ArrayList<>();
            command.add(CommandLine.java(spec.jvm()));
            command.add("@" + arguments);
            command.addAll(CommandLine.main());
            command.add(bootstrap.getPath());
            command.add(arguments.getPath());
            ProcessBuilder builder = new ProcessBuilder(command);
            prepare(builder, spec.jvm());
            File nothing = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
            builder.redirectInput(spec.stdin() == null ? nothing : spec.stdin());
            builder.redirectOutput(redirect(spec.stdout()));
            builder.redirectError(redirect(spec.stderr()));
            return builder;
        }

        private static ProcessBuilder.Redirect redirect(Output output) {
            if (output instanceof Output.Inherit) {
                return ProcessBuilder.Redirect.INHERIT;
            }
            if (output instanceof Output.Discard) {
                return ProcessBuilder.Redirect.DISCARD;
            }
            if (output instanceof Output.ToFile file) {
                return file.append()
                        ? ProcessBuilder.Redirect.appendTo(file.file())
                        : ProcessBuilder.Redirect.to(file.file());
            }
            return ProcessBuilder.Redirect.PIPE;
        }

        private final class Started implements Children.Starter {
            private final ControlPoint control;
            private final StatusPageReader status;
            private final Tail stderr = new Tail();
            private @Nullable Child child;

            Started(ControlPoint control, StatusPageReader status) {
                this.control = control;
                this.status = status;
            }

            @Override
            public Child start() throws IOException {
                Process process = builder().start();
                ProcessIdentity identity = new ProcessIdentity(incarnation, process.pid(), spec.name());
                Child started = new Child(
                        identity, spec.daemon(), process, channel, status, stderr, List.of(bootstrap, arguments));
                child = started;
                return started;
            }

            Child follow() throws IOException {
                Child started = java.util.Objects.requireNonNull(child);
                boolean held = false;
                try {
                    if (!spec.daemon()) {
                        Keeper.hold();
                        held = true;
                    }
                    Undertaker.follow(started, spec, family, control, channel, stderr, arguments);
                } catch (OutOfMemoryError noMoreThreads) {
                    started.kill(false);
                    Children.ended(started);
                    if (held) {
                        Keeper.release();
                    }
                    throw new IOException("there is no thread to watch it", noMoreThreads);
                }
                return started;
            }
        }
    }
}
