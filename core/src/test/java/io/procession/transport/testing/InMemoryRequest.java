package io.procession.transport.testing;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.procession.transport.Link;
import io.procession.transport.LinkHandler;
import io.procession.transport.TransportAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Somebody who waits to be accepted. Exactly one of accept, refusal and giving up wins. */
final class InMemoryRequest {
    final InMemoryTransport transport;
    final String siteName;
    final LinkHandler handler;
    private final CompletableFuture<InMemoryLink> answer = new CompletableFuture<>();

    InMemoryRequest(InMemoryTransport transport, String siteName, LinkHandler handler) {
        this.transport = transport;
        this.siteName = siteName;
        this.handler = handler;
    }

    boolean givenUp() {
        return answer.isDone();
    }

    void accepted(InMemoryLink link) {
        if (!answer.complete(link)) {
            link.abandon();
        }
    }

    void refused(IOException reason) {
        answer.completeExceptionally(reason);
    }

    Link await(TransportAddress address, Duration timeout) throws IOException, InterruptedException, TimeoutException {
        try {
            return opened(answer.get(NANOSECONDS.convert(timeout), NANOSECONDS));
        } catch (TimeoutException late) {
            if (answer.completeExceptionally(late)) {
                throw new TimeoutException(address + " did not answer within " + timeout);
            }
            return answered(address);
        } catch (InterruptedException interrupted) {
            if (!answer.completeExceptionally(interrupted) && !answer.isCompletedExceptionally()) {
                answer.join().abandon();
            }
            throw interrupted;
        } catch (ExecutionException refusal) {
            throw new IOException(address + ": " + refusal.getCause().getMessage(), refusal.getCause());
        }
    }

    private Link answered(TransportAddress address) throws IOException {
        try {
            return opened(answer.getNow(null));
        } catch (CompletionException refusal) {
            throw new IOException(address + ": " + refusal.getCause().getMessage(), refusal.getCause());
        }
    }

    private Link opened(InMemoryLink link) {
        transport.opened(link);
        link.start(handler);
        return link;
    }
}
