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


def produce(queue, go, done, what, rounds, items, shape):
    for _ in range(rounds):
        go.get()
        put(queue, what, items)
        if "x" in shape:
            queue.put(None)  # after its own items, so that with the last end everything has come
        done.put(0)


def consume(queue, go, done, rounds):
    for _ in range(rounds):
        go.get()
        while queue.get() is not None:
            pass
        done.put(0)


if __name__ == "__main__":
    make, shape, what = sys.argv[1:4]
    warm_ups, rounds, items = map(int, sys.argv[4:7])
    context = multiprocessing.get_context("spawn")
    queue, go, done = getattr(context, make)(), context.SimpleQueue(), context.SimpleQueue()
    each = int(shape[0]) if "x" in shape else 1
    children = []
    for _ in range(each):
        if shape != "out":
            children.append(
                context.Process(target=produce, args=(queue, go, done, what, warm_ups + rounds, items // each, shape)))
        if not shape.startswith("in"):
            children.append(context.Process(target=consume, args=(queue, go, done, warm_ups + rounds)))
    for child in children:
        child.start()
    pids = [child.pid for child in children]
    nanos = []
    before = 0
    for i in range(warm_ups + rounds):
        if i == warm_ups:
            before = subject.cpu_seconds(pids)
        for _ in children:
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
    spent = subject.cpu_seconds(pids) - before
    print("\n".join(f"sample {n}" for n in nanos))
    print(f"cpu {spent / items}".replace("nan", "NaN"))
    for child in children:
        child.join()
