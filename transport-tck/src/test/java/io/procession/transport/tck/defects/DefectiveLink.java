package io.procession.transport.tck.defects;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One end with a defect. */
final class DefectiveLink implements Link {
    private static final int LARGE_BYTES = 20_000;

    private final CompletableFuture<Link> sound = new CompletableFuture<>();
    private final @Nullable Defect defect;
    private final AtomicLong refused = new AtomicLong();
    private volatile long sent;
    private volatile @Nullable LinkHandler handler;

    DefectiveLink(@Nullable Defect defect) {
        this.defect = defect;
    }

    DefectiveLink(Link link, @Nullable Defect defect) {
        this(defect);
        sound.complete(link);
    }

    DefectiveLink to(Link link) {
        sound.complete(link);
        return this;
    }

    @Override
    public long send(ByteBuffer... parts) {
        if (defect == Defect.SWALLOWS_INTERRUPTS) {
            Thread.interrupted();
        }
        long position;
        try {
            position = sound.join().send(parts) + refused.get();
        } catch (IllegalArgumentException wrong) {
            if (defect == Defect.COUNTS_REFUSED_FRAMES) {
                refused.incrementAndGet();
            }
            throw wrong;
        }
        if (defect == Defect.CONSUMES_BUFFERS) {
            for (ByteBuffer part : parts) {
                part.position(part.limit());
            }
        }
        sent = position;
        return position;
    }

    @Override
    public long written() {
        return defect == Defect.PRETENDS_TO_HAVE_WRITTEN ? sent : sound.join().written() + refused.get();
    }

    @Override
    public int maxFrameBytes() {
        return sound.join().maxFrameBytes();
    }

    @Override
    public void pause() {
        sound.join().pause();
    }

    @Override
    public void resume() {
        sound.join().resume();
    }

    @Override
    public void close() {
        LinkHandler told = handler;
        handler = null;
        sound.join().close();
        if (defect == Defect.CALLS_ON_THE_USERS_THREAD && told != null) {
            told.onClosed(this, null);
        }
    }

    LinkHandler around(LinkHandler original) {
        handler = original;
        return new LinkHandler() {
            @Override
            public void onFrame(Link link, ByteBuffer frame) {
                try {
                    original.onFrame(DefectiveLink.this, seen(frame));
                } catch (RuntimeException | Error thrown) {
                    if (defect != Defect.FORGIVES_HANDLERS) {
                        throw thrown;
                    }
                    link.close();
                }
            }

            @Override
            public void onWritten(Link link, long position) {
                original.onWritten(DefectiveLink.this, position);
            }

            @Override
            public void onClosed(Link link, @Nullable Throwable cause) {
                if (defect != Defect.CALLS_ON_THE_USERS_THREAD || handler != null) {
                    original.onClosed(DefectiveLink.this, cause);
                }
                if (defect == Defect.TELLS_THE_END_TWICE) {
                    original.onClosed(DefectiveLink.this, cause);
                }
            }
        };
    }

    private ByteBuffer seen(ByteBuffer frame) {
        if (defect != Defect.DAMAGES_FRAMES || frame.remaining() < LARGE_BYTES) {
            return frame;
        }
        ByteBuffer copy =
                ByteBuffer.allocate(frame.remaining()).put(frame.duplicate()).flip();
        return copy.put(LARGE_BYTES - 1, (byte) ~copy.get(LARGE_BYTES - 1));
    }
}
