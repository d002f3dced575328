package io.procession.examples.lessons;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procession.pool.Pool;
import io.procession.process.WorkerOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Documents of strangers are parsed in workers with a small heap. A document that grows by forty when it is parsed costs its sender an error; it
 * cannot take the memory of the program, nor that of the other documents.
 */
public final class UntrustedDocuments {
    private UntrustedDocuments() {}

    /** Parses three documents, of which the second is hostile. */
    public static void main(String[] arguments) throws InterruptedException {
        String hostile = "[" + "{},".repeat(2_000_000) + "{}]"; // 6 MB of text, some 250 MB of objects
        List<String> documents = List.of("[1, 2, 3]", hostile, "{\"a\": 1, \"b\": 2}");
        // region memory
        try (Pool pool = Pool.builder()
                .workers(2)
                .workerOptions(WorkerOptions.defaults().maxHeap("64m"))
                .build()) {
            List<CompletableFuture<Integer>> sizes = documents.stream()
                    .map(document -> pool.submit(() -> elements(document)))
                    .toList();
            for (CompletableFuture<Integer> size : sizes) {
                try {
                    System.out.println(size.get() + " elements");
                } catch (ExecutionException e) {
                    System.out.println("refused: " + e.getCause());
                }
            }
        }
        // endregion
    }

    private static int elements(String document) throws IOException {
        JsonNode tree = new ObjectMapper().readTree(document);
        return tree.size();
    }
}
