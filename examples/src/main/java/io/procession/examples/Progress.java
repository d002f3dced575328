package io.procession.examples;

import java.io.IOException;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr: drawn in place on a terminal, a line a second in a log. */
final class Progress {
    private static final int COLUMNS = 79;

    private Progress() {}

    static ProgressBar bar(String name, long steps) {
        boolean terminal = isTerminal();
        ProgressBarConsumer consumer = terminal
                ? new ConsoleProgressBarConsumer(System.err, COLUMNS)
                : new DelegatingProgressBarConsumer(System.err::println, COLUMNS);
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 100 : 1000)
                .setConsumer(consumer)
                .build();
    }

    /** Java 17 knows whether stdin and stdout are a terminal, but not stderr; Linux tells. */
    private static boolean isTerminal() {
        try {
            String device = Path.of("/proc/self/fd/2").toRealPath().toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
