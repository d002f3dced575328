package io.procession.internal.hosting;

import io.procession.internal.family.CommitSlots;
import io.procession.internal.family.Family;
import io.procession.internal.family.StatusPage;
import io.procession.internal.family.StatusPageReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/**
 * What processes of a family know of each other beyond what they say.
 *
 * @param directory where the status pages lie
 * @param own the page of this process
 * @param alive whether the process of an incarnation lives
 */
public record Evidence(Path directory, StatusPage own, LongPredicate alive) {
    static Evidence of(Family family) {
        return new Evidence(family.directory(), family.status(), family::isAlive);
    }

    /**
     * Words in the page of this process. May take milliseconds.
     *
     * @param count how many
     * @return for what it takes
     */
    public CommitSlots allocateSlots(int count) {
        return own.allocateCommitSlots(count);
    }

    /**
     * The page of another process.
     *
     * @param incarnation which
     * @return the page, to be closed
     * @throws IOException if it is not there, because the process runs on another host or has long ended
     */
    StatusPageReader open(long incarnation) throws IOException {
        return StatusPageReader.open(directory, incarnation);
    }
}
