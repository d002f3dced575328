package io.procession.transport.pipe;

import io.procession.transport.Link;
import io.procession.transport.TransportAddress;
import io.procession.transport.TransportSite;
import io.procession.transport.tck.Recorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A client that stops in a step of the handshake, and waits there to be killed. */
final class HandshakeChild {
    enum Step {
        ANNOUNCED,
        TICKET_TAKEN,
        OPENED,
        CLAIMED,
        CONNECTED,
        SENDING
    }

    private final ListenerFiles files;
    private final TransportSite site;
    /** Open for as long as this process lives. */
    private final List<Object> open = new ArrayList<>();

    private HandshakeChild(Path listener) {
        this.files = new ListenerFiles(listener);
        this.site = new TransportSite(listener.getParent(), "dying");
    }

    public static void main(String[] arguments) throws Exception {
        HandshakeChild child = new HandshakeChild(Path.of(arguments[0]));
        Step last = Step.valueOf(arguments[1]);
        if (last.compareTo(Step.CONNECTED) < 0) {
            child.goBy(last);
        } else {
            child.connect(last == Step.SENDING);
        }
        System.out.println(last);
        Thread.sleep(Long.MAX_VALUE);
    }

    private void goBy(Step last) throws IOException {
        FileChannel rendezvous = keep(Fifo.openBoth(files.rendezvous()));
        FileChannel tickets = keep(Fifo.openReader(files.tickets()).getChannel());
        rendezvous.write(Claim.ANNOUNCEMENT.encode());
        if (last == Step.ANNOUNCED) {
            return;
        }
        ByteBuffer ticket = ByteBuffer.allocateDirect(PairStock.TICKET_BYTES);
        tickets.read(ticket);
        long pair = ticket.getLong(0);
        if (last == Step.TICKET_TAKEN) {
            return;
        }
        keep(FifoWriter.open(files.pathToHost(pair)));
        keep(Fifo.openReader(files.pathToClient(pair)));
        if (last == Step.CLAIMED) {
            rendezvous.write(new Claim(pair, RoomProbe.SMALL_WINDOW_BYTES).encode());
        }
    }

    private void connect(boolean sending) throws Exception {
        TransportAddress address = files.address();
        Link link = keep(new PipeTransport().connect(address, site, new Recorder(), Site.TIMEOUT));
        if (sending) {
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
    }

    private <T> T keep(T descriptor) {
        open.add(descriptor);
        return descriptor;
    }
}
