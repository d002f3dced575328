package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import io.procession.codec.Serializer;
import io.procession.codec.ValueInput;
import io.procession.codec.ValueOutput;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SerializersTest {
    @TempDir
    Path services;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restoreTheLoader() {
        Thread.currentThread().setContextClassLoader(before);
    }

    static final class Note {
        String text;
        Object attachment;

        Note() {}
    }

    /** Writes notes by hand. */
    public static class Notes implements Serializer {
        public Notes() {}

        @Override
        public String id() {
            return "notes";
        }

        @Override
        public Writer writer(ValueOutput output) {
            return object -> {
                Note note = (Note) object;
                byte[] text = note.text.getBytes(StandardCharsets.UTF_8);
                output.write(text.length);
                output.write(text);
                output.writePart("attachment", note.attachment);
            };
        }

        @Override
        public Reader reader(ValueInput input) {
            return type -> {
                Note note = new Note();
                input.created(note);
                note.text = new String(input.readNBytes(input.read()), StandardCharsets.UTF_8);
                note.attachment = input.readPart();
                return note;
            };
        }
    }

    /** Another of the same kind. */
    public static final class Others extends Notes {
        public Others() {}

        @Override
        public String id() {
            return "others";
        }
    }

    private void provide(Class<?>... serializers) throws IOException {
        Path file = services.resolve("META-INF/services/" + Serializer.class.getName());
        Files.createDirectories(file.getParent());
        StringBuilder names = new StringBuilder();
        for (Class<?> serializer : serializers) {
            names.append(serializer.getName()).append('\n');
        }
        Files.writeString(file, names);
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {services.toUri().toURL()}, before));
    }

    private static Note note() {
        Note note = new Note();
        note.text = "hello";
        note.attachment = new ArrayList<>(List.of(note, 5));
        return note;
    }

    private static Object trip(Codec from, Codec to, Object value) {
        return to.decode(from.encodeSelfContained(value).joined(), new ShapeTable());
    }

    @Test
    void theOneThatIsFoundIsUsed() throws IOException {
        provide(Notes.class);
        Codec codec = new Codec(null);

        Note arrived = (Note) trip(codec, codec, note());

        assertThat(arrived.text).isEqualTo("hello");
        assertThat(((List<?>) arrived.attachment).get(0)).isSameAs(arrived);
        assertThat(new String(codec.encodeSelfContained(note()).joined().array(), StandardCharsets.ISO_8859_1))
                .contains("notes");
    }

    @Test
    void theNamedOneIsUsed() throws IOException {
        provide(Notes.class, Others.class);

        assertThat(((Note) trip(new Codec("others"), new Codec("others"), note())).text)
                .isEqualTo("hello");
        assertThat(((Note) trip(new Codec("kryo"), new Codec("kryo"), note())).text)
                .isEqualTo("hello");
    }

    @Test
    void severalWithoutAChoiceAreAnErrorThatListsThem() throws IOException {
        provide(Notes.class, Others.class);

        assertThatThrownBy(() -> new Codec(null).encode(note()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("kryo (built in), notes (")
                .hasMessageContaining("others (")
                .hasMessageContaining("-Dprocession.serializer");
        assertThatThrownBy(() -> new Codec("absent").encode(note()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no serializer 'absent'");
    }

    @Test
    void bytesOfAnotherOneAreRefusedByName() throws IOException {
        provide(Notes.class, Others.class);

        assertThatThrownBy(() -> trip(new Codec("notes"), new Codec("others"), note()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'notes'")
                .hasMessageContaining("'others'");
    }
}
