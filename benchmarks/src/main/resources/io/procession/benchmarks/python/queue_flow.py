"""Items through one queue; see QueueFlow. Arguments: SimpleQueue or Queue, shape, what, warm-up rounds, rounds, items a round."""

import multiprocessing
import sys
import time

import subject


class Reading:
    __slots__ = ("id", "sensor", "value", "valid")

    def __init__(self, id, sensor, value, valid):
        self.id, self.sensor, self.value, self.valid = id, sensor, value, valid


def put(queue, what, items):
    data = b"" if what == "object" else bytes(int(what))
    for i in range(items):
        queue.put(Reading(i, "sensor-7", i * 0.5, True) if what == "object" else data)


def take(queue, items):
    for _ in range(items):
        queue.get()


def produce(queue, go, done, what, rounds, items, ends):
    for _ in range(rounds):
        go.get()
        put(queue, what, items)
        for _ in range(ends):
            queue.put(None)  # after its own items, so that with the last end everything has come
        done.put(0)


def consume(queue, go, done, rounds, ends):
    for _ in range(rounds):
        go.get()
        left = ends
        while left:
            if queue.get() is None:
                left -= 1
        done.put(0)


if __name__ == "__main__":
    make, shape, what = sys.argv[1:4]
    warm_ups, rounds, items = map(int, sys.argv[4:7])
    context = multiprocessing.get_context("spawn")
    queue, done = getattr(context, make)(), context.SimpleQueue()
    starts = []  # one for each child: a fast one must not take the ticket of a slow one
    crowd = "x" in shape
    producers = int(shape[0]) if crowd else int(shape != "out")
    consumers = int(shape[2]) if crowd else int(not shape.startswith("in"))
    ends = consumers if crowd else 0
    children = []
    for i in range(producers + consumers):
        go = context.SimpleQueue()
        starts.append(go)
        if i < producers:
            args = (queue, go, done, what, warm_ups + rounds, items // producers, ends)
            children.append(context.Process(target=produce, args=args))
        else:
            args = (queue, go, done, warm_ups + rounds, max(1, producers))
            children.append(context.Process(target=consume, args=args))
    for child in children:
        child.start()
    pids = [child.pid for child in children]
    nanos = []
    before = None
    for i in range(warm_ups + rounds):
        if i == warm_ups:
            before = subject.usage(pids)
        for go in starts:
            go.put(0)
        begin = time.perf_counter_ns()
        if shape == "out":
            put(queue, what, items)
            queue.put(None)
        elif shape.startswith("in"):
            take(queue, items)
        for _ in children:
            done.get()
        if i >= warm_ups:
            nanos.append((time.perf_counter_ns() - begin) // items)
    subject.print_usage(before, pids, items)
    print("\n".join(f"sample {n}" for n in nanos))
    for child in children:
        child.join()
