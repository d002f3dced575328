package io.procession.transport.socket;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/** Keeps Netty quiet in programs that have no logging. */
final class NettyLogs {
    private NettyLogs() {}

    /**
     * To be called before Netty's first class: it asks SLF4J for a logger, and where there is no back end, SLF4J says so on stderr, in programs that never asked
     * for logging. Those get what Netty takes without SLF4J; where there is a back end, nothing is changed.
     */
    static void prepare() {
        ClassLoader loader = LoggerFactory.class.getClassLoader();
        if (System.getProperty("slf4j.provider") == null
                && ServiceLoader.load(SLF4JServiceProvider.class, loader).stream()
                        .findAny()
                        .isEmpty()) {
            InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        }
    }
}
