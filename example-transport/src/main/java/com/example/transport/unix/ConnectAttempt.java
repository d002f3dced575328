package com.example.transport.unix;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** One try to connect: everything that blocks happens on what will be the reader's thread, so the caller can be interrupted. */
final class ConnectAttempt {
    private final TransportAddress address;
    private final TransportSite site;
    private final LinkHandler handler;
    private final CompletableFuture<UnixLink> outcome = new CompletableFuture<>();

    ConnectAttempt(TransportAddress address, TransportSite site, LinkHandler handler) {
        this.address = address;
        this.site = site;
        this.handler = handler;
    }

    Link await(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        UnixTransport.start(site, "reader", () -> connect(channel));
        try {
            return outcome.get(NANOSECONDS.convert(timeout), NANOSECONDS);
        } catch (TimeoutException late) {
            channel.close();
            outcome.completeExceptionally(late);
            throw new TimeoutException(address + " did not answer within " + timeout);
        } catch (InterruptedException interrupted) {
            channel.close();
            outcome.completeExceptionally(interrupted);
            throw interrupted;
        } catch (ExecutionException failure) {
            throw new IOException("cannot connect to " + address + ": " + failure.getCause(), failure.getCause());
        }
    }

    private void connect(SocketChannel channel) {
        try {
            channel.connect(UnixDomainSocketAddress.of(address.value()));
            Greeting.send(channel);
            Greeting.receive(channel);
            UnixLink link = new UnixLink(site, channel);
            if (outcome.complete(link)) {
                link.run(handler);
                return;
            }
        } catch (IOException | RuntimeException failure) {
            outcome.completeExceptionally(failure);
        }
        UnixLink.closeQuietly(channel);
    }
}
