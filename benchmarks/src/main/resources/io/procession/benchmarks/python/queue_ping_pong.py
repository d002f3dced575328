"""An int, or bytes, there and back through two queues. Arguments: SimpleQueue or Queue, warm-ups, round trips, seconds to wait before each, bytes (0: an int)."""

import multiprocessing
import sys

import subject


def echo(requests, answers):
    while True:
        item = requests.get()
        if item is None:
            return
        answers.put(item)


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    make = getattr(context, sys.argv[1])
    requests, answers = make(), make()
    process = context.Process(target=echo, args=(requests, answers))
    process.start()

    item = bytes(int(sys.argv[5])) or 42

    def round_trip():
        requests.put(item)
        answers.get()

    subject.measure(int(sys.argv[2]), int(sys.argv[3]), round_trip, [process.pid], pause=float(sys.argv[4]))
    requests.put(None)
    process.join()
