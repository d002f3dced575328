package io.procession.examples;

import io.procession.pool.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/**
 * A real job: the SHA-256 of every file of a directory tree, by a pool, with a progress bar on stderr.
 *
 * <p>Stdout is what {@code sha256sum} prints for the same files, and {@code sha256sum -c} accepts it: the lines about processes begin with
 * {@code #}, which it skips. Arguments: the directory; the number of workers (2).
 */
public final class Checksums {
    private Checksums() {}

    /** Runs the job. */
    public static void main(String[] arguments) throws Exception {
        int workers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        List<Checksum> checksums = of(files(Path.of(arguments[0])), workers);
        checksums.forEach(checksum -> System.out.println(checksum.line()));
        checksums.stream()
                .collect(Collectors.groupingBy(Checksum::pid, TreeMap::new, Collectors.counting()))
                .forEach((pid, count) -> System.out.println("# pid " + pid + " read " + count + " files"));
    }

    static List<Checksum> of(List<Path> files, int workers) throws Exception {
        List<Checksum> checksums = new ArrayList<>();
        // region submit
        try (Pool pool = Pool.of(workers);
                ProgressBar bar = Progress.bar("SHA-256", files.size())) {
            List<CompletableFuture<Checksum>> futures = files.stream()
                    .map(file -> pool.submit(() -> Checksum.of(file)))
                    .toList();
            for (CompletableFuture<Checksum> future : futures) {
                checksums.add(future.get());
                bar.step();
            }
        }
        // endregion
        return checksums;
    }

    /** The regular files below a directory, in a fixed order; links are not followed. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
