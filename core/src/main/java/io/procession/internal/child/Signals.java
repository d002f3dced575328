package io.procession.internal.child;

/** Names of signals, by the numbers that Linux and macOS share, and those of Linux where they do not. */
final class Signals {
    private static final String[] NAMES = {
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };

    private Signals() {}

    static String name(int number) {
        return number > 0 && number < NAMES.length ? "SIG" + NAMES[number] : "signal " + number;
    }
}
