/** Processes, pools and queues across separate JVMs: the API, the SPI and everything transport-neutral. */
@SuppressWarnings({"requires-automatic", "module"}) // the transports are built after core
module io.procession.core {
    requires static transitive org.jspecify;
    requires com.esotericsoftware.kryo.kryo5;
    requires java.management;
    requires org.slf4j;
    requires jdk.unsupported;

    exports io.procession.codec;
    exports io.procession.pool;
    exports io.procession.process;
    exports io.procession.queue;
    exports io.procession.task;
    exports io.procession.transport;
    exports io.procession.transport.queue;
    exports io.procession.transport.gather to
            io.procession.transport.pipe,
            io.procession.transport.socket;
    exports io.procession.transport.guest to
            io.procession.transport.pipe,
            io.procession.transport.socket;

    uses io.procession.codec.Serializer;
    uses io.procession.transport.Transport;
}
