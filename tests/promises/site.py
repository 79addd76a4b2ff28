"""A site of one test on a loopback address, answered by the test's own code."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


class LoopbackSite:
    """Hands each GET request to `answer`, on a thread of its own.

    asked: (time.monotonic, path) of each request. over: set when the site closes; what never answers waits for it.
    """

    def __init__(self, host: str) -> None:
        self.asked: list[tuple[float, str]] = []
        self.over = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 60

            def do_GET(self) -> None:
                site.asked.append((time.monotonic(), self.path))
                site.answer(self)

            def log_message(self, *_: object) -> None:
                """Keep the output clean."""

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.address = f"http://{host}:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request, query and all in `handler.path`."""
        raise NotImplementedError
