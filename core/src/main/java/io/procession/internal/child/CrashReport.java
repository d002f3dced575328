package io.procession.internal.child;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * What a crashing JVM wrote about itself. It writes into the family's directory, where it is found by pid and swept if nobody looks; what is
 * found is moved to where it would have been written without us, the working directory of the child (else the temp folder), to stay.
 *
 * @param file where it is now
 * @param summary the line that names the signal or the error, such as {@code SIGSEGV (0xb) at pc=0x..., pid=4711, tid=4712}
 */
public record CrashReport(Path file, String summary) {
    /** For {@code -XX:ErrorFile}; the JVM puts the pid in. */
    static final String PATTERN = "hs_err_pid%p.log";

    static @Nullable CrashReport find(File familyDirectory, long pid, @Nullable Path workingDirectory) {
        File written = new File(familyDirectory, PATTERN.replace("%p", Long.toString(pid)));
        if (!written.exists()) {
            return null;
        }
        String summary = summary(written);
        Path kept = keep(written.toPath(), workingDirectory == null ? Path.of("") : workingDirectory);
        return new CrashReport(kept, summary);
    }

    /** The name of the signal at the head of the summary; empty if the JVM ended for another reason. */
    public String signalName() {
        int end = summary.indexOf(' ');
        return summary.startsWith("SIG") && end > 0 ? summary.substring(0, end) : "";
    }

    private static Path keep(Path written, Path workingDirectory) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        for (Path directory : new Path[] {workingDirectory.toAbsolutePath(), temporary}) {
            try {
                return Files.move(
                        written, directory.resolve(written.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException notWritable) {
                // the next one
            }
        }
        return written;
    }

    /** "# A fatal error has been detected ...", "#", then the line that counts. */
    private static String summary(File file) {
        try (BufferedReader lines = new BufferedReader(new FileReader(file, StandardCharsets.UTF_8))) {
            boolean announced = false;
            for (String line = lines.readLine(); line != null && line.startsWith("#"); line = lines.readLine()) {
                String text = line.substring(1).strip();
                if (announced && !text.isEmpty()) {
                    return text;
                }
                announced |= text.startsWith("A fatal error") || text.startsWith("There is insufficient memory");
            }
        } catch (IOException unreadable) {
            // then there is no summary
        }
        return "";
    }
}
