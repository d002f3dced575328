"""An int there and back through two queues. Arguments: SimpleQueue or Queue, warm-ups, round trips."""

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

    def round_trip():
        requests.put(42)
        answers.get()

    subject.measure(int(sys.argv[2]), int(sys.argv[3]), round_trip, [process.pid])
    requests.put(None)
    process.join()
