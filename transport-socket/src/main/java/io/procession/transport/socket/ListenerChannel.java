package io.procession.transport.socket;

import io.netty.channel.ChannelId;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Netty's server socket, whose connections are {@link LinkChannel}s. */
final class ListenerChannel extends NioServerSocketChannel {
    /** Takes over a socket that listens already. */
    ListenerChannel(ServerSocketChannel socket) {
        super(socket);
    }

    @Override
    protected ChannelId newId() {
        return new NoId();
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws IOException {
        SocketChannel socket = javaChannel().accept();
        if (socket == null) {
            return 0;
        }
        accepted.add(new LinkChannel(this, socket));
        return 1;
    }
}
