"""Eight bytes there and back through a multiprocessing.Pipe. Arguments: warm-ups, round trips."""

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

    def round_trip():
        here.send_bytes(b"12345678")
        here.recv_bytes()

    subject.measure(int(sys.argv[1]), int(sys.argv[2]), round_trip, [process.pid])
    here.close()
    process.join()
