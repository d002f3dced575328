"""Starts and joins processes that do nothing. Arguments: warm-ups, starts."""

import multiprocessing
import sys

import subject


def nothing():
    pass


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")

    def start_and_join():
        process = context.Process(target=nothing)
        process.start()
        process.join()

    subject.measure(int(sys.argv[1]), int(sys.argv[2]), start_and_join)
