package io.procession.internal.codec;

import java.net.URI;
import java.net.URISyntaxException;

/** A {@code URI} as its text. */
final class UriForm implements Form {
    @Override
    public void write(Encoder out, Object value) {
        out.sink().put(Tag.URI);
        Text.write(out.sink(), value.toString());
    }

    static URI read(Decoder in) {
        String text = Text.read(in);
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw in.garbled("a URI that is none: " + text);
        }
    }
}
