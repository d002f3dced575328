package io.procession.transport.shm;

import io.procession.transport.TransportSite;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of this transport in a process: it looks at the rings of links that are awake, and sleeps in a selector over all doorbells and listeners while
 * none is. It exists while there is a listener, a link, or somebody who connects.
 */
final class Loop implements Runnable {
    /** Something the loop looks after. All is called on its thread. */
    interface Member {
        /** Somebody has called {@link Loop#attend}. */
        void attend();

        /** The member's channel is ready. */
        void ready();

        /** The loop cannot go on. */
        void abort(Throwable cause);
    }

    private static final Map<String, Loop> LOOPS = new HashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** How often the selector is asked while links are awake. */
    private static final long SELECT_NANOS = 20_000;
    /** How many looks in vain between two moments in which others may have the core. */
    private static final int LOOKS = 32;

    private final String key;
    private final Selector selector;
    private final Queue<Member> attention = new ConcurrentLinkedQueue<>();
    private final List<ShmLink> awake = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private @Nullable Thread thread;
    private int members; // guarded by LOOPS
    private volatile boolean over;

    private Loop(String key, Selector selector) {
        this.key = key;
        this.selector = selector;
    }

    /** The loop of this site, entered once more; whoever enters leaves later. */
    static Loop enter(TransportSite site) throws IOException {
        synchronized (LOOPS) {
            // Not the site itself: the first hash of a record costs a child 20 ms.
            String key = site.directory() + "/" + site.name();
            Loop loop = LOOPS.get(key);
            if (loop == null) {
                loop = new Loop(key, Selector.open());
                loop.start(site.name());
                LOOPS.put(key, loop);
            }
            loop.members++;
            return loop;
        }
    }

    /** Ends the loop if everybody who has entered has left. */
    void leave() {
        synchronized (LOOPS) {
            if (--members > 0) {
                return;
            }
            LOOPS.remove(key, this);
            over = true;
        }
        selector.wakeup();
    }

    /** One more of its own has entered. */
    void enterAgain() {
        synchronized (LOOPS) {
            members++;
        }
    }

    private void start(String siteName) throws IOException {
        try {
            Thread started =
                    new Thread(null, this, "procession-shm-" + siteName + "-" + NUMBER.incrementAndGet(), 0, false);
            started.setDaemon(true);
            started.setContextClassLoader(Loop.class.getClassLoader());
            thread = started;
            started.start();
        } catch (Throwable t) {
            selector.close();
            throw t;
        }
    }

    /** Has the loop call {@link Member#attend} soon. For any thread. */
    void attend(Member member) {
        attention.add(member);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Registers a channel that belongs to nobody yet and is not listened to. For any thread. */
    SelectionKey register(SelectableChannel channel) throws IOException {
        return channel.register(selector, 0);
    }

    void addAwake(ShmLink link) {
        awake.add(link);
    }

    /** Somebody who has made contact and must say soon what he wants. */
    void addContact(Contact contact) {
        contacts.add(contact);
    }

    /** Closes the descriptors of channels that were closed: the JDK does so when the selector is asked next. */
    void flushCancelled() {
        try {
            selector.selectNow();
        } catch (IOException e) {
            // The next select meets it too.
        }
    }

    @Override
    public void run() {
        try {
            work();
        } catch (Throwable t) {
            abortAll(t);
        } finally {
            try {
                selector.close();
            } catch (IOException e) {
                // It is gone all the same.
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield is a courtesy to whoever has no core; nothing relies on it
    private void work() throws IOException {
        long lastSelect = System.nanoTime();
        int looks = 0;
        while (!over) {
            attendAll();
            if (awake.isEmpty()) {
                // A handler that left its interrupt behind would have the selector return at once, for ever.
                Thread.interrupted();
                select(false);
                continue;
            }
            long now = System.nanoTime();
            pollAwake(now);
            if (now - lastSelect > SELECT_NANOS) {
                lastSelect = now;
                select(true);
            }
            if (++looks % LOOKS == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void attendAll() {
        for (Member member = attention.poll(); member != null; member = attention.poll()) {
            member.attend();
        }
    }

    private void pollAwake(long now) {
        int stay = 0;
        int count = awake.size(); // handlers may wake others meanwhile
        for (int i = 0; i < count; i++) {
            ShmLink link = awake.get(i);
            if (link.poll(now)) {
                awake.set(stay++, link);
            }
        }
        awake.subList(stay, count).clear();
    }

    private void select(boolean now) throws IOException {
        if (now) {
            selector.selectNow();
        } else if (contacts.isEmpty()) {
            selector.select();
        } else {
            selector.select(Contact.LIMIT_MILLIS / 4);
        }
        if (!contacts.isEmpty()) {
            dropLateContacts();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            Member member = (Member) key.attachment();
            if (member != null && key.isValid()) {
                member.ready();
            }
        }
        selector.selectedKeys().clear();
    }

    private void dropLateContacts() {
        long now = System.nanoTime();
        for (int i = contacts.size() - 1; i >= 0; i--) {
            if (contacts.get(i).isOver(now)) {
                contacts.remove(i);
            }
        }
    }

    /** A defect here, or no memory: nobody is left without an answer. */
    private void abortAll(Throwable cause) {
        synchronized (LOOPS) {
            LOOPS.remove(key, this);
        }
        List<Member> all = new ArrayList<>(attention);
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Member member) {
                all.add(member);
            }
        }
        for (Member member : all) {
            try {
                member.abort(cause);
            } catch (Throwable t) {
                // The others must be told all the same.
            }
        }
    }
}
