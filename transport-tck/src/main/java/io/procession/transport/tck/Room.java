package io.procession.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.testing.Eventually;
import io.procession.testing.TestDirectory;
import io.procession.transport.Link;
import io.procession.transport.Transport;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** All that one contract test opens. Leaving it closes everything and proves that every promise to a handler was kept and no file is left. */
final class Room {
    private final Transport transport;
    private final Path directory;
    private final AtomicInteger sites = new AtomicInteger();
    private final List<Host> hosts = new CopyOnWriteArrayList<>();
    private final List<End> clients = new CopyOnWriteArrayList<>();
    private final List<End> forgotten = new CopyOnWriteArrayList<>();
    private final List<ChildJvm> children = new CopyOnWriteArrayList<>();

    Room(Transport transport, Path directory) {
        this.transport = transport;
        this.directory = directory;
    }

    Transport transport() {
        return transport;
    }

    Path directory() {
        return directory;
    }

    /** A site with a name nobody else has here. */
    TransportSite site() {
        return new TransportSite(directory, String.format(Locale.ROOT, "t%03d", sites.incrementAndGet()));
    }

    Host host() throws IOException {
        return host(End.Reaction.NONE);
    }

    Host host(End.Reaction reaction) throws IOException {
        return host(reaction, link -> {});
    }

    Host host(End.Reaction reaction, Consumer<Link> whenAccepting) throws IOException {
        Host host = new Host(transport, site(), reaction, whenAccepting);
        hosts.add(host);
        return host;
    }

    End connect(TransportAddress address) throws IOException, InterruptedException, TimeoutException {
        return connect(address, End.Reaction.NONE, End.PATIENCE);
    }

    End connect(TransportAddress address, End.Reaction reaction, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        TransportSite site = site();
        End end = new End(site.name(), reaction);
        end.with(transport.connect(address, site, end, timeout));
        clients.add(end);
        return end;
    }

    Pair pair() throws IOException, InterruptedException, TimeoutException {
        return pair(End.Reaction.NONE);
    }

    /** A fresh link whose host side reacts. */
    Pair pair(End.Reaction atHost) throws IOException, InterruptedException, TimeoutException {
        Host host = host(atHost);
        End client = connect(host.address());
        return new Pair(host.next(), client);
    }

    ChildJvm child() throws IOException {
        ChildJvm child = ChildJvm.start(transport.getClass().getName(), site());
        children.add(child);
        return child;
    }

    /** An end that was abandoned: nothing is told to it any more. */
    void forget(End abandoned) {
        forgotten.add(abandoned);
    }

    void leave() throws IOException, InterruptedException {
        for (ChildJvm child : children) {
            child.end();
            if (child.killed()) {
                sweep(child.siteName());
            }
        }
        hosts.forEach(Host::close);
        List<End> ends = new CopyOnWriteArrayList<>(clients);
        hosts.forEach(host -> ends.addAll(host.all()));
        ends.removeAll(forgotten);
        for (End end : ends) {
            end.link().close();
        }
        for (End end : ends) {
            end.awaitClosed();
        }
        for (End end : ends) {
            assertThat(end.violations()).as("promises to the handler").isEmpty();
        }
        TestDirectory here = new TestDirectory(directory);
        Eventually.isEmpty("no file is left in " + directory, End.PATIENCE, here::files);
    }

    /** The killed leave files, whose names begin with that of their site. Core sweeps them with their family. */
    private void sweep(String siteName) throws IOException {
        for (Path file : new TestDirectory(directory).files()) {
            if (directory.relativize(file).toString().startsWith(siteName)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
