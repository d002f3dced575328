package io.procession.transport.socket;

import io.netty.channel.ChannelId;

/** A channel's id for nobody: Netty's own looks for the machine's network cards, which takes longer than all else that it does to start. */
final class NoId implements ChannelId {
    private static final long serialVersionUID = 1;

    @Override
    public String asShortText() {
        return Integer.toHexString(System.identityHashCode(this));
    }

    @Override
    public String asLongText() {
        return asShortText();
    }

    @Override
    public int compareTo(ChannelId other) {
        return asShortText().compareTo(other.asShortText());
    }
}
