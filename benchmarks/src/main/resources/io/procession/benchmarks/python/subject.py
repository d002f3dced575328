"""What all Python contenders share: timing an operation and printing the samples as the harness reads them."""

import os
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
NAN = float("nan")


def cpu_seconds(children):
    """CPU time of this process, of living children, and of all that they have reaped; see proc(5)."""
    total = 0
    for pid in [os.getpid(), *children]:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            return NAN
        total += sum(map(int, fields[11:15]))
    return total / TICKS_PER_SECOND


def _number(text, key):
    at = text.find(key)
    return 0 if at < 0 else int(text[at + len(key) :].split(None, 1)[0])


def _threads(pid):
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/status") as status:
            yield status.read()


def usage(children):
    """CPU seconds, context switches of all threads that live, and the most memory that each process had, in bytes."""
    switches = peak = 0
    for pid in [os.getpid(), *children]:
        try:
            for status in _threads(pid):
                switches += _number(status, "\nvoluntary_ctxt_switches:") + _number(status, "nonvoluntary_ctxt_switches:")
            with open(f"/proc/{pid}/status") as status:
                peak += _number(status.read(), "VmHWM:") * 1024
        except OSError:
            return NAN, NAN, NAN
    return cpu_seconds(children), switches, peak


def print_usage(before, children, things=1):
    """What was used since then, for one of the things that were counted as one sample."""
    cpu, switches, peak = usage(children)
    lines = f"cpu {(cpu - before[0]) / things}\nswitches {(switches - before[1]) / things}\npeak {peak}"
    print(lines.replace("nan", "NaN"))


def measure(warm_ups, samples, operation, children=(), group=1, pause=0):
    """Times an operation again and again; a sample is the time of one of the `group` messages that it handles."""
    for _ in range(warm_ups):
        operation()
    nanos = []
    before = usage(children)
    for _ in range(samples):
        if pause:
            time.sleep(pause)
        begin = time.perf_counter_ns()
        operation()
        nanos.append((time.perf_counter_ns() - begin) // group)
    print_usage(before, children, group)
    print("\n".join(f"sample {n}" for n in nanos))
