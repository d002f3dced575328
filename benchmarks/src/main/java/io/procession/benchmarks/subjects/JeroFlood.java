package io.procession.benchmarks.subjects;

import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Messages of one size one way over JeroMQ, pushed and pulled through loopback TCP; its threads sleep when there is nothing. Arguments: bytes of a message, warm-ups, messages. */
public final class JeroFlood {
    private JeroFlood() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[0]);
        int warmUps = Integer.parseInt(arguments[1]);
        int messages = Integer.parseInt(arguments[2]);
        Ticks ticks = new Ticks(bytes, warmUps, messages);
        try (ZContext context = new ZContext();
                ZMQ.Socket in = context.createSocket(SocketType.PULL)) {
            int port = in.bindToRandomPort("tcp://127.0.0.1");
            Process sender = Jvm.start(
                    List.of(),
                    Sender.class,
                    arguments[0],
                    Integer.toString(Ticks.toSend(bytes, warmUps, messages)),
                    Integer.toString(port));
            do {
                in.recv();
            } while (!ticks.tick());
            sender.waitFor();
        }
    }

    /** The other side. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] arguments) {
            byte[] message = new byte[Integer.parseInt(arguments[0])];
            try (ZContext context = new ZContext();
                    ZMQ.Socket out = context.createSocket(SocketType.PUSH)) {
                out.setLinger(-1); // what was pushed is sent before it closes
                out.connect("tcp://127.0.0.1:" + arguments[2]);
                for (int left = Integer.parseInt(arguments[1]); left > 0; left--) {
                    out.send(message);
                }
            }
        }
    }
}
