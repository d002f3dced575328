package io.procession.examples.demo;

import io.procession.process.ExitStatus;
import io.procession.process.Process;
import io.procession.process.Stdio;
import io.procession.process.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One lesson over one transport: runs its main class in a new process and listens to what it prints. */
final class Performance {
    private static final int LINES_SHOWN = 12;
    private static final Pattern PID = Pattern.compile("\\bpid (\\d+)");

    private final String transport;
    private final Lesson lesson;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    Performance(String transport, Lesson lesson) {
        this.transport = transport;
        this.lesson = lesson;
    }

    Outcome run() throws Exception {
        System.out.println();
        System.out.println("--- " + lesson.title() + ", over " + transport);
        long begin = System.nanoTime();
        // region main-class
        Process process = Process.builder()
                .name(lesson.main().getSimpleName())
                .options(WorkerOptions.defaults().systemProperty("procession.transport", transport))
                .stdout(Stdio.lines(this::hear))
                .startMain(lesson.main(), lesson.arguments().toArray(String[]::new));
        process.join();
        ExitStatus exit = process.exitStatus().orElseThrow();
        // endregion
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        String differences = exit.isSuccess() ? lesson.check().differences(List.copyOf(lines)) : exit.toString();
        return new Outcome(transport, lesson, process.pid(), others(process.pid()), took, differences);
    }

    /** Shows the first lines, and of what follows only the comments. */
    private void hear(String line) {
        lines.add(line);
        if (lines.size() <= LINES_SHOWN || line.startsWith("#")) {
            System.out.println("  " + line);
        } else if (lines.size() == LINES_SHOWN + 1) {
            System.out.println("  ...");
        }
    }

    private List<Long> others(long own) {
        return lines.stream()
                .flatMap(line -> PID.matcher(line).results())
                .map((MatchResult match) -> Long.valueOf(match.group(1)))
                .filter(pid -> pid != own)
                .distinct()
                .toList();
    }
}
