"""A web address on loopback that takes POSTs, as the other side of a channel; the test sets what it answers.

with FakeHook() as hook:
    hook.answers.append(Say(status=503, headers={"Retry-After": "120"}))     # the next one only
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Say:
    """One answer. silent: say nothing at all; trickles: send a byte at a time, without end."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    silent: bool = False
    trickles: bool = False


@dataclass(frozen=True, kw_only=True)
class Post:
    """What came. headers: by name in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class FakeHook:
    """The server in threads of its own; a context manager. tls: its certificate; host: where it listens."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.posts: list[Post] = []
        self.answers: list[Say] = []
        self._over = threading.Event()
        self._server = ThreadingHTTPServer((host, 0), self._handler())
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.host, self.port = host, int(self._server.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                hook.posts.append(Post(path=self.path, headers=headers, body=body))
                hook._say(self, hook.answers.pop(0) if hook.answers else Say())

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler

    def _say(self, handler: BaseHTTPRequestHandler, say: Say) -> None:
        if say.silent:
            self._over.wait(30)
            return
        handler.send_response(say.status)
        for name, value in say.headers.items():
            handler.send_header(name, value)
        if not say.trickles:
            handler.send_header("Content-Length", str(len(say.body)))
        handler.end_headers()
        while say.trickles and not self._over.wait(0.05):
            handler.wfile.write(b"x")
        handler.wfile.write(say.body)
