package io.procession.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.procession.transport.shm.LinkLayout.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A batch of two frames is published while the reader looks: it sees both whole, or nothing. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not published yet")
@Outcome(id = "77, 88", expect = ACCEPTABLE, desc = "both frames, whole")
@Outcome(expect = FORBIDDEN, desc = "half a batch, or bytes that nobody wrote")
@State
public class RingStress {
    private static final Geometry GEOMETRY = new Geometry(Geometry.MIN_RING_BYTES, 0, 0);
    private static final int FRAME_BYTES = 16;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(GEOMETRY.fileBytes());
    private final LinkMemory link =
            new LinkMemory(memory, GEOMETRY, new LinkFiles(Path.of("/nowhere"), "none"), Direction.TO_HOST, List.of());
    private final RingWriter writer = new RingWriter(memory, Direction.TO_HOST, GEOMETRY.ringBytes());
    private final RingReader reader = new RingReader(
            memory, Direction.TO_HOST, GEOMETRY, new SegmentReader(memory, Direction.TO_HOST, GEOMETRY, link.files()));

    /** Writes two frames and publishes them together. */
    @Actor
    public void writer() {
        writer.write(FRAME_BYTES, frame(77));
        writer.write(FRAME_BYTES, frame(88));
        writer.publish();
    }

    /** Looks once. */
    @Actor
    public void reader(JJ_Result result) {
        try {
            if (reader.refresh()) {
                result.r1 = take();
                result.r2 = take();
                reader.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long take() throws IOException {
        ByteBuffer frame = reader.next();
        if (frame == null) {
            return -1;
        }
        long number = frame.getLong(8);
        reader.done();
        return number;
    }

    private static ByteBuffer frame(long number) {
        return ByteBuffer.allocate(FRAME_BYTES).putInt(0, FRAME_BYTES).putLong(8, number);
    }
}
