"""Messages one way through a multiprocessing.connection over loopback TCP. Arguments: bytes of a message, warm-ups, messages."""

import multiprocessing
import sys
from multiprocessing.connection import Client, Listener

import subject

GROUP_BYTES = 2 << 20


def send(address, key, size, count):
    end = Client(address, authkey=key)
    message = bytes(size)
    for _ in range(count):
        end.send_bytes(message)
    end.recv_bytes()


if __name__ == "__main__":
    size, warm_ups, messages = map(int, sys.argv[1:4])
    group = GROUP_BYTES // size
    groups = max(1, messages // group)
    context = multiprocessing.get_context("spawn")
    listener = Listener(("127.0.0.1", 0), authkey=b"benchmark")
    process = context.Process(target=send, args=(listener.address, b"benchmark", size, warm_ups + group * groups))
    process.start()
    here = listener.accept()
    for _ in range(warm_ups):
        here.recv_bytes()

    def receive_group():
        for _ in range(group):
            here.recv_bytes()

    subject.measure(0, groups, receive_group, [process.pid], group)
    here.send_bytes(b"")
    process.join()
