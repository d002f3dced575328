package io.procession.transport.shm.queue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The segments of others that this process has mapped in order to read items in them, each when the first of its items comes. A mapping ends only when nothing refers to it and the garbage collector finds it, so what was
 * removed is dropped here at the next occasion. Safe for all threads.
 */
final class SegmentMaps {
    private record Name(long maker, int number) {}

    private record Mapped(Name name, ByteBuffer memory) {}

    /** How a segment becomes memory; tests have it fail. */
    interface Mapper {
        ByteBuffer map(long maker, int number) throws IOException;
    }

    /** Trying in vain is expensive: the JDK collects garbage and sleeps. */
    private static final long RETRY_NANOS = 1_000_000_000;

    private final QueueFiles files;
    private final Mapper mapper;
    private final LongSupplier nanoTime;
    private final Map<Name, Mapped> mapped = new ConcurrentHashMap<>();
    private volatile @Nullable Mapped last; // items that follow each other mostly stand in the same
    private volatile boolean unable;
    private volatile long unableSince;

    SegmentMaps(QueueFiles files) {
        this(files, files::openSegment, System::nanoTime);
    }

    SegmentMaps(QueueFiles files, Mapper mapper, LongSupplier nanoTime) {
        this.files = files;
        this.mapper = mapper;
        this.nanoTime = nanoTime;
    }

    /**
     * The bytes of an item that this process has claimed: the memory itself, good until the claim ends, or a copy if it cannot be mapped.
     *
     * @throws NoSuchFileException if the segment is gone
     * @throws EOFException if it is too short
     */
    ByteBuffer read(long maker, long place, int bytes) throws IOException {
        Name name = new Name(maker, Extent.segment(place));
        Mapped segment = last;
        if (segment == null || !segment.name.equals(name)) {
            segment = mapped.get(name);
        }
        if (segment == null) {
            segment = map(name);
        }
        if (segment == null) {
            return files.readSegment(maker, name.number, Extent.at(place), bytes);
        }
        last = segment;
        return slice(segment.memory, place, bytes);
    }

    static ByteBuffer slice(ByteBuffer segment, long place, int bytes) throws IOException {
        int at = Extent.at(place);
        if (at < 0 || bytes > segment.capacity() - at) {
            throw new EOFException("a segment of " + segment.capacity() + " bytes has no " + bytes + " at " + at);
        }
        return segment.slice(at, bytes).asReadOnlyBuffer();
    }

    /** Null if it cannot be mapped now. */
    private @Nullable Mapped map(Name name) throws IOException {
        if (unable && nanoTime.getAsLong() - unableSince < RETRY_NANOS) {
            return null;
        }
        dropRemoved();
        try {
            Mapped segment = new Mapped(name, mapper.map(name.maker, name.number));
            unable = false;
            Mapped faster = mapped.putIfAbsent(name, segment);
            return faster == null ? segment : faster;
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException | OutOfMemoryError e) {
            unableSince = nanoTime.getAsLong();
            unable = true;
            return null;
        }
    }

    private void dropRemoved() {
        last = null;
        mapped.keySet().removeIf(name -> !files.hasSegment(name.maker, name.number));
    }

    /** How many are mapped, for tests. */
    int count() {
        return mapped.size();
    }
}
