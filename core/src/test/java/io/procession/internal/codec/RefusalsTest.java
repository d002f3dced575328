package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procession.codec.SerializationException;
import io.procession.task.Task;
import java.io.Serializable;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial") // the point of these classes
final class RefusalsTest {
    static final class Customer {
        Object socket;

        Customer(Object socket) {
            this.socket = socket;
        }
    }

    static final class Order {
        Customer customer;
        List<Object> items = new ArrayList<>();
        Map<Object, Object> extras = new HashMap<>();

        Order(Customer customer) {
            this.customer = customer;
        }
    }

    record Wrapped(Object content) {}

    private static SerializationException refused(Object value) {
        try {
            RoundTrip.CODEC.encode(value);
        } catch (SerializationException refused) {
            return refused;
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void theFieldToBlameIsNamed() {
        SerializationException refused = refused(new Order(new Customer(new Socket())));

        assertThat(refused.path()).isEqualTo("Order.customer.socket");
        assertThat(refused)
                .hasMessageStartingWith("Order.customer.socket: java.net.Socket is not serialisable")
                .hasMessageContaining("transient");
    }

    @Test
    void elementsAndKeysAreNamed() {
        Order order = new Order(null);
        order.items.addAll(List.of("a", "b", "c", new Wrapped(Optional.of(new Customer(Thread.currentThread())))));
        assertThat(refused(order).path()).isEqualTo("Order.items[3].content.socket");

        Order other = new Order(null);
        other.extras.put("key", new Object[] {1, new Socket()});
        assertThat(refused(other).path()).isEqualTo("Order.extras[\"key\"][1]");

        List<Customer> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            many.add(new Customer(i == 7 ? new Socket() : null));
        }
        assertThat(refused(many).path()).isEqualTo("ArrayList[7].socket");
    }

    @Test
    void aRootThatIsRefusedNeedsNoPath() {
        assertThat(refused(new Socket()).path()).isEmpty();
        assertThat(refused(new Socket())).hasMessageStartingWith("java.net.Socket is not serialisable");
    }

    @Test
    void theCapturedValueToBlameIsNamedWithTheMethod() {
        Socket socket = new Socket();
        int number = 5;
        Task<String> task = () -> number + " " + socket;

        assertThat(refused(task))
                .hasMessageStartingWith("lambda in RefusalsTest.theCapturedValueToBlameIsNamedWithTheMethod"
                        + "(captured value 2: Socket): java.net.Socket is not serialisable");
    }

    @Test
    void whatCanBeDoneFitsThePlace() {
        Socket socket = new Socket();
        Task<String> captures = () -> "" + socket;
        assertThat(refused(new Customer(socket))).hasMessageContaining("make the field transient");
        assertThat(refused(captures))
                .hasMessageContaining("do not use it in the lambda: make it there")
                .hasMessageNotContaining("transient");
        assertThat(refused(new ArrayList<>(List.of(1, socket))))
                .hasMessageContaining("leave it out, or put in what is needed")
                .hasMessageNotContaining("transient");
        assertThat(refused(socket))
                .hasMessageContaining("send or return what is needed to make it anew")
                .hasMessageNotContaining("transient");
    }

    @Test
    void theObjectOfACapturedThisIsNamed() {
        assertThat(refused(new Service().task()).path())
                .isEqualTo("lambda in RefusalsTest.Service.task(captured this: Service).thread");
    }

    private static final class Service {
        private final Thread thread = Thread.currentThread();

        Task<String> task() {
            return () -> "" + thread;
        }
    }

    @Test
    void boundMethodReferencesAreNamed() {
        Customer customer = new Customer(new Socket());
        Task<Integer> task = customer::hashCode;

        assertThat(refused(task).path()).contains("hashCode").endsWith(".socket");
    }

    @Test
    void aLambdaOfAPlainTypeIsRefusedWithTheReasonAndTheRemedy() {
        Callable<String> plain = () -> "x";

        assertThat(refused(plain))
                .hasMessageContaining("typed as java.util.concurrent.Callable")
                .hasMessageContaining("io.procession.task.Task")
                .hasMessageContaining("(Callable & java.io.Serializable)");
        assertThat(refused(new Wrapped(plain)).path()).isEqualTo("Wrapped.content");
    }

    static final class Stream implements Serializable {
        private final Map<String, List<Object>> parts = new HashMap<>();

        private Object readResolve() {
            return this;
        }
    }

    @Test
    void theFieldToBlameIsFoundInsideJavaStreams() {
        Stream stream = new Stream();
        stream.parts.put("p", new ArrayList<>(List.of(1, new Customer(new Socket()))));

        assertThat(refused(new Wrapped(stream)).path()).isEqualTo("Wrapped.content.parts[\"p\"][1].socket");
    }

    static final class MyThread extends Thread {}

    @Test
    void aClassThatExtendsAClosedOneIsRefusedWithTheReason() {
        assertThat(refused(new MyThread())).hasMessageContaining("extends java.lang.Thread");
    }

    record Looped(List<Object> parts, Object[] more) {}

    @Test
    void aCycleThatCannotBeReadIsRefused() {
        Object[] array = new Object[1];
        Looped looped = new Looped(List.of((Object) array), null);
        array[0] = looped;

        assertThat(refused(looped)).hasMessageContaining("cycle");
        assertThat(refused(looped).path()).isEqualTo("Looped.parts[0][0]");
    }

    @Test
    void nestingBeyondAnyStackIsRefused() {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            List<Object> outer = new ArrayList<>();
            outer.add(list);
            list = outer;
        }

        assertThat(refused(list)).hasMessageContaining("nested deeper");
    }

    @Test
    void anAccessorThatFailsIsTheCause() {
        record Bad(int value) {
            public int value() {
                throw new IllegalStateException("no value");
            }
        }

        assertThat(refused(new Bad(1)))
                .hasMessageContaining("no value")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasEncodedForAnyoneIsJudgedWhenTheReceiverIsKnown() {
        EncodeTarget target = new EncodeTarget("process child-1 (pid 7)", java.util.Set.of("pipe", "socket"));
        List<Echo> two = List.of(new Echo("pipe", 1), new Echo("shm", 2));

        assertThat(target.refusal(RoundTrip.CODEC.encode(two)))
                .hasMessageContaining("number 2 of the process at shm:there")
                .hasMessageContaining("which process child-1 (pid 7) does not have (it has pipe, socket)");
        assertThat(target.refusal(RoundTrip.CODEC.encodeSelfContained(two).detached()))
                .isNotNull();
        assertThat(target.refusal(RoundTrip.CODEC.encode(new Echo("pipe", 1)))).isNull();
        assertThat(target.refusal(RoundTrip.CODEC.encode("text"))).isNull();
        assertThat(EncodeTarget.ANYONE.refusal(RoundTrip.CODEC.encode(two))).isNull();
    }

    @Test
    void aFailureWithAHandleThatTheReceiverCannotUseIsToldAsText() {
        class Holding extends RuntimeException {
            final Echo echo = new Echo("shm", 1);

            Holding() {
                super("held");
            }
        }
        EncodeTarget target = new EncodeTarget("process child-1 (pid 7)", java.util.Set.of("pipe"));

        Throwable told = RoundTrip.CODEC.decodeFailure(
                RoundTrip.CODEC.encodeFailure(new Holding(), target).joined(), new ShapeTable());

        assertThat(told).hasMessageContaining("held").hasMessageContaining("'shm', which process child-1 (pid 7)");
    }

    @Test
    void handlesOfATransportTheReceiverLacksAreRefused() {
        EncodeTarget target = new EncodeTarget("process child-1 (pid 7)", java.util.Set.of("pipe"));

        assertThatThrownBy(() -> RoundTrip.CODEC.encode(new Wrapped(new Echo("shm", 1)), target))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("Wrapped.content: ")
                .hasMessageContaining("'shm'")
                .hasMessageContaining("child-1")
                .hasMessageContaining("procession-transport-shm");
        assertThat(RoundTrip.CODEC
                        .encode(new Wrapped(new Echo("pipe", 1)), target)
                        .sizeBytes())
                .isPositive();
    }
}
