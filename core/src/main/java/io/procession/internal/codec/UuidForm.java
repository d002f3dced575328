package io.procession.internal.codec;

import java.util.UUID;

/** A {@code UUID} as its 16 bytes. */
final class UuidForm implements Form {
    @Override
    public void write(Encoder out, Object value) {
        UUID uuid = (UUID) value;
        out.sink().put(Tag.UUID);
        out.sink().putFixed(uuid.getMostSignificantBits(), 8);
        out.sink().putFixed(uuid.getLeastSignificantBits(), 8);
    }

    static UUID read(Decoder in) {
        long most = in.fixed(8);
        return new UUID(most, in.fixed(8));
    }
}
