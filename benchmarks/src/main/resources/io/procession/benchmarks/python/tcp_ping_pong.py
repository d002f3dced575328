"""Eight bytes there and back through a multiprocessing.connection over loopback TCP. Arguments: warm-ups, round trips."""

import multiprocessing
import sys
from multiprocessing.connection import Client, Listener

import subject


def echo(address, key):
    end = Client(address, authkey=key)
    try:
        while True:
            end.send_bytes(end.recv_bytes())
    except EOFError:
        pass


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    listener = Listener(("127.0.0.1", 0), authkey=b"benchmark")
    process = context.Process(target=echo, args=(listener.address, b"benchmark"))
    process.start()
    here = listener.accept()

    def round_trip():
        here.send_bytes(b"12345678")
        here.recv_bytes()

    subject.measure(int(sys.argv[1]), int(sys.argv[2]), round_trip, [process.pid])
    here.close()
    process.join()
