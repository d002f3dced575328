package io.procession.internal.queue;

import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All in this process who need places in a bounded queue of another. However many they are, one question that waits is under way, and one of those who do not wait. A place
 * granted to somebody who has given up is released; the host gives back those of a process that died.
 */
final class Places {
    /** Those of one question. */
    private static final int MAX_ASKED = 256;

    private final RemoteObject object;
    private final ReentrantLock lock = new ReentrantLock();
    private final Afterwards afterwards = new Afterwards(lock);
    // All below guarded by lock.
    private final Set<Request> waiting = new LinkedHashSet<>();
    private final Set<Request> offering = new LinkedHashSet<>();
    private @Nullable Question wait;
    private @Nullable Question offer;
    /** Granted for items that nobody had put yet. */
    private int ahead;

    private @Nullable Ending ending;

    Places(RemoteObject object) {
        this.object = object;
    }

    /** Waits for places; returns how many of the first are granted: none if there was no room in time. */
    int reserve(long[] bytes, boolean waits, Deadline deadline) throws ObjectEndedException, InterruptedException {
        lock.lockInterruptibly();
        try {
            check();
            if (ahead > 0 && waiting.isEmpty()) {
                int granted = Math.min(ahead, bytes.length);
                ahead -= granted;
                return granted;
            }
            Request me = new Request(lock.newCondition(), bytes);
            (waits ? waiting : offering).add(me);
            ask();
            return await(me, deadline);
        } finally {
            unlockAndSend();
        }
    }

    /** Others wait for room, and need what is not used here. */
    void giveBack() {
        lock.lock();
        try {
            int unused = ahead;
            ahead = 0;
            tell(QueueWire.counted(QueueWire.PLACES_BACK, unused));
        } finally {
            unlockAndSend();
        }
    }

    /** Nobody waits any more, and none are granted. */
    void end(Ending why) {
        lock.lock();
        try {
            if (ending == null || why.reason() != Ending.Reason.CLOSED_HERE) {
                ending = why;
            }
            waiting.forEach(request -> request.woken.signal());
            offering.forEach(request -> request.woken.signal());
            waiting.clear();
            offering.clear();
            releaseAhead();
            tidy();
        } finally {
            unlockAndSend();
        }
    }

    private int await(Request me, Deadline deadline) throws ObjectEndedException, InterruptedException {
        InterruptedException interrupt = null;
        while (!me.answered && ending == null && interrupt == null && !deadline.hasPassed()) {
            try {
                lock.unlock();
                try {
                    afterwards.run();
                } finally {
                    lock.lock();
                }
                if (!me.answered && ending == null) {
                    deadline.await(me.woken);
                }
            } catch (InterruptedException interrupted) {
                interrupt = interrupted;
            }
        }
        if (me.answered) {
            // An interrupt or the deadline comes too late; the item is about to go.
            if (interrupt != null) {
                Thread.currentThread().interrupt();
            }
            if (me.refused) {
                throw new ObjectEndedException(Ending.SHUT_DOWN);
            }
            return me.granted;
        }
        waiting.remove(me);
        offering.remove(me);
        tidy();
        if (interrupt != null) {
            throw interrupt;
        }
        check();
        return 0;
    }

    private void onReply(Question question, ByteBuffer answer) {
        lock.lock();
        try {
            boolean waits = question.waits;
            if (waits) {
                wait = null;
            } else {
                offer = null;
            }
            byte code = answer.get();
            int granted = code == QueueWire.GRANTED ? answer.getInt() : 0;
            ahead += code == QueueWire.GRANTED ? answer.getInt() : 0;
            long tooLarge = Long.MAX_VALUE;
            for (Request request : question.requests) {
                int mine = Math.min(granted, request.bytes.length);
                granted -= mine;
                if (mine == 0 && !waits) {
                    tooLarge = Math.min(tooLarge, request.bytes[0]);
                }
                // Of those who do not wait, what is smaller than the first that had no room is asked for again.
                if (mine > 0 || code == QueueWire.REFUSED || (!waits && request.bytes[0] >= tooLarge)) {
                    answer(request, mine, code == QueueWire.REFUSED);
                }
            }
            serveAhead();
            if (ending != null) {
                releaseAhead();
            }
            ask();
        } finally {
            unlockAndSend();
        }
    }

    /** Those who came after the question was sent. */
    private void serveAhead() {
        for (Set<Request> line : List.of(waiting, offering)) {
            for (Request request : List.copyOf(line)) {
                if (ahead == 0) {
                    return;
                }
                int granted = Math.min(ahead, request.bytes.length);
                ahead -= granted;
                answer(request, granted, false);
            }
        }
    }

    private void releaseAhead() {
        if (ahead > 0) {
            tell(QueueWire.release(ahead, 0));
            ahead = 0;
        }
    }

    private void answer(Request request, int granted, boolean refused) {
        if (waiting.remove(request) || offering.remove(request)) {
            request.answered = true;
            request.granted = granted;
            request.refused = refused;
            request.woken.signal();
        } else {
            release(request, granted);
        }
    }

    private void release(Request request, int granted) {
        if (granted > 0) {
            long bytes = 0;
            for (int i = 0; i < granted; i++) {
                bytes += request.bytes[i];
            }
            tell(QueueWire.release(granted, bytes));
        }
    }

    private void ask() {
        if (ending == null) {
            if (wait == null && !waiting.isEmpty()) {
                wait = send(waiting, true);
            }
            if (offer == null && !offering.isEmpty()) {
                offer = send(offering, false);
            }
        }
    }

    private Question send(Set<Request> line, boolean waits) {
        List<Request> requests = new ArrayList<>();
        int count = 0;
        for (Request request : line) {
            if (count + request.bytes.length > MAX_ASKED && count > 0) {
                break;
            }
            requests.add(request);
            count += request.bytes.length;
        }
        long[] bytes = new long[count];
        int at = 0;
        for (Request request : requests) {
            System.arraycopy(request.bytes, 0, bytes, at, request.bytes.length);
            at += request.bytes.length;
        }
        Question question = new Question(object.nextCallId(), requests, waits);
        afterwards.add(() -> {
            try {
                object.call(question.call, answer -> onReply(question, answer), QueueWire.reserve(waits, bytes));
            } catch (ObjectEndedException ended) {
                // the view is told of it, and so are all who wait
            }
        });
        return question;
    }

    /** A question for which nobody is left need not wait at the host. */
    private void tidy() {
        Question asked = wait;
        if (asked != null && !asked.cancelled && asked.requests.stream().noneMatch(waiting::contains)) {
            asked.cancelled = true;
            tell(QueueWire.ofCall(QueueWire.CANCEL, asked.call));
        }
    }

    private void tell(ByteBuffer message) {
        afterwards.add(() -> {
            try {
                object.cast(message);
            } catch (ObjectEndedException ended) {
                // and with it the places
            }
        });
    }

    private void check() throws ObjectEndedException {
        if (ending != null) {
            throw new ObjectEndedException(ending);
        }
    }

    private void unlockAndSend() {
        lock.unlock();
        afterwards.run();
    }

    /** A thread that needs places. */
    private static final class Request {
        final Condition woken;
        final long[] bytes;
        int granted;
        boolean answered;
        boolean refused;

        Request(Condition woken, long[] bytes) {
            this.woken = woken;
            this.bytes = bytes;
        }
    }

    /** A question to the host that is not answered. */
    private static final class Question {
        final long call;
        final List<Request> requests;
        final boolean waits;
        boolean cancelled;

        Question(long call, List<Request> requests, boolean waits) {
            this.call = call;
            this.requests = requests;
            this.waits = waits;
        }
    }
}
