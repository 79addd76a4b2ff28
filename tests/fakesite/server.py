"""The server: one thread a connection, answers by the name in the path, and remembers what it was asked.

`http://127.0.0.2:PORT/<misbehaviour>` plays the function of that name in `tests.fakesite.acts`; query parameters are
its arguments. `/robots.txt` forbids what `forbid` names.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from tests.fakesite import acts
from tests.fakesite.sending import send


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One request as it arrived; `began` and `ended` are of time.monotonic."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    began: float
    ended: float


@dataclass
class FakeSite:
    """A running site. `host` picks one of the loopback's addresses, so that there can be many hosts.

    lists: the paths that a list links to, by its name and page ("news/1").
    """

    host: str = "127.0.0.2"
    robots: str = "User-agent: *\nDisallow: /forbidden\n"
    robots_status: int = 200
    robots_headers: dict[str, str] = field(default_factory=dict)
    certificate: tuple[str, str] | None = None
    lists: dict[str, list[str]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 60

            def do_GET(self) -> None:
                site._answer(self)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

        self._server = _Server((self.host, 0), Handler)
        if self.certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, path: str, *, host: str = "", scheme: str = "") -> str:
        """The address of a path, under another spelling of the host where given."""
        return f"{scheme or ('https' if self.certificate else 'http')}://{host or self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[Seen]:
        """The requests for a path, without query, in order."""
        return [seen for seen in self.seen if urlsplit(seen.path).path == path]

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        began = time.monotonic()
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        parts = urlsplit(handler.path)
        with self._noted(handler, body, began):
            if parts.path == "/robots.txt":
                headers = self.robots_headers
                send(handler, self.robots.encode(), status=self.robots_status, type="text/plain", **headers)
            else:
                act = acts.ACTS[parts.path.strip("/").split("/")[0]]
                act(acts.Stage(handler=handler, site=self, body=body, over=self.over), **dict(parse_qsl(parts.query)))

    @contextmanager
    def _noted(self, handler: BaseHTTPRequestHandler, body: bytes, began: float) -> Iterator[None]:
        try:
            yield
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True
        finally:
            headers = {name.lower(): value for name, value in handler.headers.items()}
            self.seen.append(
                Seen(
                    method=handler.command,
                    path=handler.path,
                    headers=headers,
                    body=body,
                    began=began,
                    ended=time.monotonic(),
                )
            )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A client that goes away is no news."""
