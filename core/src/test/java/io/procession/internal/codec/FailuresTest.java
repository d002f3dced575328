package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.procession.codec.RemoteFailure;
import io.procession.codec.RemoteTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial") // failures that cannot travel are the subject
final class FailuresTest {
    static final class OrderException extends RuntimeException {
        final int order;
        final List<Object> details = new ArrayList<>();

        OrderException(String message, int order, Throwable cause) {
            super(message, cause);
            this.order = order;
        }
    }

    static final class NotSerializableDetail {
        String text = "detail";
    }

    static final class WithSocket extends Exception {
        final Socket socket = new Socket();

        WithSocket(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static final class Hostile extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public void printStackTrace(java.io.PrintWriter out) {
            throw new IllegalStateException("no trace");
        }
    }

    private static Throwable sent(Throwable failure) {
        Encoded encoded = RoundTrip.CODEC.encodeFailure(failure);
        assertThat(encoded.shapes()).isEmpty();
        return RoundTrip.CODEC.decodeFailure(encoded.joined(), new ShapeTable());
    }

    private static RemoteTrace traceOf(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return (RemoteTrace) (last instanceof RemoteTrace ? last : failure.getSuppressed()[0]);
    }

    @Test
    void keepTheirTypeFieldsCauseSuppressedAndTrace() {
        OrderException failure = new OrderException("bad order", 17, new IOException("disk"));
        failure.details.add(new NotSerializableDetail());
        failure.addSuppressed(new IllegalArgumentException("also"));

        OrderException arrived = (OrderException) sent(failure);

        assertThat(arrived).hasMessage("bad order").hasCauseInstanceOf(IOException.class);
        assertThat(arrived.order).isEqualTo(17);
        assertThat(((NotSerializableDetail) arrived.details.get(0)).text).isEqualTo("detail");
        assertThat(arrived.getSuppressed()[0])
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("also");
        assertThat(arrived.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(arrived.getCause()).hasMessage("disk");
        assertThat(traceOf(arrived).trace())
                .contains("OrderException: bad order")
                .contains("Caused by: java.io.IOException: disk")
                .contains("keepTheirTypeFieldsCauseSuppressedAndTrace");
        assertThat(traceOf(arrived).origin())
                .contains("process " + ProcessHandle.current().pid());
    }

    @Test
    void withoutACauseGetTheRemoteTraceAsCause() {
        assertThat(sent(new IllegalStateException("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(RemoteTrace.class);
        assertThat(sent(new Error("y"))).isInstanceOf(Error.class);
    }

    @Test
    void whoseCauseIsClosedGetTheRemoteTraceAsSuppressed() {
        Throwable arrived = sent(new RuntimeException("closed", null));

        assertThat(arrived).hasNoCause();
        assertThat(arrived.getSuppressed()[0]).isInstanceOf(RemoteTrace.class);
    }

    @Test
    void thatCannotTravelArriveAsTextWithTheirCause() {
        RemoteFailure arrived = (RemoteFailure) sent(new WithSocket("broken", new OrderException("deep", 3, null)));

        assertThat(arrived.originalType()).isEqualTo(WithSocket.class.getName());
        assertThat(arrived.originalMessage()).isEqualTo("broken");
        assertThat(arrived.reason()).startsWith("WithSocket.socket: java.net.Socket is not serialisable");
        assertThat(arrived.trace()).contains("WithSocket: broken").contains("Caused by: ");
        assertThat(arrived.getCause()).isInstanceOf(OrderException.class).hasMessage("deep");
    }

    @Test
    void whoseCauseCannotTravelArriveAsThemselves() {
        UncheckedIOException arrived =
                (UncheckedIOException) sent(new UncheckedIOException(new IOException("io", new WithSocket("s", null))));

        assertThat(arrived.getCause()).isInstanceOf(IOException.class);
        assertThat(arrived.getCause().getCause()).isInstanceOf(RemoteFailure.class);
        assertThat(((RemoteFailure) arrived.getCause().getCause()).originalMessage())
                .isEqualTo("s");
    }

    @Test
    void thatFailAtTellingTheirMessageStillArrive() {
        assertThat(sent(new Hostile())).isInstanceOf(Hostile.class);
    }

    /** Fails in all it is asked, and not with exceptions. */
    static final class Rotten extends RuntimeException {
        @Override
        public String getMessage() {
            throw new AssertionError("no message");
        }

        private void writeObject(java.io.ObjectOutputStream out) {
            throw new NoClassDefFoundError("no fields");
        }
    }

    @Test
    void whoseClassesFailWithErrorsStillArrive() {
        assertThat(sent(new Rotten()))
                .isInstanceOfSatisfying(
                        RemoteFailure.class,
                        failure -> assertThat(failure.originalType()).isEqualTo(Rotten.class.getName()));
        assertThat(sent(new IllegalStateException("outside", new Rotten()))).hasMessageContaining("outside");
    }

    @Test
    void withMoreCausesThanTheStackIsDeepArriveAsText() {
        Throwable failure = new IOException("first");
        for (int i = 0; i < 50_000; i++) {
            failure = new IllegalStateException("again", failure);
        }
        assertThat(sent(failure)).isInstanceOf(RemoteFailure.class).hasMessageContaining("again");
    }

    @Test
    void thatAreTheirOwnCauseEnd() {
        WithSocket first = new WithSocket("first", null);
        IOException second = new IOException("second", first);
        first.addSuppressed(second);
        IOException third = new IOException("third");
        IOException fourth = new IOException("fourth", third);
        third.initCause(fourth);

        assertThat(sent(first)).isInstanceOf(RemoteFailure.class);
        assertThat(sent(second)).isInstanceOf(IOException.class);
        assertThat(sent(third)).isInstanceOf(IOException.class).hasMessage("third");
    }

    @Test
    void whoseClassIsMissingArriveAsTextThatNamesIt() {
        byte[] bytes = RoundTrip.CODEC
                .encodeFailure(new OrderException("m", 1, null))
                .joined()
                .array();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] renamed = text.replace("FailuresTest$OrderException", "FailuresTest$MissingExcepti")
                .getBytes(StandardCharsets.ISO_8859_1);

        Throwable arrived = RoundTrip.CODEC.decodeFailure(java.nio.ByteBuffer.wrap(renamed), new ShapeTable());

        assertThat(arrived).isInstanceOf(RemoteFailure.class);
        assertThat(((RemoteFailure) arrived).reason())
                .contains("FailuresTest$MissingExcepti")
                .contains("not found");
        assertThat(((RemoteFailure) arrived).originalMessage()).isEqualTo("m");
    }

    @Test
    void ofStackOverflowsAndAssertionsArrive() {
        try {
            overflow(0);
        } catch (StackOverflowError overflow) {
            assertThat(sent(overflow)).isInstanceOf(StackOverflowError.class);
        }
        assertThat(sent(new AssertionError("a", new RuntimeException()))).isInstanceOf(AssertionError.class);
    }

    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    @Test
    void areValuesToo() {
        List<Object> values = RoundTrip.listOf(new IOException("one"), new WithSocket("two", null));

        List<Object> arrived = RoundTrip.of(values);

        assertThat((Throwable) arrived.get(0)).isInstanceOf(IOException.class).hasNoCause();
        assertThat(arrived.get(1)).isInstanceOf(RemoteFailure.class);
    }
}
