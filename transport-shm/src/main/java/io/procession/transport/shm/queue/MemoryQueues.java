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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The queues of a process. The name of each stands in the private directory of the family: the header itself, or a symbolic link to it, so that nobody needs to know where its owner has shared memory.
 */
public final class MemoryQueues implements QueueSpace {
    private static final int ATTEMPTS = 4;

    private final QueueSite site;
    private final Path family;
    private final Place place;
    private final Inboxes inboxes;
    private final long segmentBytes;

    /** By the name of the queue. */
    private final Map<String, SegmentPool> segments = new ConcurrentHashMap<>();

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
        for (int attempt = 1; ; attempt++) {
            Path directory = place.ready().toAbsolutePath();
            try {
                MemoryQueue queue =
                        MemoryQueue.create(options, segments(directory, name), site.incarnation(), site.kin()::isAlive);
                return offered(queue, link(directory, name, queue));
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) { // else the last one to leave has removed the directory just now
                    throw e;
                }
            } catch (IOException e) {
                throw new IOException(
                        "cannot make the memory of a queue in " + directory + ": " + e.getMessage()
                                + ". Make room there, or use a queue whose items lie with its owner",
                        e);
            }
        }
    }

    private Path link(Path directory, String name, MemoryQueue queue) throws IOException {
        Path link = family.resolve(name);
        if (!directory.equals(family)) {
            try {
                Files.createSymbolicLink(link, directory.resolve(name));
            } catch (Throwable t) {
                queue.close();
                throw t;
            }
        }
        return link;
    }

    @Override
    public SharedQueue attach(String name) throws IOException {
        Path link = family.resolve(name);
        Path directory =
                Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).getParent() : family;
        if (directory == null || !Files.exists(directory.resolve(name))) {
            throw new NoSuchFileException(directory + "/" + name);
        }
        return offered(MemoryQueue.attach(segments(directory, name), site.incarnation(), site.kin()::isAlive), link);
    }

    /** The same for each queue, also if it was left and is used again: items of this process may still be in it. */
    private SegmentPool segments(Path directory, String name) {
        segments.values().removeIf(pool -> pool.files().isRemoved());
        return segments.computeIfAbsent(
                name, queue -> new SegmentPool(new QueueFiles(directory, family, queue), site.incarnation()));
    }

    private SharedQueue offered(MemoryQueue queue, Path link) {
        return new OfferedQueue(new WaitingQueue(queue, inboxes), link, place);
    }

    @Override
    public void close() {
        inboxes.close();
    }
}
