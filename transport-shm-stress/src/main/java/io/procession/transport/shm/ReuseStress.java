package io.procession.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.procession.transport.shm.LinkLayout.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** A full ring gets room while its writer tries again: what the reader still looks at is not overwritten. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "the frame as it was sent")
@Outcome(expect = FORBIDDEN, desc = "overwritten under the reader's eyes")
@State
public class ReuseStress {
    private static final Geometry GEOMETRY = new Geometry(Geometry.MIN_RING_BYTES, 0, 0);
    private static final int FRAME_BYTES = GEOMETRY.maxFrameBytes();

    private final ByteBuffer memory = ByteBuffer.allocateDirect(GEOMETRY.fileBytes());
    private final RingWriter writer = new RingWriter(memory, Direction.TO_HOST, GEOMETRY.ringBytes());
    private final RingReader reader = new RingReader(
            memory,
            Direction.TO_HOST,
            GEOMETRY,
            new SegmentReader(memory, Direction.TO_HOST, GEOMETRY, new LinkFiles(Path.of("/nowhere"), "none")));

    /** Full with two frames. */
    public ReuseStress() {
        writer.write(FRAME_BYTES, frame(1));
        writer.write(FRAME_BYTES, frame(2));
        writer.publish();
    }

    /** Wants to write a third. */
    @Actor
    public void writer() {
        writer.write(FRAME_BYTES, frame(3));
        writer.publish();
    }

    /** Takes the first. */
    @Actor
    public void reader(J_Result result) {
        try {
            reader.refresh();
            ByteBuffer frame = reader.next();
            result.r1 = frame == null ? -1 : frame.getLong(FRAME_BYTES - Long.BYTES);
            reader.done();
            reader.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer frame(long number) {
        return ByteBuffer.allocate(FRAME_BYTES).putInt(0, FRAME_BYTES).putLong(FRAME_BYTES - Long.BYTES, number);
    }
}
