package io.procession.transport.shm.queue;

import io.procession.transport.Availability;
import io.procession.transport.queue.QueueBound;
import io.procession.transport.queue.QueueSite;
import io.procession.transport.queue.QueueSpace;
import io.procession.transport.queue.SharedQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The queues of a process. The name of each stands in the private directory of the family: the header itself, or a symbolic link to it, so that nobody needs to know where its owner has shared memory.
 */
public final class MemoryQueues implements QueueSpace {
    /** How a queue comes about, or is found. */
    private interface Opening {
        MemoryQueue open(SegmentPool segments) throws IOException;
    }

    private static final int ATTEMPTS = 4;

    private final QueueSite site;
    private final Path family;
    private final Place place;
    private final Inboxes inboxes;
    private final long segmentBytes;
    private final SegmentPools segments;

    /**
     * No queue yet.
     *
     * @param site what the process lends
     * @param place where its queues lie
     * @param segmentBytes how much each process keeps at most for its large items in a queue that this one makes, from 0 to 1 GiB
     */
    public MemoryQueues(QueueSite site, Place place, long segmentBytes) {
        this.site = site;
        this.family = site.site().directory().toAbsolutePath();
        this.place = place;
        this.segmentBytes = segmentBytes;
        this.segments = new SegmentPools(site.incarnation());
        this.inboxes = new Inboxes(who -> family.resolve(site.kin().siteName(who) + "-i"), site.incarnation());
    }

    /** Whether processes that sleep can be woken here. */
    public static Availability availability() {
        return Mkfifo.availability();
    }

    @Override
    public SharedQueue create(String name, QueueBound bound) throws IOException {
        QueueOptions options =
                QueueOptions.of(new Bound(bound.items(), bound.bytes())).withSegmentBytes(segmentBytes);
        boolean reclaimed = false;
        for (int attempt = 1; ; attempt++) {
            Path directory = place.ready().toAbsolutePath();
            try {
                return use(directory, name, pool -> create(options, pool, directory, name));
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) { // else the last one to leave has removed the directory just now
                    throw e;
                }
            } catch (IOException e) {
                if (!reclaimed) {
                    place.reclaim();
                    reclaimed = true;
                    continue;
                }
                throw new IOException(
                        "cannot make the memory of a queue in " + directory + ": " + e.getMessage()
                                + ". Make room there, or use a queue whose items lie with its owner",
                        e);
            }
        }
    }

    private MemoryQueue create(QueueOptions options, SegmentPool pool, Path directory, String name) throws IOException {
        MemoryQueue queue = MemoryQueue.create(options, pool, site.incarnation(), site.kin()::isAlive);
        if (!directory.equals(family)) {
            try {
                Files.createSymbolicLink(family.resolve(name), directory.resolve(name));
            } catch (Throwable t) {
                queue.close();
                throw t;
            }
        }
        return queue;
    }

    @Override
    public SharedQueue attach(String name) throws IOException {
        Path link = family.resolve(name);
        Path directory =
                Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).getParent() : family;
        if (directory == null || !Files.exists(directory.resolve(name))) {
            throw new NoSuchFileException(directory + "/" + name);
        }
        return use(directory, name, pool -> MemoryQueue.attach(pool, site.incarnation(), site.kin()::isAlive));
    }

    private SharedQueue use(Path directory, String name, Opening opening) throws IOException {
        SegmentPools.Use use = segments.use(new QueueFiles(directory, family, name));
        try {
            WaitingQueue queue = new WaitingQueue(opening.open(use.segments()), inboxes);
            return new OfferedQueue(queue, family.resolve(name), place, use);
        } catch (Throwable t) {
            use.left();
            throw t;
        }
    }

    /** Of how many queues something is known, for tests. */
    int known() {
        return segments.count();
    }

    @Override
    public void close() {
        inboxes.close();
    }
}
