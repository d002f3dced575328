package io.procession.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ObjectsTest {
    static final class Customer {
        private final String name;
        private final Map<String, Order> orders = new HashMap<>();

        Customer(String name) {
            this.name = name;
        }
    }

    static final class Order {
        private final Customer customer;
        private final int[] amounts;
        private final Optional<String> note;
        private transient Thread thread = Thread.currentThread();

        Order(Customer customer, int[] amounts, Optional<String> note) {
            this.customer = customer;
            this.amounts = amounts;
            this.note = note;
        }
    }

    static class Base {
        private final int value = 1;
        public String text = "base";
    }

    static final class Derived extends Base {
        private final int value;
        public String text = "derived";
        public long number = Long.MIN_VALUE;
        boolean flag = true;
        byte b = 1;
        short s = -2;
        char c = 'c';
        float f = 1.5f;
        double d = -2.5;
        Object nothing;

        Derived(int value) {
            this.value = value;
        }
    }

    public static class PublicFields {
        public int number;
        public String text;
        public List<Object> list;
    }

    record Pair(Object left, Object right) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    record Self(List<Object> parts) {}

    @Test
    void cyclesAndTransientFieldsAreKept() {
        Customer customer = new Customer("Ada");
        Order order = new Order(customer, new int[] {1, 2}, Optional.of("soon"));
        customer.orders.put("o", order);

        Order arrived = RoundTrip.of(order);

        assertThat(arrived.customer.name).isEqualTo("Ada");
        assertThat(arrived.customer.orders.get("o")).isSameAs(arrived);
        assertThat(arrived.amounts).containsExactly(1, 2);
        assertThat(arrived.note).contains("soon");
        assertThat(arrived.thread).isNull();
    }

    @Test
    void fieldsOfTheSameNameInASuperclassAreKept() {
        Derived derived = new Derived(2);
        ((Base) derived).text = "changed";

        assertThat(RoundTrip.of(derived)).usingRecursiveComparison().isEqualTo(derived);
        assertThat(((Base) RoundTrip.of(derived)).text).isEqualTo("changed");
    }

    @Test
    void publicFieldsArrive() {
        PublicFields object = new PublicFields();
        object.number = 77;
        object.text = "public";
        object.list = new ArrayList<>(List.of(object));

        PublicFields arrived = RoundTrip.of(object);

        assertThat(arrived.number).isEqualTo(77);
        assertThat(arrived.text).isEqualTo("public");
        assertThat(arrived.list.get(0)).isSameAs(arrived);
    }

    @Test
    void innerAndAnonymousObjectsBringTheirOuterOne() {
        Outer outer = new Outer("o");

        assertThat(RoundTrip.of(outer.inner()).tell()).isEqualTo("o inner");
        assertThat(RoundTrip.of(outer.anonymous("a")).tell()).isEqualTo("o a");
    }

    interface Tells {
        String tell();
    }

    static final class Outer {
        private final String text;

        Outer(String text) {
            this.text = text;
        }

        Tells inner() {
            return new Inner();
        }

        Tells anonymous(String more) {
            return new Tells() {
                @Override
                public String tell() {
                    return text + " " + more;
                }
            };
        }

        final class Inner implements Tells {
            @Override
            public String tell() {
                return text + " inner";
            }
        }
    }

    @Test
    void sharedObjectsStayShared() {
        int[] shared = {1};
        Pair pair = new Pair(shared, new ArrayList<>(List.of(shared, new Pair(shared, null))));

        Pair arrived = RoundTrip.of(pair);

        List<?> right = (List<?>) arrived.right;
        assertThat(right.get(0)).isSameAs(arrived.left);
        assertThat(((Pair) right.get(1)).left).isSameAs(arrived.left);
    }

    @Test
    void recordsRunTheirConstructor() {
        assertThat(RoundTrip.of(new Positive(3))).isEqualTo(new Positive(3));
        record Local(String name, int[] numbers) {}
        assertThat(RoundTrip.of(new Local("x", new int[] {1})).numbers()).containsExactly(1);
    }

    @Test
    void collectionsMayContainThemselves() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        Object[] array = new Object[1];
        array[0] = array;
        Map<String, Object> map = new HashMap<>();
        map.put("me", map);

        assertThat(RoundTrip.of(list).get(0)).isInstanceOf(ArrayList.class);
        List<Object> arrived = RoundTrip.of(list);
        assertThat(arrived.get(0) == arrived).isTrue();
        Object[] arrivedArray = RoundTrip.of(array);
        assertThat(arrivedArray[0] == arrivedArray).isTrue();
        Map<String, Object> arrivedMap = RoundTrip.of(map);
        assertThat(arrivedMap.get("me") == arrivedMap).isTrue();
    }

    @Test
    void aRecordMayBeInACycleThroughAMutableList() {
        List<Object> parts = new ArrayList<>();
        Self self = new Self(parts);
        parts.add(self);

        List<Object> arrived = RoundTrip.of(parts);

        assertThat(((Self) arrived.get(0)).parts == arrived).isTrue();
    }

    static final class Written implements Serializable {
        private static final long serialVersionUID = 1L;
        private transient String text;
        private transient List<Written> others = new ArrayList<>();

        Written(String text) {
            this.text = text;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeUTF("<" + text + ">");
            out.writeObject(others);
        }

        @SuppressWarnings("unchecked")
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            text = in.readUTF();
            others = (List<Written>) in.readObject();
        }
    }

    static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1L;
        static final Replaced ONLY = new Replaced();

        private Object readResolve() {
            return ONLY;
        }
    }

    @SuppressWarnings("serial") // written by hand
    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1L;
        private Object value;

        public External() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeObject(value);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            value = in.readObject();
        }
    }

    @Test
    void classesThatSayHowTheyAreSerialisedAreAsked() {
        Written written = new Written("w");
        Written other = new Written("other");
        written.others.add(other);
        other.others.add(written);
        External external = new External();
        external.value = List.of(1);

        Written arrived = RoundTrip.of(written);

        assertThat(arrived.text).isEqualTo("<w>");
        assertThat(arrived.others.get(0).others.get(0)).isSameAs(arrived);
        assertThat(RoundTrip.of(Replaced.ONLY)).isSameAs(Replaced.ONLY);
        assertThat(RoundTrip.of(external).value).isEqualTo(List.of(1));
    }

    @Test
    void whatJavaCannotWriteInsideAJavaStreamTheCodecDoes() {
        External external = new External();
        Customer notSerializable = new Customer("Bob");
        external.value = new ArrayList<>(List.of(notSerializable, Optional.of(notSerializable), new int[] {3}));
        List<Object> all = new ArrayList<>(List.of(notSerializable, external));

        List<Object> arrived = RoundTrip.of(all);

        List<?> inside = (List<?>) ((External) arrived.get(1)).value;
        assertThat(inside.get(0)).isSameAs(arrived.get(0));
        assertThat(((Optional<?>) inside.get(1)).orElseThrow()).isSameAs(arrived.get(0));
        assertThat((int[]) inside.get(2)).containsExactly(3);
    }

    static final class MyList extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;
        String name = "mine";
    }

    @Test
    void subclassesOfCollectionsKeepTheirFields() {
        MyList list = new MyList();
        list.name = "changed";
        list.add(new int[] {1});

        MyList arrived = RoundTrip.of(list);

        assertThat(arrived.name).isEqualTo("changed");
        assertThat((int[]) arrived.get(0)).containsExactly(1);
    }

    private static final class Echo implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return "echo " + method.getName();
        }
    }

    @Test
    void proxiesArrive() {
        Tells proxy = (Tells)
                Proxy.newProxyInstance(ObjectsTest.class.getClassLoader(), new Class<?>[] {Tells.class}, new Echo());

        assertThat(RoundTrip.of(proxy).tell()).isEqualTo("echo tell");
    }

    enum Planet {
        EARTH,
        MARS {
            @Override
            String color() {
                return "red";
            }
        };

        String color() {
            return "blue";
        }
    }

    @Test
    void enumConstantsAreThemselves() {
        assertThat(RoundTrip.of(Planet.EARTH)).isSameAs(Planet.EARTH);
        assertThat(RoundTrip.of(Planet.MARS)).isSameAs(Planet.MARS);
        assertThat(RoundTrip.of(List.of(Planet.MARS, Planet.EARTH, Planet.MARS, Planet.MARS)))
                .containsExactly(Planet.MARS, Planet.EARTH, Planet.MARS, Planet.MARS);
    }

    static final class WithConstructor {
        final transient Object lock;
        int value;

        WithConstructor() {
            lock = new Object();
        }
    }

    @Test
    void objectsThatAreNotSerializableAreMadeByTheirConstructorWithoutArguments() {
        WithConstructor object = new WithConstructor();
        object.value = 5;

        assertThat(RoundTrip.of(object).lock).isNotNull();
        assertThat(RoundTrip.of(object).value).isEqualTo(5);
    }

    @Test
    void chainsDeeperThanTheStackOfTheThreadArrive() {
        ChunksTest.Node first = new ChunksTest.Node("0");
        ChunksTest.Node last = first;
        for (int i = 1; i < 50_000; i++) {
            last.next = new ChunksTest.Node(Integer.toString(i));
            last = last.next;
        }
        int count = 0;
        for (ChunksTest.Node node = RoundTrip.of(first); node != null; node = node.next) {
            count++;
        }

        assertThat(count).isEqualTo(50_000);
    }
}
