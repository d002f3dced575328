package io.procession.internal.codec;

import java.nio.file.FileSystems;
import java.nio.file.Path;

/** A path of the default file system as text; of any other as its URI, which needs that file system open at the receiver. */
final class PathForm implements Form {
    private static final int DEFAULT = 0;
    private static final int OTHER = 1;

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one default file system
    public void write(Encoder out, Object value) {
        Path path = (Path) value;
        boolean other = path.getFileSystem() != FileSystems.getDefault();
        out.sink().put(Tag.PATH);
        out.sink().put(other ? OTHER : DEFAULT);
        Text.write(out.sink(), other ? path.toUri().toString() : path.toString());
    }

    static Path read(Decoder in) {
        int kind = in.octet();
        String text = Text.read(in);
        return switch (kind) {
            case DEFAULT -> Path.of(text);
            case OTHER -> Path.of(java.net.URI.create(text));
            default -> throw in.garbled("a path of the unknown kind " + kind);
        };
    }
}
