"""A small world for the promises: a press that publishes, a mailbox that accepts, a daemon that can be killed.

Everything is real: HTTP and SMTP over loopback, the daemon as a process of its own, SQLite in a folder of the test.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TypeVar

from news.errors import StorageError
from storage import Store, Unit
from tests.fakemail import FakeMail
from tests.promises.site import LoopbackSite

T = TypeVar("T")

PRESSWATCH = [sys.executable, "-m", "ui.cli.start"]


class Press(LoopbackSite):
    """Feeds on one loopback address: `publish` adds an entry, every feed shows its newest `shown`.

    delay: seconds before an answer; while `silent` is set none comes, while `broken` is set it is a 503.
    """

    def __init__(self, host: str = "127.0.0.2") -> None:
        super().__init__(host)
        self.published: dict[str, list[str]] = {}
        self.shown = 40
        self.delay: Callable[[], float] = lambda: 0.0
        self.silent, self.broken = threading.Event(), threading.Event()
        self._lock = threading.Lock()

    def publish(self, feed: str, headline: str) -> None:
        """Add one entry to `feed`; the headline must be unique, it identifies the entry in the tests."""
        with self._lock:
            self.published.setdefault(feed, []).append(headline)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/robots.txt":
            handler.send_error(404)
            return
        if handler.path == "/silent" or self.silent.is_set():
            self.over.wait()
            return
        if self.broken.is_set():
            handler.send_error(503)
            return
        time.sleep(self.delay())
        with self._lock:
            entries = list(enumerate(self.published.get(handler.path.strip("/"), ())))[-self.shown :]
        body = _rss(handler.path.strip("/"), entries).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        try:
            handler.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True


def _rss(feed: str, entries: list[tuple[int, str]]) -> str:
    items = "".join(
        f"<item><title>{headline}</title><link>https://example.org/{feed}/{number}</link>"
        f"<guid isPermaLink='false'>{feed}-{number}</guid><description>The office of {feed} reports number {number} "
        f"to the public today, as planned.</description></item>"
        for number, headline in reversed(entries)
    )
    return f"<rss version='2.0'><channel><title>{feed}</title><link>https://example.org/</link>{items}</channel></rss>"


def copies(mail: FakeMail) -> Counter[tuple[str, str]]:
    """How often each (address, Message-ID) was accepted."""
    return Counter((one.recipients[0], str(one.mail["Message-ID"])) for one in mail.messages)


def text_for(mail: FakeMail, address: str) -> str:
    """Everything that was accepted for `address`, as one text, without the marks around hits."""
    return "\n".join(plain_text(one.mail) for one in tuple(mail.messages) if one.recipients == (address,))


def plain_text(mail: EmailMessage) -> str:
    """The text part of a mail, decoded, without the stars that mark hits."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("*", "")


CONFIG = """
contact: presswatch-tests@example.org
database: {{url: "sqlite:///press.db"}}
crawler: {{delay: 0.01, timeout: 5, deadline: 10, allow_networks: [127.0.0.0/8]}}
daemon: {{tick: 0.3, grace: 6, fresh: 24 h}}
readers: {{processes: 1}}
delivery: {{lease: 2 s, alerts_an_hour: 0}}
smtp: {{host: 127.0.0.1, port: {smtp}, security: none, sender: presswatch@example.org, timeout: 5}}
packs: []
sources:
{sources}
watches:
  - {{name: Everything of the office, query: office, mode: instant}}
recipients:
{recipients}
"""


def write_config(folder: Path, press: Press, *, smtp: int, feeds: tuple[str, ...], recipients: tuple[str, ...]) -> Path:
    """Write a config.yaml that reads `feeds` of `press` every second and alerts `recipients` at once."""
    sources = "\n".join(
        f"  - {{id: {feed}, kind: feed, url: '{press.address}/{feed}', publisher: {feed}, every: 1 s}}"
        for feed in feeds
    )
    people = "\n".join(f"  - {{address: {address}}}" for address in recipients)
    path = folder / "config.yaml"
    path.write_text(CONFIG.format(smtp=smtp, sources=sources, recipients=people), encoding="utf-8")
    return path


class Daemon:
    """`presswatch run` as a process of its own group, ended by its own id."""

    def __init__(self, config: Path, *arguments: str) -> None:
        self.log = config.parent / "daemon.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*PRESSWATCH, "run", "--config", str(config), *arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, env=environment(),
            )  # fmt: skip

    def kill(self) -> None:
        """SIGKILL the daemon alone: what it started has to notice by itself."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def terminate(self, *, within: float = 20) -> int:
        """Send SIGTERM and return the exit status; the test fails where it takes longer than `within` seconds."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=within)

    def __enter__(self) -> Daemon:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()


def environment() -> dict[str, str]:
    """The environment of a child: ours, without settings that would leak into presswatch."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PRESSWATCH")}


def wait_until(true: Callable[[], bool], *, seconds: float, what: str, every: float = 0.05) -> None:
    """Wait for a condition, looking `every` so many seconds; fails with `what` where it does not come in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:g} s in vain for: {what}")
        time.sleep(every)


def stored(folder: Path, question: Callable[[Unit], T], otherwise: T) -> T:
    """What the daemon's database answers, or `otherwise` while it is not there yet."""
    try:
        with Store(f"sqlite:///{folder / 'press.db'}") as store:
            return store.read_now(question)
    except StorageError:
        return otherwise


def read_sources(folder: Path) -> int:
    """How many sources were read successfully so far."""
    return stored(folder, lambda unit: sum(state.read_once for state in unit.visits.states().values()), 0)


def seeded(name: str) -> random.Random:
    """A random generator that is the same at each run of the test `name`."""
    return random.Random(f"presswatch {name}")
