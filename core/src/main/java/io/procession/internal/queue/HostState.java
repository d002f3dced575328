package io.procession.internal.queue;

import io.procession.internal.connection.Connection;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.Hosting;
import io.procession.internal.hosting.ObjectEndedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the host of a queue knows: the items, who waits, who has what, and whether more may come. Local callers come by {@link HostedQueue}, others by {@link Client}.
 *
 * <p>One lock guards everything here and in the clients. Nothing is sent under it: answers are collected, each client's in order, and sent after it is released.
 *
 * <p>Invariants, whenever the lock is free: nobody waits to take while there is an item; nobody waits for room while there is some for the first in that line; nobody waits for items
 * that cannot come.
 */
final class HostState {
    /** How long somebody waits before items are asked back from those they ran ahead to; doubles each time up to the next. */
    private static final long FIRST_CHECK_MILLIS = 5;

    private static final long LAST_CHECK_MILLIS = 100;

    /** How long a shutdown waits for a process that does not answer; it is most likely stopped. */
    private static final long QUIET_NANOS = 1_000_000_000;

    private enum Flow {
        OPEN,
        /** Nothing more is put. */
        DRAINING,
        /** Nothing more is put or taken. */
        STOPPED
    }

    final Contents contents;
    final @Nullable Unfinished unfinished;
    private final Hosting hosting;
    private final ReentrantLock lock = new ReentrantLock();

    /** Items in the hands of threads of this process, which may still give them back. */
    private final AtomicInteger outHere = new AtomicInteger();

    // All below guarded by lock.
    private final Set<Waiting.ForItems> takers = new LinkedHashSet<>();
    private final Set<Waiting.ForRoom> putters = new LinkedHashSet<>();
    /** Those of the putters who want to know whether there is room, not to wait for it: for places that are on their way back. */
    private final Set<Waiting.ForRoom> impatient = new LinkedHashSet<>();

    private final List<Waiting.ForQuiet> quiet = new ArrayList<>();
    private final Map<Connection, Client> clients = new HashMap<>();
    private final Set<Client> unsent = new LinkedHashSet<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private long objectId;
    /** Also read without the lock. */
    private volatile Flow flow = Flow.OPEN;

    private @Nullable Ending ending;
    private boolean takesHere;
    private boolean checking;
    private long pauseMillis;
    private long quietSince;

    HostState(Hosting hosting, Contents contents, @Nullable Unfinished unfinished) {
        this.hosting = hosting;
        this.contents = contents;
        this.unfinished = unfinished;
    }

    void hostedAs(long id) {
        lock.lock();
        try {
            objectId = id;
        } finally {
            lock.unlock();
        }
    }

    Hosting hosting() {
        return hosting;
    }

    ReentrantLock lock() {
        return lock;
    }

    // What follows is called with the lock held.

    void check() throws ObjectEndedException {
        if (ending != null) {
            throw new ObjectEndedException(ending);
        }
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    boolean isOpen() {
        return flow == Flow.OPEN;
    }

    /** Whether items that come now are dropped. */
    boolean isStopped() {
        return flow == Flow.STOPPED;
    }

    /** Whether there is room, and nobody who came before waits for it. */
    boolean hasRoomFor(long bytes) {
        return putters.isEmpty() && contents.hasRoomFor(bytes);
    }

    /** Items come in; they are not seen before {@link #serve()}. */
    void add(Item item) {
        if (flow == Flow.STOPPED) {
            return;
        }
        contents.add(item);
        if (unfinished != null) {
            unfinished.added(1);
        }
    }

    /** Items that were delivered and not taken come again, first. */
    void addBack(List<Item> back) {
        if (flow != Flow.STOPPED) {
            contents.addFirst(back);
        } else if (unfinished != null) {
            unfinished.done(back.size());
        }
    }

    /** One such item; if this fails, nothing has changed. */
    void addBack(Item back) {
        if (flow != Flow.STOPPED) {
            contents.addFirst(back);
        } else if (unfinished != null) {
            unfinished.done(1);
        }
    }

    /** For how many items one process gets if it asks for more than it has use for now: those that are there are shared by all who take. */
    int share(int demand, int max) {
        int consumers = takesHere ? 1 : 0;
        for (Client client : clients.values()) {
            consumers += client.takes() ? 1 : 0;
        }
        int fair = (contents.size() + consumers - 1) / Math.max(1, consumers);
        return Math.min(max, Math.max(demand, Math.min(fair, demand + contents.mostAhead())));
    }

    boolean isEmpty() {
        return contents.isEmpty();
    }

    /** Whether who asks for an item now gets to know that none will come. */
    boolean isDry() {
        return flow == Flow.STOPPED || (flow == Flow.DRAINING && contents.isEmpty() && !moreMayCome());
    }

    void takesHere() {
        takesHere = true;
    }

    /** So many items go to threads of this process, which may still give them back. */
    void goOutHere(int items) {
        outHere.addAndGet(items);
    }

    /** They are taken for good. Called without the lock. */
    void takenHere(int items) {
        // SYNC: either this sees that the queue was shut down, or who waits for the last items since then sees that
        // these
        // are taken.
        outHere.addAndGet(-items);
        if (flow != Flow.OPEN) {
            lock.lock();
            try {
                serve();
            } finally {
                unlockAndSend();
            }
        }
    }

    /** What is done when the lock is released. */
    void afterwards(Runnable action) {
        afterwards.add(action);
    }

    void addTaker(Waiting.ForItems taker) {
        takers.add(taker);
        checkLater();
    }

    void addPutter(Waiting.ForRoom putter, boolean waits) {
        putters.add(putter);
        if (!waits) {
            impatient.add(putter);
        }
        askPlacesBack();
        checkLater();
    }

    /** How many places somebody whose request is being granted gets for items to come. Others who wait go first. */
    int placesAhead(Waiting.ForRoom granted, int has) {
        boolean alone = putters.isEmpty() || (putters.size() == 1 && putters.contains(granted));
        return alone ? Math.max(0, contents.mostPlacesAhead() - has) : 0;
    }

    /** Whether there are places that somebody has and may not use, and who will most likely give them back soon. */
    boolean placesMayComeBack() {
        for (Client client : clients.values()) {
            if (client.mayGivePlacesBack()) {
                return true;
            }
        }
        return false;
    }

    private void askPlacesBack() {
        if (!putters.isEmpty()) {
            clients.values().forEach(Client::askPlacesBack);
        }
    }

    /** Takes somebody out of his line; false if he was told already. */
    boolean leave(Waiting waiting) {
        impatient.remove(waiting);
        return takers.remove(waiting) || putters.remove(waiting) || (unfinished != null && unfinished.leave(waiting));
    }

    void hasUnsent(Client client) {
        unsent.add(client);
    }

    /** Restores the invariants: to be called after every change. */
    void serve() {
        boolean changed = true;
        while (changed) {
            changed = false;
            if (!takers.isEmpty() && !contents.isEmpty()) {
                Waiting.ForItems taker = removeFirst(takers);
                taker.serve(contents.first(taker.demand(), share(taker.demand(), taker.max())));
                changed = true;
            }
            if (!putters.isEmpty() && putters.iterator().next().grant(contents)) {
                impatient.remove(removeFirst(putters));
                changed = true;
            }
        }
        askPlacesBack();
        if (!impatient.isEmpty() && !placesMayComeBack()) {
            List<Waiting.ForRoom> told = List.copyOf(impatient);
            impatient.clear();
            told.forEach(putters::remove);
            told.forEach(Waiting.ForRoom::noRoom);
        }
        if (flow != Flow.OPEN) {
            serveShutdown();
        }
        checkLater(); // others may have got more than they have use for while somebody still waits
    }

    QueueEngine.Fill fill() {
        long ahead = 0;
        long places = 0;
        for (Client client : clients.values()) {
            ahead += flow == Flow.STOPPED ? 0 : client.ahead();
            places += client.placesAhead();
        }
        return contents.fill(ahead, places);
    }

    /** Ends the flow of items, at once or when those that were put are taken. */
    void shutDown(boolean immediate, Waiting.@Nullable ForQuiet asker) {
        Flow wanted = immediate ? Flow.STOPPED : Flow.DRAINING;
        if (wanted.ordinal() > flow.ordinal()) {
            flow = wanted;
            if (immediate) {
                int dropped = contents.clear();
                if (unfinished != null) {
                    unfinished.done(dropped);
                }
            }
            impatient.clear();
            refuse(putters);
            clients.values().forEach(client -> client.stop(immediate));
        }
        if (asker != null) {
            if (quiet.isEmpty()) {
                quietSince = System.nanoTime();
            }
            quiet.add(asker);
        }
        serve();
        checkLater();
    }

    /** The object has ended: wakes those who wait here, and forgets everybody else. */
    void end(Ending why) {
        ending = why;
        contents.clear();
        List<Object> waiting = new ArrayList<>(takers);
        waiting.addAll(putters);
        waiting.addAll(quiet);
        if (unfinished != null) {
            waiting.addAll(unfinished.forget());
        }
        takers.clear();
        putters.clear();
        impatient.clear();
        quiet.clear();
        for (Object each : waiting) {
            if (each instanceof Waiting.Endable here) {
                here.ended(why);
            }
        }
        clients.values().forEach(Client::forget);
        clients.clear();
    }

    Client client(Connection connection) {
        Client client = clients.get(connection);
        if (client == null) {
            client = new Client(this, connection);
            clients.put(connection, client);
            if (flow != Flow.OPEN) {
                client.tellStopped(flow == Flow.STOPPED);
            }
        }
        return client;
    }

    @Nullable
    Client knownClient(Connection connection) {
        return clients.get(connection);
    }

    void removeClient(Connection connection) {
        clients.remove(connection);
    }

    void tell(Connection user, ByteBuffer message) {
        hosting.tell(user, objectId, message);
    }

    /** Releases the lock, and sends what was decided under it. */
    void unlockAndSend() {
        if (unsent.isEmpty() && afterwards.isEmpty()) {
            lock.unlock();
            return;
        }
        List<Client> ready = List.copyOf(unsent);
        unsent.clear();
        List<Runnable> actions = List.copyOf(afterwards);
        afterwards.clear();
        lock.unlock();
        ready.forEach(Client::send);
        actions.forEach(Runnable::run);
    }

    private void serveShutdown() {
        boolean stopping = isAnybodyStopping();
        if (!quiet.isEmpty() && (!stopping || System.nanoTime() - quietSince > QUIET_NANOS)) {
            List<Waiting.ForQuiet> told = List.copyOf(quiet);
            quiet.clear();
            told.forEach(Waiting.ForQuiet::quiet);
        }
        if (!takers.isEmpty() && isDry()) {
            refuse(takers);
        }
    }

    private static void refuse(Set<? extends Waiting> line) {
        List<Waiting> told = List.copyOf(line);
        line.clear();
        told.forEach(Waiting::refuse);
    }

    /** Whether items may come in although nobody may put any: on their way to here, or back from somebody who has not taken them. */
    private boolean moreMayCome() {
        if (outHere.get() > 0 || isAnybodyStopping()) {
            return true;
        }
        for (Client client : clients.values()) {
            if (client.mayGiveBack()) {
                return true;
            }
        }
        return false;
    }

    private boolean isAnybodyStopping() {
        for (Client client : clients.values()) {
            if (client.isStopping()) {
                return true;
            }
        }
        return false;
    }

    /** What nobody tells must be looked at from time to time, as long as somebody waits for it. */
    private boolean mustCheck() {
        if (ending != null) {
            return false;
        }
        if (!quiet.isEmpty() || !impatient.isEmpty()) {
            return true;
        }
        if (takers.isEmpty()) {
            return false;
        }
        for (Client client : clients.values()) {
            if (flow == Flow.DRAINING || client.mayBeAhead()) {
                return true;
            }
        }
        return false;
    }

    private void checkLater() {
        if (!checking && mustCheck()) {
            checking = true;
            pauseMillis = FIRST_CHECK_MILLIS;
            schedule();
        }
    }

    private void schedule() {
        // Runs on the JDK's own timer thread.
        Executor later = CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS, Runnable::run);
        later.execute(this::checkNow);
    }

    private void checkNow() {
        lock.lock();
        boolean goesOn = false;
        try {
            if (!mustCheck()) {
                return;
            }
            if (!takers.isEmpty()) {
                clients.values().forEach(Client::recall);
            }
            serve();
            pauseMillis = Math.min(2 * pauseMillis, LAST_CHECK_MILLIS);
            schedule();
            goesOn = true;
        } finally {
            checking = goesOn; // if this failed, the next change begins anew
            unlockAndSend();
        }
    }

    private static <W> W removeFirst(Set<W> line) {
        Iterator<W> first = line.iterator();
        W waiting = first.next();
        first.remove();
        return waiting;
    }
}
