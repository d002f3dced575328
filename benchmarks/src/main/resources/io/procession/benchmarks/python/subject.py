"""What all Python contenders share: timing an operation and printing the samples as the harness reads them."""

import os
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_seconds(children):
    """CPU time of this process, of living children, and of all that they have reaped; see proc(5)."""
    total = 0
    for pid in [os.getpid(), *children]:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            return float("nan")
        total += sum(map(int, fields[11:15]))
    return total / TICKS_PER_SECOND


def measure(warm_ups, samples, operation, children=(), group=1):
    """Times an operation again and again; a sample is the time of one of the `group` messages that it handles."""
    for _ in range(warm_ups):
        operation()
    nanos = []
    before = cpu_seconds(children)
    for _ in range(samples):
        begin = time.perf_counter_ns()
        operation()
        nanos.append((time.perf_counter_ns() - begin) // group)
    spent = cpu_seconds(children) - before
    print("\n".join(f"sample {n}" for n in nanos))
    print(f"cpu {spent / group}".replace("nan", "NaN"))
