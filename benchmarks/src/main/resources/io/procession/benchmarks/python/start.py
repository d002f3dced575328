"""Starts and joins processes that do nothing. Arguments: start method, warm-ups, starts."""

import multiprocessing
import sys

import subject


def nothing():
    pass


if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])

    def start_and_join():
        process = context.Process(target=nothing)
        process.start()
        process.join()

    subject.measure(int(sys.argv[2]), int(sys.argv[3]), start_and_join)
