"""A mail server that takes everything and keeps nothing, in a process of its own: what sending is measured against."""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from threading import Thread

_END = b"\r\n.\r\n"


@contextmanager
def mail_sink() -> Iterator[tuple[int, Connection]]:
    """Run the server; gives its port on 127.0.0.1 and a line on which it tells, when asked, how many mails it took."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.terminate()
        process.join()


def _serve(line: Connection) -> None:
    taken = [0]
    with socket.create_server(("127.0.0.1", 0)) as server:
        line.send(server.getsockname()[1])
        Thread(target=_tell, args=(line, taken), daemon=True).start()
        while True:
            Thread(target=_talk, args=(server.accept()[0], taken), daemon=True).start()


def _tell(line: Connection, taken: list[int]) -> None:
    while True:
        line.recv()
        line.send(taken[0])


def _talk(client: socket.socket, taken: list[int]) -> None:
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.sendall(b"220 sink\r\n")
    waiting = b""
    with client:
        while True:
            while b"\r\n" not in waiting:
                more = client.recv(65_536)
                if not more:
                    return
                waiting += more
            command, _, waiting = waiting.partition(b"\r\n")
            verb = command[:4].upper()
            if verb == b"DATA":
                client.sendall(b"354 go on\r\n")
                body = bytearray(waiting)
                while not body.endswith(_END):
                    body += client.recv(262_144)
                waiting = b""
                taken[0] += 1
            elif verb == b"QUIT":
                client.sendall(b"221 bye\r\n")
                return
            client.sendall(b"250 ok\r\n")
