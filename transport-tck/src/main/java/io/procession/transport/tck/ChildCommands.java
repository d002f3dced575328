package io.procession.transport.tck;

import io.procession.transport.Link;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a child can be told to do. It has at most one listener, one link of its own and one child of its own. */
final class ChildCommands implements AutoCloseable {
    private static final int WINDOW_FRAMES = 64;

    private final Transport transport;
    private final TransportSite site;
    private final CountDownLatch accepting = new CountDownLatch(1);
    private @Nullable Host host;
    private @Nullable End end;
    private @Nullable ChildJvm child;
    private long numbers;

    ChildCommands(Transport transport, TransportSite site) {
        this.transport = transport;
        this.site = site;
    }

    String run(String[] words) throws IOException, InterruptedException, TimeoutException {
        return switch (words[0]) {
            case "listen" -> listen(words[1]);
            case "connect" -> connect(new TransportAddress(words[1], words[2]));
            case "send" -> send(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "stream" -> stream(Integer.parseInt(words[1]));
            case "written" -> "written " + end().link().written();
            case "receive" ->
                "received " + end().awaitFrames(Integer.parseInt(words[1])).size();
            case "await-accepting" -> awaitAccepting();
            case "await-closed" ->
                "closed " + end().awaitClosed().map(Throwable::toString).orElse("without cause");
            case "spawn" -> spawn(words[1]);
            case "tell" -> child().ask(String.join(" ", Arrays.copyOfRange(words, 1, words.length)));
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        };
    }

    /** Ways: {@code echo}; {@code record}; {@code stall}, whose acceptor never returns; {@code stall-reading}, which never reads. */
    private String listen(String way) throws IOException {
        End.Reaction reaction = way.equals("echo") ? End::echo : End.Reaction.NONE;
        host = new Host(transport, site, reaction, link -> {
            accepting.countDown();
            if (way.equals("stall")) {
                stall();
            } else if (way.equals("stall-reading")) {
                link.pause();
            }
        });
        return host.address().transport() + " " + host.address().value();
    }

    @Override
    public void close() {
        if (child != null) {
            child.end();
        }
        if (host != null) {
            host.close();
        }
        if (end != null) {
            end.link().close();
        }
    }

    private String awaitAccepting() throws InterruptedException {
        accepting.await();
        return "accepting";
    }

    private String connect(TransportAddress address) throws IOException, InterruptedException, TimeoutException {
        End connecting = new End(site.name(), End.Reaction.NONE);
        Link link = transport.connect(address, site, connecting, End.PATIENCE);
        end = connecting.with(link);
        return "connected";
    }

    private String send(int count, int sizeBytes) {
        long position = 0;
        for (int i = 0; i < count; i++) {
            position = sendOne(sizeBytes);
        }
        end().awaitWritten(position);
        return "written " + position;
    }

    /** Sends for ever, and never has more than a window in memory. */
    private String stream(int sizeBytes) {
        Thread thread = new Thread(() -> {
            while (!end().closed()) {
                end().awaitWritten(Math.max(0, sendOne(sizeBytes) - WINDOW_FRAMES));
            }
        });
        thread.setDaemon(true);
        thread.start();
        return "streaming";
    }

    private long sendOne(int sizeBytes) {
        return end().link().send(Frames.frame(numbers++, sizeBytes));
    }

    private String spawn(String name) throws IOException {
        child = ChildJvm.start(transport.getClass().getName(), new TransportSite(site.directory(), name));
        return "spawned " + child.pid();
    }

    private End end() {
        if (end != null) {
            return end;
        }
        if (host == null) {
            throw new IllegalStateException("neither listening nor connected");
        }
        end = host.next();
        return end;
    }

    private ChildJvm child() {
        if (child == null) {
            throw new IllegalStateException("no child was spawned");
        }
        return child;
    }

    private static void stall() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
