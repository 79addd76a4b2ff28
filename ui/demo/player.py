"""Local HTTP servers that play the news sites of the demo, each on a loopback address of its own."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from ui.demo.sites import SITES, Answer, Asked

# One address a site: politeness is kept a host, so the sites are read side by side as in life.
_HOSTS = {
    "gov-kz": "127.0.0.2",
    "un-news": "127.0.0.3",
    "kaziss": "127.0.0.4",
    "kazinform": "127.0.0.5",
    "unrcca": "127.0.0.6",
}


class Player:
    """Plays every site from `with` to its end; `turn` is the round that the sites show, `start` the age of their items.

    addresses: site -> "http://127.0.0.2:PORT". counts(): requests so far, by (site, status).
    """

    def __init__(self, *, start: datetime) -> None:
        self.turn = 1
        self.addresses: dict[str, str] = {}
        self._start = start
        self._counts: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()
        self._running = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as started:
            for site, host in _HOSTS.items():
                self.addresses[site] = started.enter_context(_Served(self, site, host))
            self._running = started.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    def counts(self) -> dict[tuple[str, int], int]:
        """How many requests each site answered with each status, so far."""
        with self._lock:
            return dict(self._counts)

    def answer(self, site: str, asked: Asked) -> Answer:
        """The answer of `site`, counted."""
        answer = SITES[site](asked, self._start)
        with self._lock:
            self._counts[site, answer.status] += 1
        return answer


class _Served:
    """One site's server while it runs; entering gives its address."""

    def __init__(self, player: Player, site: str, host: str) -> None:
        handler = type("SiteHandler", (_Handler,), {"player": player, "site": site})
        try:
            self._server = ThreadingHTTPServer((host, 0), handler)
        except OSError:
            # Systems other than Linux often carry 127.0.0.1 alone.
            self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name=f"player-{site}")

    def __enter__(self) -> str:
        self._thread.start()
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    player: Player
    site: str

    def do_GET(self) -> None:
        self._reply("GET")

    def do_POST(self) -> None:
        self._reply("POST")

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the demo tells what was read in its own words."""

    def _reply(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(method=method, path=self.path, turn=self.player.turn, headers=headers, body=body)
        answer = self.player.answer(self.site, asked)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        # Each connection carries one request, so that no thread outlives the play waiting for another.
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
