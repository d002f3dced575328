package io.procession.internal.queue;

import io.procession.internal.connection.Deadline;
import io.procession.internal.hosting.Ending;
import io.procession.internal.hosting.Evidence;
import io.procession.internal.hosting.ObjectEndedException;
import io.procession.internal.hosting.RemoteObject;
import io.procession.internal.hosting.ReplyHandler;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All who take from one queue of another process, in this one.
 *
 * <p>However many they are, at most three questions to the host are under way: one that waits, for all who wait; one that does not, for all who only look; and one ahead of both, while
 * those who take are fast and the host has more. What arrives goes to {@link #stock} and from there to whoever came first. What nobody wants any more is given back, and so is what lies
 * here when somebody waits elsewhere and the host {@linkplain #recall asks}.
 *
 * <p>A {@link Mark} belongs to one answer until all its items are committed or given back. New ones are made by callers, never by a thread of the transport, since that may map a page.
 */
final class Takers {
    /** What the host may keep in memory for a mark that is not used anew; more is acknowledged at once. */
    private static final int UNACKNOWLEDGED_BYTES = 64 << 10;

    /** A look at what is there ends here. */
    private static final long LOOK_BYTES = 1 << 20;

    private final RemoteObject object;
    private final Evidence evidence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Afterwards afterwards = new Afterwards(lock);
    /** How many marks are free; also read without the lock. */
    private volatile int free;

    // All below guarded by lock.
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final Deque<Arrived> stock = new ArrayDeque<>();
    private final Set<Taker> waiting = new LinkedHashSet<>();
    private final Set<Taker.Blocked> looking = new LinkedHashSet<>();
    private final Pace pace = new Pace();
    private int stocked;
    private long stockedBytes;
    private int open;
    private @Nullable Question wait;
    private @Nullable Question look;
    private @Nullable Question ahead;
    private @Nullable Ending ending;
    private boolean settling;
    private boolean draining;
    private boolean dropped;

    Takers(RemoteObject object, Evidence evidence) {
        this.object = object;
        this.evidence = evidence;
    }

    @Nullable
    Delivery take(Deadline deadline) throws ObjectEndedException, InterruptedException {
        provideMark();
        Taker.Blocked me;
        lock.lockInterruptibly();
        try {
            check();
            pace.asked(System.nanoTime());
            if (waiting.isEmpty() && stocked > 0) {
                return hand(1);
            }
            me = new Taker.Blocked(lock.newCondition(), 1);
            waiting.add(me);
            ask();
            return await(me, waiting, deadline);
        } finally {
            unlockAndSend();
        }
    }

    @Nullable
    Delivery look(int maxItems) throws ObjectEndedException, InterruptedException {
        provideMark();
        lock.lockInterruptibly();
        try {
            check();
            pace.asked(System.nanoTime());
            if (stocked >= maxItems || stockedBytes >= LOOK_BYTES) {
                return hand(Math.min(stocked, maxItems));
            }
            Taker.Blocked me = new Taker.Blocked(lock.newCondition(), maxItems);
            looking.add(me);
            ask();
            return await(me, looking, Deadline.after(null));
        } finally {
            unlockAndSend();
        }
    }

    QueueEngine.Pending takeLater(QueueEngine.Later later) {
        provideMark();
        Taker me = new Taker.Later(afterwards, later);
        lock.lock();
        try {
            if (ending != null) {
                me.end(ending);
            } else if (waiting.isEmpty() && stocked > 0) {
                me.give(hand(1));
            } else {
                waiting.add(me);
                ask();
            }
        } finally {
            unlockAndSend();
        }
        return () -> cancel(me);
    }

    private boolean cancel(Taker me) {
        lock.lock();
        try {
            boolean left = waiting.remove(me);
            tidy();
            return left;
        } finally {
            unlockAndSend();
        }
    }

    /** The host wants back what no thread has got. */
    void recall() {
        lock.lock();
        try {
            pace.tooFar();
            for (Question question : Arrays.asList(wait, look, ahead)) {
                if (question != null) {
                    question.recalled = true; // its answer may be on its way
                }
            }
            giveStockBack();
            tell(QueueWire.alone(QueueWire.RECALLED));
            ask(); // for those who look, for whom some of it was kept
        } finally {
            unlockAndSend();
        }
    }

    /** The queue was shut down: who waits elsewhere is told of its end once all know what became of the last items. If those at the host were dropped, so are these. */
    void stop(boolean immediate) {
        lock.lock();
        try {
            dropped |= immediate;
            draining = true;
            if (immediate) {
                giveStockBack();
            }
            settleFree();
            ask(); // those who look, for whom some of it was kept, get to know
        } finally {
            unlockAndSend();
        }
    }

    /** No more items come, or go. */
    void end(Ending why) {
        lock.lock();
        try {
            if (ending != null && why.reason() == Ending.Reason.CLOSED_HERE) {
                return; // what has ended for a graver reason must not be committed to as if it lived on
            }
            ending = why;
            List<Taker> told = new ArrayList<>(waiting);
            told.addAll(looking);
            waiting.clear();
            looking.clear();
            told.forEach(taker -> taker.end(why));
            giveStockBack();
            if (why.reason() == Ending.Reason.CLOSED_HERE) {
                tidy();
            } else {
                forgetQuestions();
                releaseIfUnread();
            }
        } finally {
            unlockAndSend();
        }
    }

    /** Waits with the lock held. An interrupt or the deadline that comes after the items comes too late. */
    private @Nullable Delivery await(Taker.Blocked me, Set<? super Taker.Blocked> line, Deadline deadline)
            throws ObjectEndedException, InterruptedException {
        InterruptedException interrupt = null;
        while (!me.isAnswered() && interrupt == null && !deadline.hasPassed()) {
            try {
                boolean lackedMark = lookersLackMark();
                boolean noneMade = false;
                // What was decided is sent first: the lock is not held while one waits.
                lock.unlock();
                try {
                    afterwards.run();
                    if (lackedMark) {
                        noneMade = !provideMarkForLookers();
                    }
                } finally {
                    lock.lock();
                }
                // The new one may be taken up already, which was signalled to nobody if nobody waited yet.
                if (!me.isAnswered() && (noneMade || !lookersLackMark())) {
                    deadline.await(me.woken());
                }
            } catch (InterruptedException interrupted) {
                interrupt = interrupted;
            }
        }
        if (me.isAnswered()) {
            if (interrupt != null) {
                Thread.currentThread().interrupt();
            }
            return me.answer();
        }
        line.remove(me);
        tidy();
        if (interrupt != null) {
            throw interrupt;
        }
        return null;
    }

    private void onReply(Question question, ByteBuffer answer) {
        lock.lock();
        try {
            if (ending != null && ending.reason() != Ending.Reason.CLOSED_HERE) {
                return; // the questions, and their marks, are forgotten
            }
            forget(question);
            byte code = answer.get();
            if (code == QueueWire.ITEMS) {
                arrive(question, answer);
                if (dropped) {
                    giveStockBack(); // it was on its way when the queue was shut down
                }
            } else {
                putBack(question.mark);
            }
            boolean more = code == QueueWire.ITEMS && !stock.isEmpty() && stock.getLast().more;
            boolean wanted = !question.cancelled && looking.containsAll(question.lookers);
            serve(question, more, code == QueueWire.REFUSED);
            boolean unwanted = question.recalled || (!wanted && pace.window() == 1);
            if (unwanted && waiting.isEmpty() && looking.isEmpty()) {
                giveStockBack(); // they came for somebody who has given up, or others wait for them
            }
            tidy();
            ask();
        } finally {
            unlockAndSend();
        }
    }

    private void arrive(Question question, ByteBuffer answer) {
        int bytes = answer.remaining();
        boolean more = answer.get() != 0;
        ByteBuffer[] items = QueueWire.items(answer);
        Arrived arrived = new Arrived(question.mark, question.call, items, bytes, more);
        open++;
        stock.add(arrived);
        stocked += items.length;
        for (ByteBuffer item : items) {
            stockedBytes += item.remaining();
        }
    }

    private void serve(Question question, boolean more, boolean dry) {
        for (Iterator<Taker> line = waiting.iterator(); stocked > 0 && line.hasNext(); ) {
            Taker taker = line.next();
            line.remove();
            taker.give(hand(1));
        }
        for (Taker.Blocked taker : question.lookers) {
            boolean enough = stocked >= taker.wanted() || stockedBytes >= LOOK_BYTES || !more;
            if (!enough) {
                break; // the rest look again, with those who came meanwhile
            }
            if (looking.remove(taker)) {
                if (stocked == 0 && dry) {
                    taker.end(Ending.SHUT_DOWN);
                } else {
                    taker.give(stocked == 0 ? null : hand(Math.min(stocked, taker.wanted())));
                }
            }
        }
        if (dry && question.waits && stocked == 0) {
            List<Taker> told = new ArrayList<>(waiting);
            waiting.clear();
            told.forEach(taker -> taker.end(Ending.SHUT_DOWN));
        }
    }

    /** Takes items out of the stock for somebody. */
    private Delivery hand(int count) {
        RemoteDelivery delivery = null;
        int missing = count;
        while (missing > 0) {
            Arrived first = stock.getFirst();
            int some = Math.min(missing, first.left());
            int from = first.hand(some);
            delivery = new RemoteDelivery(first, from, some, delivery);
            stockedBytes -= first.bytes(from, some);
            stocked -= some;
            missing -= some;
            if (first.left() == 0) {
                stock.removeFirst();
            }
        }
        if (delivery == null) {
            throw new IllegalStateException("nothing to hand over");
        }
        pace.given(System.nanoTime());
        askAhead();
        return delivery;
    }

    private void giveStockBack() {
        // The last go back first: each goes before all that is there.
        for (Iterator<Arrived> last = stock.descendingIterator(); last.hasNext(); ) {
            Arrived arrived = last.next();
            int count = arrived.left();
            int from = arrived.cut();
            tell(QueueWire.giveBack(arrived.call, from, count));
            finish(arrived);
        }
        stock.clear();
        stocked = 0;
        stockedBytes = 0;
    }

    /** Has the questions wait at the host that those who are here need. Every answer, and every mark that gets free, leads here again. */
    private void ask() {
        if (ending != null) {
            return;
        }
        // Who gave up and comes again must not get a short answer before a long one that was given earlier: what is
        // large comes in pieces, and others overtake it. So whose answer may be for one and the same thread are not
        // under way together.
        if (wait == null && ahead == null && look == null && !waiting.isEmpty() && !marks.isEmpty()) {
            int demand = Math.min(waiting.size(), Mark.MAX_ITEMS);
            wait = send(List.of(), demand, Math.min(Mark.MAX_ITEMS, demand - 1 + pace.window()), true);
        }
        serveLookers();
        if (mayLook() && !looking.isEmpty() && !marks.isEmpty()) {
            List<Taker.Blocked> lookers = List.copyOf(looking);
            long wanted = -stocked;
            for (Taker.Blocked taker : lookers) {
                wanted += taker.wanted();
            }
            int demand = (int) Math.max(1, Math.min(wanted, Mark.MAX_ITEMS));
            look = send(lookers, demand, demand, false);
        }
        if (lookersLackMark()) {
            looking.iterator().next().woken().signal(); // to make one
        }
    }

    /** Whether somebody who looks could be asked for, if what is kept for him did not take up all marks. */
    private boolean lookersLackMark() {
        return ending == null && !looking.isEmpty() && marks.isEmpty() && mayLook();
    }

    private boolean mayLook() {
        return look == null && ahead == null && (wait == null || !wait.cancelled);
    }

    /** Those who look and need not ask, because enough came for others meanwhile. */
    private void serveLookers() {
        Iterator<Taker.Blocked> line = looking.iterator();
        while (line.hasNext() && mayLook()) {
            Taker taker = line.next();
            if (stocked < taker.wanted() && stockedBytes < LOOK_BYTES) {
                return;
            }
            line.remove();
            taker.give(hand(Math.min(stocked, taker.wanted())));
        }
    }

    private void askAhead() {
        int window = pace.window();
        if (window > 1 && ending == null && ahead == null && wait == null && look == null && !marks.isEmpty()) {
            Arrived last = stock.peekLast();
            if (stocked <= window / 2 && last != null && last.more) {
                ahead = send(List.of(), 0, window, false);
            }
        }
    }

    private Question send(List<Taker.Blocked> lookers, int demand, int max, boolean waits) {
        Mark mark = marks.remove();
        free = marks.size();
        Question question = new Question(mark, object.nextCallId(), lookers, waits);
        afterwards.add(() -> {
            try {
                object.call(
                        question.call,
                        answer -> onReply(question, answer),
                        QueueWire.take(mark.index(), demand, max, waits));
            } catch (ObjectEndedException ended) {
                // the view is told of it, and so are all who wait
            }
        });
        return question;
    }

    @SuppressWarnings("ReferenceEquality") // which of the three it is
    private void forget(Question question) {
        wait = wait == question ? null : wait;
        look = look == question ? null : look;
        ahead = ahead == question ? null : ahead;
    }

    private void forgetQuestions() {
        for (Question question : Arrays.asList(wait, look, ahead)) {
            if (question != null) {
                putBack(question.mark);
            }
        }
        wait = null;
        look = null;
        ahead = null;
    }

    /** Lets nothing wait, or lie here, that nobody wants. */
    private void tidy() {
        Question waits = wait;
        if (waits != null && waiting.isEmpty() && !waits.cancelled) {
            waits.cancelled = true;
            tell(QueueWire.ofCall(QueueWire.CANCEL, waits.call));
        }
        if (ending != null) {
            giveStockBack();
        }
        settleIfClosed();
    }

    /** Makes a mark if there may be none for the next question. Called without the lock, by those who are about to take. */
    private void provideMark() {
        if (free == 0) {
            Mark made = new Mark(evidence.allocateSlots(Mark.WORDS));
            lock.lock();
            try {
                if (ending == null && marks.isEmpty()) {
                    putBack(made);
                    ask();
                } else {
                    made.release(); // one is enough, however many come at once
                }
            } finally {
                unlockAndSend();
            }
        }
    }

    /** If there cannot be one more mark, those who look get what there is, and this is false. */
    private boolean provideMarkForLookers() {
        try {
            provideMark();
            return true;
        } catch (UncheckedIOException | OutOfMemoryError noRoom) {
            lock.lock();
            try {
                for (Iterator<Taker.Blocked> line = looking.iterator(); stocked > 0 && line.hasNext(); ) {
                    Taker.Blocked taker = line.next();
                    line.remove();
                    taker.give(hand(Math.min(stocked, taker.wanted())));
                }
                return false;
            } finally {
                unlockAndSend();
            }
        }
    }

    /** A thread that has got an item and is about to decode it sees to it that others need not wait for that. */
    private void provideMarkForOthers() {
        if (free == 0) {
            try {
                provideMark();
            } catch (UncheckedIOException | OutOfMemoryError noRoom) {
                // Then they wait until a mark gets free; this thread's item must not suffer for it.
            }
        }
    }

    private void putBack(Mark mark) {
        marks.add(mark);
        free = marks.size();
    }

    /** Called when something of it went out of our hands. */
    private void finish(Arrived arrived) {
        if (arrived.isOver()) {
            open--;
            putBack(arrived.mark);
            if (arrived.bytes > UNACKNOWLEDGED_BYTES || draining) {
                tell(QueueWire.ofCall(QueueWire.ACKNOWLEDGE, arrived.call));
            }
            releaseIfUnread();
            settleIfClosed();
        }
    }

    /** Nobody reads the marks of a queue whose host has forgotten it. */
    private void releaseIfUnread() {
        Ending why = ending;
        if (why != null && isUnreadAfter(why)) {
            marks.forEach(Mark::release);
            marks.clear();
            free = 0;
        }
    }

    /** Gives the marks of a queue that is closed here to others, once the host will not read them any more. */
    private void settleIfClosed() {
        boolean closed = ending != null && ending.reason() == Ending.Reason.CLOSED_HERE;
        if (!closed || settling || open > 0 || wait != null || look != null || ahead != null || marks.isEmpty()) {
            return;
        }
        settling = true;
        List<Mark> done = List.copyOf(marks);
        marks.clear();
        free = 0;
        settle(done, new Releasing(done));
    }

    /** Says of the marks that are free that all they stand for is taken or given back, so that nobody waits to learn it. */
    private void settleFree() {
        if (!marks.isEmpty() && ending == null) {
            settle(List.copyOf(marks), answer -> {}); // used again in whatever order: the host hears of it after this
        }
    }

    private void settle(List<Mark> done, ReplyHandler then) {
        int[] slots = done.stream().mapToInt(Mark::index).toArray();
        afterwards.add(() -> {
            try {
                object.call(then, QueueWire.settle(slots));
            } catch (ObjectEndedException ended) {
                then.onEnded(ended.ending());
            }
        });
    }

    /** Whether the host has forgotten the queue. */
    private static boolean isUnreadAfter(Ending why) {
        return why.reason() == Ending.Reason.CLOSED_BY_OWNER || why.reason() == Ending.Reason.HOST_ENDED;
    }

    private void tell(ByteBuffer message) {
        afterwards.add(() -> {
            try {
                object.cast(message);
            } catch (ObjectEndedException ended) {
                // then there is nobody to tell
            }
        });
    }

    private void check() throws ObjectEndedException {
        if (ending != null) {
            throw new ObjectEndedException(ending);
        }
    }

    private void unlockAndSend() {
        boolean idle = afterwards.isEmpty();
        lock.unlock();
        if (!idle) {
            afterwards.run();
        }
    }

    /** A question to the host that is not answered. */
    private static final class Question {
        final Mark mark;
        final long call;
        final List<Taker.Blocked> lookers;
        final boolean waits;
        boolean cancelled;
        boolean recalled;

        Question(Mark mark, long call, List<Taker.Blocked> lookers, boolean waits) {
            this.mark = mark;
            this.call = call;
            this.lookers = lookers;
            this.waits = waits;
        }
    }

    /** Gives marks to others once the host will not read them any more. */
    private static final class Releasing implements ReplyHandler {
        private final List<Mark> marks;
        private final AtomicBoolean released = new AtomicBoolean();

        Releasing(List<Mark> marks) {
            this.marks = marks;
        }

        @Override
        public void onReply(ByteBuffer answer) {
            // An end may be told twice, and what is released may have a new owner the next moment.
            if (released.compareAndSet(false, true)) {
                marks.forEach(Mark::release);
            }
        }

        @Override
        public void onEnded(Ending why) {
            if (isUnreadAfter(why)) {
                onReply(QueueWire.alone(QueueWire.DONE));
            } // else they stay, as the host may still read them
        }
    }

    /** Items that came over the link: some of one answer, after some of those before. */
    private final class RemoteDelivery implements Delivery {
        private final Arrived arrived;
        private final int from;
        private final int count;
        private final @Nullable RemoteDelivery before;
        private final int sizeBefore;

        RemoteDelivery(Arrived arrived, int from, int count, @Nullable RemoteDelivery before) {
            this.arrived = arrived;
            this.from = from;
            this.count = count;
            this.before = before;
            this.sizeBefore = before == null ? 0 : before.size();
        }

        @Override
        public int size() {
            return sizeBefore + count;
        }

        @Override
        public ByteBuffer item(int index) {
            provideMarkForOthers();
            RemoteDelivery part = this;
            while (index < part.sizeBefore && part.before != null) {
                part = part.before;
            }
            return part.arrived.item(part.from + index - part.sizeBefore);
        }

        @Override
        public void commit(int taken) throws ObjectEndedException {
            lock.lock();
            try {
                Ending why = ending;
                if (why != null && why.reason().mayGoToOthers()) {
                    throw new ObjectEndedException(why);
                }
                // Under the lock, so that it is never after end(EXITING).
                for (RemoteDelivery part = this; part != null; part = part.before) {
                    part.commitHere(Math.max(0, Math.min(part.count, taken - part.sizeBefore)));
                }
                ask();
            } finally {
                unlockAndSend();
            }
        }

        private void commitHere(int taken) {
            for (int i = 0; i < taken; i++) {
                arrived.commit(from + i);
            }
            if (taken < count) {
                tell(QueueWire.giveBack(arrived.call, from + taken, count - taken));
                arrived.giveBack(count - taken);
            }
            finish(arrived);
        }
    }
}
