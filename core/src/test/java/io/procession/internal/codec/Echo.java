package io.procession.internal.codec;

import io.procession.transport.TransportAddress;

/** A portable that arrives as what its handle says. */
final class Echo implements Portable {
    final Handle handle;

    Echo(String transport, long objectId) {
        handle = new Handle(Resolver.class.getName(), new TransportAddress(transport, "there"), -5, objectId);
    }

    private Echo(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Handle handle() {
        if (handle.objectId() == 404) {
            throw new IllegalStateException("it is closed");
        }
        return handle;
    }

    /** Resolves to an echo of the same handle. */
    public static final class Resolver implements HandleResolver {
        public Resolver() {}

        @Override
        public Object resolve(Handle handle) {
            return new Echo(handle);
        }
    }
}
