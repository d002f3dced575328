package io.procession.internal.hosting;

import io.procession.internal.connection.Connection;
import io.procession.internal.connection.Connections;
import io.procession.internal.connection.Kind;
import io.procession.internal.connection.MessageHandler;
import io.procession.internal.family.Family;
import io.procession.transport.TransportAddress;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The objects that a process hosts, and its views of those that others host. Safe for all threads. A program uses {@link #current()}; tests make several that stand for
 * processes.
 */
public final class Hosting implements MessageHandler {
    private static volatile @Nullable Hosting current;

    private record Hosted(long id, HostedObject object, Set<Connection> users) {}

    private record Key(long incarnation, long objectId) {
        // By hand, as in TransportAddress.

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && incarnation == key.incarnation && objectId == key.objectId;
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(incarnation) + Long.hashCode(objectId);
        }
    }

    private static final class ViewReference extends WeakReference<RemoteView> {
        final Key key;
        final RemoteObject object;

        ViewReference(Key key, RemoteObject object, RemoteView view, ReferenceQueue<RemoteView> queue) {
            super(view, queue);
            this.key = key;
            this.object = object;
        }
    }

    private final Connections connections;
    private final Evidence evidence;
    private final PageLoans pages;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Hosted> hosted = new ConcurrentHashMap<>();
    private final Map<Long, RemoteObject> asked = new ConcurrentHashMap<>();
    private final Map<Key, ViewReference> views = new HashMap<>(); // guarded by itself
    private final ReferenceQueue<RemoteView> forgottenViews = new ReferenceQueue<>();

    /**
     * Makes the hosting of a process, and registers it with its connections.
     *
     * @param connections of the process
     * @param evidence what the process knows of others
     */
    public Hosting(Connections connections, Evidence evidence) {
        this.connections = connections;
        this.evidence = evidence;
        this.pages = new PageLoans(evidence);
        for (Kind kind : List.of(Kind.CALL, Kind.REPLY, Kind.NO_OBJECT, Kind.CAST, Kind.ENDED, Kind.TOLD)) {
            connections.handle(kind, this);
        }
    }

    /**
     * The hosting of this process.
     *
     * @return always the same
     */
    public static Hosting current() {
        Hosting known = current;
        if (known == null) {
            synchronized (Hosting.class) {
                known = current;
                if (known == null) {
                    known = new Hosting(Connections.current(), Evidence.of(Family.current()));
                    current = known;
                }
            }
        }
        return known;
    }

    /**
     * The connections below.
     *
     * @return of the same process
     */
    public Connections connections() {
        return connections;
    }

    /**
     * What this process knows of others.
     *
     * @return the evidence
     */
    public Evidence evidence() {
        return evidence;
    }

    /**
     * The status pages of others.
     *
     * @return for all objects of this process together
     */
    public PageLoans pages() {
        return pages;
    }

    /**
     * Tells a process something that it did not ask for. Never blocks.
     *
     * @param user who uses the object
     * @param objectId what {@link #host} gave
     * @param message what, not to be changed afterwards
     */
    public void tell(Connection user, long objectId, ByteBuffer message) {
        user.send(Kind.TOLD, objectId, message);
    }

    /**
     * Hosts an object.
     *
     * @param object asked and told by others from now on
     * @return its number in this process
     */
    public long host(HostedObject object) {
        long id = ids.incrementAndGet();
        hosted.put(id, new Hosted(id, object, ConcurrentHashMap.newKeySet()));
        return id;
    }

    /**
     * The object of a number, if this process hosts it (still).
     *
     * @param objectId what {@link #host} gave
     * @return the object, or null
     */
    public @Nullable HostedObject hosted(long objectId) {
        Hosted found = hosted.get(objectId);
        return found == null ? null : found.object;
    }

    /**
     * Ends a hosted object: everyone who used it is told, everyone who comes is refused. The object itself must refuse calls that are on their way into it.
     *
     * @param objectId what {@link #host} gave
     * @param ending why
     */
    public void end(long objectId, Ending ending) {
        Hosted found = hosted.remove(objectId);
        if (found != null) {
            for (Connection user : found.users) {
                user.send(Kind.ENDED, objectId, Call.encode(ending));
            }
        }
    }

    /**
     * This process's view of an object that another process hosts. There is one for each object as long as anybody here holds it.
     *
     * @param address where the host listens
     * @param incarnation which process that is
     * @param objectId its number there
     * @param maker makes the view if there is none; must not block
     * @return the view
     */
    public RemoteView view(
            TransportAddress address, long incarnation, long objectId, Function<RemoteObject, RemoteView> maker) {
        forgetViews();
        Key key = new Key(incarnation, objectId);
        synchronized (views) {
            ViewReference known = views.get(key);
            RemoteView view = known == null ? null : known.get();
            if (view == null) {
                RemoteObject object = new RemoteObject(this, address, incarnation, objectId);
                view = maker.apply(object);
                object.viewedBy(view);
                views.put(key, new ViewReference(key, object, view, forgottenViews));
            }
            return view;
        }
    }

    @Override
    public void onMessage(Connection connection, Kind kind, long id, ByteBuffer payload) {
        switch (kind) {
            case CALL -> onCall(new Call(connection, id), payload);
            case CAST -> {
                Hosted target = target(connection, payload);
                if (target != null) {
                    target.object.onCast(connection, payload.slice());
                }
            }
            case REPLY -> {
                RemoteObject asker = takeReply(id);
                if (asker != null) {
                    asker.replied(id, payload);
                }
            }
            case NO_OBJECT -> {
                RemoteObject asker = takeReply(id);
                if (asker != null) {
                    asker.end(Call.decode(payload));
                }
            }
            case TOLD -> {
                RemoteObject object = known(new Key(connection.peer().incarnation(), id));
                if (object == null) {
                    connection.send(
                            Kind.CAST,
                            nextId(),
                            ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
                } else {
                    object.told(payload);
                }
            }
            default -> {
                RemoteObject object = known(new Key(connection.peer().incarnation(), id));
                if (object != null) {
                    object.end(Call.decode(payload));
                }
            }
        }
    }

    @Override
    public void onClosing(Connection connection) {
        usersOf(connection).forEach(object -> object.end(Ending.EXITING));
    }

    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        for (Hosted object : hosted.values()) {
            if (object.users.contains(connection)) {
                try {
                    object.object.onPeerClosed(connection);
                } catch (OutOfMemoryError full) {
                    throw full; // all this is told again
                } catch (RuntimeException | Error defect) {
                    // The others must be told all the same.
                    LoggerFactory.getLogger(Hosting.class).error("at the end of {}", connection, defect);
                }
                object.users.remove(connection);
            }
        }
        Ending ending = cause == null
                ? Ending.hostEnded(connection.peer().toString())
                : Ending.broken(connection.peer(), cause);
        usersOf(connection).forEach(object -> object.end(ending));
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    void expectReply(long id, RemoteObject asker) {
        asked.put(id, asker);
    }

    @Nullable
    RemoteObject takeReply(long id) {
        return asked.remove(id);
    }

    private void forgetViews() {
        for (Reference<?> dead = forgottenViews.poll(); dead != null; dead = forgottenViews.poll()) {
            ViewReference forgotten = (ViewReference) dead;
            synchronized (views) {
                views.remove(forgotten.key, forgotten);
            }
            forgotten.object.forgotten(null);
        }
    }

    private void onCall(Call call, ByteBuffer payload) {
        Hosted target = target(call.from(), payload);
        if (target == null) {
            call.refuse(Ending.CLOSED_BY_OWNER); // numbers of what was never hosted do not travel
        } else {
            target.object.onCall(call, payload.slice());
        }
    }

    private @Nullable Hosted target(Connection from, ByteBuffer payload) {
        Hosted target = hosted.get(payload.getLong());
        if (target != null) {
            target.users.add(from);
        }
        return target;
    }

    private @Nullable RemoteObject known(Key key) {
        synchronized (views) {
            ViewReference reference = views.get(key);
            return reference == null ? null : reference.object;
        }
    }

    private List<RemoteObject> usersOf(Connection connection) {
        synchronized (views) {
            return views.values().stream()
                    .map(reference -> reference.object)
                    .filter(object -> object.uses(connection))
                    .toList();
        }
    }
}
