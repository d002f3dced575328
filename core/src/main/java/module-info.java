/** Processes, pools and queues across separate JVMs: the API, the SPI and everything transport-neutral. */
@SuppressWarnings({"requires-automatic"})
module io.procession.core {
    requires static transitive org.jspecify;
    requires com.esotericsoftware.kryo.kryo5;
    requires java.management;
    requires org.slf4j;

    exports io.procession.task;
    exports io.procession.transport;

    uses io.procession.transport.Transport;
}
