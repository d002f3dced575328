package io.procession.transport.shm;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A client that sends some frames as large as may be, and then says how many frames it has seen whenever a frame of 16 bytes asks it to. Arguments: address, directory, how many large ones. */
final class CountingChild implements LinkHandler {
    private final CountDownLatch closed = new CountDownLatch(1);
    private int count;

    private CountingChild() {}

    public static void main(String[] arguments) throws Exception {
        CountingChild child = new CountingChild();
        Link link = new ShmTransport()
                .connect(
                        new TransportAddress(ShmTransport.ID, arguments[0]),
                        new TransportSite(Path.of(arguments[1]), "child"),
                        child,
                        Duration.ofSeconds(60));
        for (int number = 0; number < Integer.parseInt(arguments[2]); number++) {
            link.send(Frames.numbered(number, link.maxFrameBytes()));
        }
        System.out.println("connected");
        child.closed.await();
    }

    @Override
    public void onFrame(Link link, ByteBuffer frame) {
        count++;
        if (frame.remaining() == 16) {
            System.out.println(count);
        }
    }

    @Override
    public void onWritten(Link link, long position) {}

    @Override
    public void onClosed(Link link, @Nullable Throwable cause) {
        closed.countDown();
    }
}
