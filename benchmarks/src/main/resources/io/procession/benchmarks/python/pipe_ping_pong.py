"""Bytes there and back through a multiprocessing.Pipe. Arguments: warm-ups, round trips, seconds to wait before each, bytes."""

import multiprocessing
import sys

import subject


def echo(end):
    try:
        while True:
            end.send_bytes(end.recv_bytes())
    except EOFError:
        pass


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=echo, args=(there,))
    process.start()
    there.close()

    message = bytes(int(sys.argv[4]))

    def round_trip():
        here.send_bytes(message)
        here.recv_bytes()

    subject.measure(int(sys.argv[1]), int(sys.argv[2]), round_trip, [process.pid], pause=float(sys.argv[3]))
    here.close()
    process.join()
