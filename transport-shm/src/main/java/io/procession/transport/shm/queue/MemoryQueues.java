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
    private static final int ATTEMPTS = 4;

    private final QueueSite site;
    private final Path family;
    private final Place place;
    private final Inboxes inboxes;

    /**
     * No queue yet.
     *
     * @param site what the process lends
     * @param place where its queues lie
     */
    public MemoryQueues(QueueSite site, Place place) {
        this.site = site;
        this.family = site.site().directory().toAbsolutePath();
        this.place = place;
        this.inboxes = new Inboxes(who -> family.resolve(site.kin().siteName(who) + "-i"), site.incarnation());
    }

    /** Whether processes that sleep can be woken here. */
    public static Availability availability() {
        return Mkfifo.availability();
    }

    @Override
    public SharedQueue create(String name, QueueBound bound) throws IOException {
        QueueOptions options = QueueOptions.of(new Bound(bound.items(), bound.bytes()));
        for (int attempt = 1; ; attempt++) {
            Path directory = place.ready().toAbsolutePath();
            try {
                MemoryQueue queue = MemoryQueue.create(
                        new QueueFiles(directory, family, name), options, site.incarnation(), site.kin()::isAlive);
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
        QueueFiles files = new QueueFiles(directory, family, name);
        return offered(MemoryQueue.attach(files, site.incarnation(), site.kin()::isAlive), link);
    }

    private SharedQueue offered(MemoryQueue queue, Path link) {
        return new OfferedQueue(new WaitingQueue(queue, inboxes), link, place);
    }

    @Override
    public void close() {
        inboxes.close();
    }
}
