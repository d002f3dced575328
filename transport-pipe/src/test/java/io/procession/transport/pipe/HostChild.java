package io.procession.transport.pipe;

import io.procession.transport.Link;
import io.procession.transport.LinkListener;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A host that says its address, and lives until it is killed. */
final class HostChild {
    private HostChild() {}

    /**
     * Listens.
     *
     * @param arguments the private directory; whether links are accepted, else the acceptor never returns
     */
    public static void main(String[] arguments) throws Exception {
        boolean accepts = Boolean.parseBoolean(arguments[1]);
        TransportSite site = new TransportSite(Path.of(arguments[0]), "host");
        LinkListener listener = new PipeTransport().listen(site, link -> {
            if (!accepts) {
                System.out.println("asked");
                forever();
            }
            flood(link);
            return new Recorder();
        });
        System.out.println(listener.address().value());
        forever();
    }

    private static void flood(Link link) {
        Thread sender = new Thread(() -> {
            for (long number = 0; ; number++) {
                long position = link.send(Frames.numbered(number, 12 + (int) (number * 37 % 60_000)));
                while (position - link.written() > 100) {
                    Thread.onSpinWait();
                }
            }
        });
        sender.setDaemon(true);
        sender.start();
    }

    private static void forever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
