package io.procession.internal.family;

import java.io.File;

/**
 * The status page, byte by byte, big-endian. Cold fields are written with a system call, hot ones through a mapping that is made when
 * the first of them is needed: a cold JVM pays 15 to 45 ms for its first mapping, a child that runs one short function has no use for it.
 *
 * <pre>
 *   0        8        16       24       32       40       48       64                    2048               4096
 *   | magic  |  pid   | good-  | length |  task  |  item  |  heap  |  last words, UTF-8  |  commit slots     |
 *   | state  |        | bye,   | of the |        |  mark  |        |  (1984 bytes)       |  256 x 8 bytes    |
 *   |        |        | signal | words  |        |        |        |                     |                   |
 *   4096     4104                                                                         8192
 *   | bytes  |  results that were not sent yet, as in a RESULTS message                   |
 *   | held   |  (4088 bytes)                                                              |
 *   further pages (&lt;page&gt;.1, .2, ...): 512 commit slots of 8 bytes
 * </pre>
 *
 * <table border="1">
 * <caption>Who writes what, and how. Every reader reads with a system call, after or before the owner's death.</caption>
 * <tr><th>field</th><th>writer</th><th>access</th></tr>
 * <tr><td>magic, state, pid, goodbye, signal, last words</td><td>owner, start and exit</td><td>write()</td></tr>
 * <tr><td>task, item, mark</td><td>owner, its task thread</td><td>mapped, setRelease in program order</td></tr>
 * <tr><td>heap</td><td>owner, its control thread, when asked</td><td>write()</td></tr>
 * <tr><td>results, then bytes held</td><td>owner, its task thread and the one that sends for it, in turn</td><td>mapped, bytes held by setRelease after the
 * results; 0 again when they are in the kernel</td></tr>
 * <tr><td>commit slot</td><td>owner, the thread that takes</td><td>mapped, setRelease</td></tr>
 * </table>
 */
final class PageLayout {
    static final int PAGE_BYTES = 4096;
    static final int FIRST_PAGE_BYTES = 2 * PAGE_BYTES;
    static final int MAGIC = 0x50535031;

    static final int MAGIC_AT = 0;
    static final int STATE_AT = 4;
    static final int PID_AT = 8;
    static final int GOODBYE_AT = 16;
    static final int SIGNAL_AT = 20;
    static final int WORDS_LENGTH_AT = 24;
    static final int TASK_AT = 32;
    static final int ITEM_AT = 40;
    static final int MARK_AT = 44;
    static final int HEAP_AT = 48;
    static final int WORDS_AT = 64;
    static final int SLOTS_AT = 2048;
    static final int HELD_BYTES_AT = 4096;
    static final int HELD_AT = 4104;

    static final int MAX_HELD_BYTES = FIRST_PAGE_BYTES - HELD_AT;
    static final int MAX_WORDS_BYTES = SLOTS_AT - WORDS_AT;
    static final int FIRST_PAGE_SLOTS = (PAGE_BYTES - SLOTS_AT) / Long.BYTES;
    static final int FURTHER_PAGE_SLOTS = PAGE_BYTES / Long.BYTES;

    private PageLayout() {}

    static File file(File directory, long incarnation) {
        return new File(directory, "s" + ProcessIdentity.shortName(incarnation));
    }

    static int pageOf(int slot) {
        return slot < FIRST_PAGE_SLOTS ? 0 : 1 + (slot - FIRST_PAGE_SLOTS) / FURTHER_PAGE_SLOTS;
    }

    static int bytes(int page) {
        return page == 0 ? FIRST_PAGE_BYTES : PAGE_BYTES;
    }

    static int offsetOf(int slot) {
        return slot < FIRST_PAGE_SLOTS
                ? SLOTS_AT + slot * Long.BYTES
                : (slot - FIRST_PAGE_SLOTS) % FURTHER_PAGE_SLOTS * Long.BYTES;
    }

    static File page(File first, int page) {
        return page == 0 ? first : new File(first.getPath() + "." + page);
    }
}
