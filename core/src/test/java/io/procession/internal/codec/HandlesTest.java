package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import io.procession.task.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial") // holds what travels by handle
final class HandlesTest {
    static final class Holder {
        Echo echo;
    }

    static final class JavaHolder implements Serializable {
        Object echo;

        private Object readResolve() {
            return this;
        }
    }

    private final Echo echo = new Echo("pipe", 7);

    @Test
    void travelByThemselves() {
        assertThat(RoundTrip.of(echo).handle).isEqualTo(echo.handle);
    }

    @Test
    void areFoundInLambdasCollectionsObjectsAndJavaStreams() throws Exception {
        Holder holder = new Holder();
        holder.echo = echo;
        JavaHolder java = new JavaHolder();
        java.echo = new AtomicReference<>(echo);
        Echo captured = echo;
        Task<Echo> task = () -> captured;

        assertThat(RoundTrip.of(task).call().handle).isEqualTo(echo.handle);
        assertThat(RoundTrip.of(List.of(echo)).get(0).handle).isEqualTo(echo.handle);
        assertThat(RoundTrip.of(holder).echo.handle).isEqualTo(echo.handle);
        AtomicReference<?> arrived = (AtomicReference<?>) RoundTrip.of(java).echo;
        assertThat(((Echo) arrived.get()).handle).isEqualTo(echo.handle);
    }

    @Test
    void areResolvedOnceAMessage() {
        List<Echo> arrived = RoundTrip.of(new ArrayList<>(List.of(echo, echo)));

        assertThat(arrived.get(0)).isSameAs(arrived.get(1));
    }

    @Test
    void ofAClosedObjectAreRefusedWithItsReason() {
        assertThatThrownBy(() -> RoundTrip.of(List.of(new Echo("pipe", 404))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("[0]: Echo cannot be sent: it is closed");
    }

    @Test
    void areResolvedByClassesOfTheLibraryOnly() {
        byte[] bytes = RoundTrip.bytes(echo);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] forged = text.replace("io.procession.internal", "io.processioX.internal")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> RoundTrip.CODEC.decode(java.nio.ByteBuffer.wrap(forged), new ShapeTable()))
                .isInstanceOf(SerializationException.class);
    }
}
