package io.procession.internal.codec;

import io.procession.codec.SerializationException;
import io.procession.transport.TransportAddress;
import java.lang.reflect.Constructor;

/** A {@link Portable} as its handle. */
final class HandleForm implements Form {
    @Override
    public void write(Encoder out, Object value) {
        if (out.wroteReference(value)) {
            return;
        }
        Handle handle = handleOf((Portable) value);
        if (out.target().lacks(handle.address().transport())) {
            throw Refusals.ofTransport(handle, out.target());
        }
        out.carries(handle);
        ByteSink sink = out.sink();
        sink.put(Tag.HANDLE);
        Text.write(sink, handle.resolver());
        Text.write(sink, handle.address().transport());
        Text.write(sink, handle.address().value());
        sink.putFixed(handle.incarnation(), 8);
        sink.putVarlong(handle.objectId());
    }

    private static Handle handleOf(Portable portable) {
        try {
            return portable.handle();
        } catch (IllegalStateException gone) {
            throw new Refusal(Names.ofType(portable.getClass()) + " cannot be sent: " + gone.getMessage(), gone);
        }
    }

    static Object read(Decoder in) {
        int number = in.reserve();
        String resolver = Text.read(in);
        if (!resolver.startsWith(Handle.RESOLVER_PACKAGE)) {
            throw in.garbled("a handle of " + resolver);
        }
        TransportAddress address = new TransportAddress(Text.read(in), Text.read(in));
        long incarnation = in.fixed(8);
        Handle handle = new Handle(resolver, address, incarnation, in.varlong());
        return in.completed(number, resolverOf(handle).resolve(handle));
    }

    private static HandleResolver resolverOf(Handle handle) {
        try {
            Constructor<? extends HandleResolver> maker = Class.forName(handle.resolver())
                    .asSubclass(HandleResolver.class)
                    .getDeclaredConstructor();
            maker.setAccessible(true); // the room it is in keeps it for itself
            return maker.newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError unfit) {
            throw new SerializationException(
                    "",
                    "a handle cannot be resolved by " + handle.resolver()
                            + "; do both processes run the same version of Procession?",
                    unfit);
        }
    }
}
