"""What a multiprocessing.Pool can do, one thing a run. Arguments: workers, what, how many, warm-ups, samples; the start method, if not spawn."""

import multiprocessing
import os
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import subject


def nothing(number):
    return number


def spin(number, seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
    return number


def ten_microseconds(number):
    return spin(number, 1e-5)


def one_millisecond(number):
    return spin(number, 1e-3)


def sleep_ten_milliseconds(number):
    time.sleep(0.01)
    return number


def length(array):
    return len(array)


def same(array):
    return array


def pid(_):
    time.sleep(0.002)
    return os.getpid()


def resident_bytes(of):
    with open(f"/proc/{of}/status") as status:
        line = next(line for line in status if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def wait_for_workers(pool, workers):
    pids = set()
    while len(pids) < workers:
        pids.update(pool.map(pid, range(4 * workers), 1))
    return pids


def each(things, warm_ups, samples, operation, children):
    """Times an operation that handles many things; a sample is the time of one of them."""
    for _ in range(warm_ups):
        operation()
    before = subject.usage(children)
    for _ in range(samples):
        begin = time.perf_counter_ns()
        operation()
        print(f"sample {(time.perf_counter_ns() - begin) // things}")
    subject.print_usage(before, children, things)


def run(pool, workers, what, count, warm_ups, samples):
    pids = wait_for_workers(pool, workers)
    numbers = list(range(count))
    if what == "one":
        subject.measure(warm_ups, samples, lambda: pool.apply(nothing, (1,)), pids)
    elif what == "many":
        each(count, warm_ups, samples, lambda: pool.map(nothing, numbers, 1), pids)
    elif what == "many-async":
        def submit():
            results = [pool.apply_async(nothing, (n,)) for n in numbers]
            for result in results:
                result.get()

        each(count, warm_ups, samples, submit, pids)
    elif what.startswith("lazy"):
        chunk = int(what.split("/")[1])
        each(count, warm_ups, samples, lambda: sum(1 for _ in pool.imap(nothing, range(count), chunk)), pids)
    elif what == "sleep":
        each(count // workers, warm_ups, samples, lambda: pool.map(sleep_ten_milliseconds, numbers, 1), pids)
    elif what == "idle":
        time.sleep(min(3, count))
        begin, before = time.perf_counter(), subject.cpu_seconds(pids)
        time.sleep(count)
        spent = subject.cpu_seconds(pids) - before
        print(f"sample {round(spent / (time.perf_counter() - begin) * 1e9)}")
    elif what.startswith("arrays"):
        function = length if what == "arrays-in" else same
        arrays = [bytes(1_000_000) for _ in numbers]
        subject.measure(warm_ups, samples, lambda: pool.map(function, arrays), pids)
    elif what == "memory":
        for _ in range(warm_ups):
            pool.map(nothing, numbers)
        for of in pids:
            print(f"sample {resident_bytes(of)}")
    else:
        function = {"map-0": nothing, "map-10us": ten_microseconds, "map-1ms": one_millisecond}[what]
        subject.measure(warm_ups, samples, lambda: pool.map(function, numbers), pids)


def forever():
    while True:
        time.sleep(1000)


def death(context, workers, warm_ups, samples, until_whole):
    """From the kill of a worker until the future of its task has failed, or until a new executor has all its workers: the old one is broken."""
    for i in range(-warm_ups, samples):
        broken = ProcessPoolExecutor(workers, mp_context=context)
        list(broken.map(pid, range(4 * workers)))
        doomed = [broken.submit(forever) for _ in range(workers)]
        while not all(future.running() for future in doomed):
            time.sleep(0.001)
        victim = next(iter(broken._processes))
        begin = time.perf_counter_ns()
        os.kill(victim, signal.SIGKILL)
        doomed[0].exception()
        if until_whole:
            with ProcessPoolExecutor(workers, mp_context=context) as whole:
                pids = set()
                while len(pids) < workers:
                    pids.update(whole.map(pid, range(4 * workers)))
                end = time.perf_counter_ns()
        else:
            end = time.perf_counter_ns()
        broken.shutdown()
        if i >= 0:
            print(f"sample {end - begin}")


def first_result(context, workers):
    pool = context.Pool(workers)
    pool.apply(nothing, (1,))
    return pool


if __name__ == "__main__":
    workers, what = int(sys.argv[1]), sys.argv[2]
    count, warm_ups, samples = map(int, sys.argv[3:6])
    context = multiprocessing.get_context(sys.argv[6] if len(sys.argv) > 6 else "spawn")
    if what == "first-result":
        pools = []
        subject.measure(warm_ups, samples, lambda: pools.append(first_result(context, workers)))
        for pool in pools:
            pool.terminate()
    elif what in ("death", "whole"):
        death(context, workers, warm_ups, samples, what == "whole")
    elif what == "executor-one":
        with ProcessPoolExecutor(workers, mp_context=context) as executor:
            subject.measure(warm_ups, samples, lambda: executor.submit(nothing, 1).result())
    elif what == "executor-many":
        with ProcessPoolExecutor(workers, mp_context=context) as executor:
            list(executor.map(pid, range(4 * workers)))  # all workers are there
            pids = list(executor._processes)
            each(count, warm_ups, samples, lambda: list(executor.map(nothing, range(count))), pids)
    else:
        with context.Pool(workers) as pool:
            run(pool, workers, what, count, warm_ups, samples)
