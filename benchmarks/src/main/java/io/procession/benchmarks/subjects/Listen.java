package io.procession.benchmarks.subjects;

import io.procession.benchmarks.harness.ScratchDirectory;
import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.LinkListener;
import io.procession.transport.Transport;
import io.procession.transport.TransportSite;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Opens listeners, until others can connect. Arguments: id of the transport, warm-ups, listeners. Without warm-ups the first is timed that a JVM opens. */
public final class Listen {
    private Listen() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Transport transport = ServiceLoader.load(Transport.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals(arguments[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transport named " + arguments[0]));
        ScratchDirectory scratch = ScratchDirectory.create("listen");
        Path directory = scratch.path();
        TransportSite site = new TransportSite(directory, "listen");
        LinkListener[] open = new LinkListener[1];
        Repeated.measureBehind(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), () -> {
            if (open[0] != null) {
                open[0].close();
            }
            return () -> open[0] = transport.listen(site, link -> new Nobody());
        });
        open[0].close();
        scratch.close();
        System.exit(0); // whatever still loads in the background
    }

    /** Nobody connects. */
    private static final class Nobody implements LinkHandler {
        @Override
        public void onFrame(Link link, ByteBuffer frame) {}

        @Override
        public void onWritten(Link link, long position) {}

        @Override
        public void onClosed(Link link, @Nullable Throwable cause) {}
    }
}
