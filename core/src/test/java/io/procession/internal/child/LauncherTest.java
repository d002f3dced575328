package io.procession.internal.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.internal.family.FamilyFirst;
import io.procession.testing.Guarded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyFirst.class)
@Guarded
class LauncherTest {
    private final List<String> out = Collections.synchronizedList(new ArrayList<>());
    private final List<String> err = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch spoke = new CountDownLatch(1);

    private LaunchSpec spec(Entry entry, JvmOptions jvm) {
        return new LaunchSpec(
                "tested",
                true,
                entry,
                jvm,
                null,
                new Output.Lines(line -> {
                    out.add(line);
                    spoke.countDown();
                }),
                new Output.Lines(err::add));
    }

    private Child start(Class<?> program, String... arguments) throws IOException {
        return Launcher.launch(spec(Entry.main(program.getName(), List.of(arguments)), JvmOptions.DEFAULTS));
    }

    @Test
    void runsAMainMethodWithItsArguments() throws Exception {
        Child child = start(Programs.Say.class, "a b", "", "ü", "\"quoted\\\"", "#");
        Exit exit = child.exited().get();
        assertThat(err).isEmpty();
        assertThat(out).containsExactly("a b||ü|\"quoted\\\"|#");
        assertThat(exit.isSuccess()).isTrue();
        assertThat(exit.signal()).isNull();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void anUncaughtExceptionLeavesItsTraceAndTheCodeOne() throws Exception {
        Exit exit = start(Programs.Fail.class).exited().get();
        assertThat(exit.code()).isEqualTo(1);
        assertThat(exit.lastWords()).contains("IllegalStateException: on purpose, größer");
        assertThat(err.toString()).contains("IllegalStateException: on purpose, größer", "Programs.java");
        assertThat(out).isEmpty();
    }

    @Test
    void tellsAnExitFromASignalByEvidence() throws Exception {
        assertThat(start(Programs.ExitWith.class, "exit", "143").exited().get().signal())
                .isNull();
        assertThat(start(Programs.ExitWith.class, "exit", "137").exited().get().signal())
                .isNull();
        assertThat(start(Programs.ExitWith.class, "exit", "8").exited().get().code())
                .isEqualTo(8);
        assertThat(start(Programs.ExitWith.class, "halt", "7").exited().get().code())
                .isEqualTo(7);

        Child terminated = start(Programs.SleepForEver.class);
        spoke.await();
        terminated.terminate(false);
        assertThat(terminated.exited().get())
                .satisfies(exit -> assertThat(exit.code()).isEqualTo(143))
                .satisfies(exit -> assertThat(exit.signal()).isEqualTo("SIGTERM"));
    }

    @Test
    void aKilledChildHasSaidNoGoodbye() throws Exception {
        Child child = start(Programs.SleepForEver.class);
        spoke.await();
        child.kill(false);
        Exit exit = child.exited().get();
        assertThat(exit.code()).isEqualTo(137);
        assertThat(exit.signal()).isEqualTo("SIGKILL");
        assertThat(exit.describe()).isEqualTo("was killed by SIGKILL");
    }

    @Test
    void anInternalEntryGetsItsPayloadAndItsMessages() throws Exception {
        LaunchSpec spec = spec(
                Entry.internal(Programs.Echo.class, List.of(ByteBuffer.wrap("hello".getBytes()))), JvmOptions.DEFAULTS);
        Child child = Launcher.launch(spec);
        child.control((byte) 20, ByteBuffer.wrap("cancel".getBytes()));
        assertThat(child.exited().get().isSuccess()).isTrue();
        assertThat(out).containsExactly("payload hello", "message cancel");
        assertThat(err).containsExactly("last [1, 2]");
    }

    @Test
    void anInterruptReachesTheMainThread() throws Exception {
        Child child = start(Programs.SleepForEver.class);
        child.interrupt(false);
        assertThat(child.exited().get().code()).isEqualTo(1);
        assertThat(err.toString()).contains("InterruptedException");
    }

    @Test
    void aMissingLauncherIsAnErrorThatNamesIt() {
        JvmOptions jvm = new JvmOptions(Path.of("/no/such/java"), null, List.of(), Map.of(), Map.of(), null, null);
        assertThatThrownBy(() -> Launcher.launch(spec(Entry.main("X", List.of()), jvm)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/java")
                .hasMessageContaining("'tested'");
        assertThat(Children.living()).isEmpty();
    }

    @Test
    void aFlagTheJvmDoesNotKnowIsToldWithWhatTheJvmPrinted() throws Exception {
        JvmOptions jvm = new JvmOptions(null, null, List.of("-XX:+NoSuchFlag"), Map.of(), Map.of(), null, null);
        Exit exit =
                Launcher.launch(spec(Entry.main("X", List.of()), jvm)).exited().get();
        assertThat(exit.started()).isFalse();
        assertThat(exit.isSuccess()).isFalse();
        assertThat(exit.lastWords()).contains("Unrecognized VM option 'NoSuchFlag'");
    }
}
