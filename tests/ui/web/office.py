"""An installation with its web server on loopback, as readers and mail providers reach it."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from news.message import Message
from news.watch.watch import Recipient
from scheduler.app import App, open_app
from scheduler.digest.links import Links, links_for
from scheduler.tokens import Claim, Purpose, Tokens
from storage import Unit
from tests.promises.world import wait_until
from ui.web.service import serve_web

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

CONFIG = """
contact: owner@example.org
packs: []
database: {{url: "sqlite:///press.db"}}
smtp: {{host: 127.0.0.1, port: 9, security: none, sender: presswatch@example.org}}
web: {{listen: "127.0.0.1:{port}"}}
recipients:
  - {{address: desk@example.org}}
  - {{address: chief@example.org, language: ru}}
"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a request was answered with."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as a person reads it, entities decoded."""
        return unescape(self.body.decode())


class _Plain(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nothing: a redirect is an answer."""


_OPENER = urllib.request.build_opener(_Plain, urllib.request.ProxyHandler({}))


@dataclass(frozen=True, kw_only=True)
class Office:
    """The installation that is served, and requests to it."""

    app: App

    @property
    def address(self) -> str:
        return self.app.settings.web.served_at

    def recipient(self, address: str = "desk@example.org") -> Recipient:
        found = self.app.store.read_now(lambda unit: unit.recipients.get(address))
        assert found is not None
        return found

    def claim(self, address: str = "desk@example.org", *, schedule: str = "daily", slot: str = "") -> Claim:
        """What a link of this recipient's digest says now."""
        number = self.recipient(address).id
        generation = self.app.store.read_now(lambda unit: unit.subscriptions.generation(number))
        return Claim(recipient=number, schedule=schedule, generation=generation, slot=slot)

    def path(self, letter: str, purpose: Purpose, claim: Claim | None = None) -> str:
        """The path of a page with its token."""
        return f"/{letter}/{Tokens(self.app.key).sign(purpose, claim or self.claim())}"

    def links(self, slot: str = "2026-11-23") -> Links:
        """The links of a digest as readers behind a proxy with a certificate have them."""
        return links_for(
            self.recipient(), "daily", slot, generation=self.claim().generation, key=self.app.key,
            address="https://press.example.org", owner_address=self.app.owner_address,
        )  # fmt: skip

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        return self._ask(urllib.request.Request(self.address + path, method=method, headers=_named(headers)))

    def post(self, path: str, fields: dict[str, str] | bytes, **headers: str) -> Answer:
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        return self._ask(urllib.request.Request(self.address + path, data=body, headers=_named(headers)))

    def press(self, path: str, **fields: str) -> Answer:
        """Open a page, and send its form back as the browser does."""
        form = self.get(path).text.partition('name="form" value="')[2].partition('"')[0]
        assert form, "the page has no form"
        return self.post(path, {"form": form, **fields})

    def one_click(self, path: str) -> Answer:
        """Do what a mail provider does (RFC 8058)."""
        return self.post(path, {"List-Unsubscribe": "One-Click"})

    def stopped(self, address: str = "desk@example.org") -> set[str]:
        """The schedules that this recipient wants no more."""
        number = self.recipient(address).id
        return set(self.app.store.read_now(lambda unit: unit.subscriptions.of(number)).stopped)

    def freeze(self, slot: str = "2026-11-23", **fields: Any) -> None:
        """Write down a digest for the desk, with this message."""
        message = Message(id=f"{slot}@example.org", subject="News", text="All", html="<p>All</p>", date=NOW, **fields)

        def work(unit: Unit) -> None:
            recipient = unit.recipients.get("desk@example.org")
            assert recipient is not None
            assert unit.digests.freeze(recipient, "daily", slot, (), message, "email", at=NOW)

        self.app.store.write_now(work)

    def everything(self) -> dict[str, list[Any]]:
        """Every row of every table."""
        assert self.app.store.file is not None
        with closing(sqlite3.connect(self.app.store.file)) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in sorted(names)}

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with _OPENER.open(request, timeout=20) as answer:
                return Answer(status=answer.status, headers=dict(answer.headers), body=answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(status=error.code, headers=dict(error.headers), body=error.read())


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def free_port() -> int:
    """A port that nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_office(folder: Path, config: str = CONFIG) -> Iterator[Office]:
    """Serve an installation in `folder` from a thread with a loop of its own."""
    file = folder / "config.yaml"
    file.write_text(config.format(port=free_port()), encoding="utf-8")
    with open_app(file, now=NOW, env={}) as app, serving(app):
        yield Office(app=app)


@contextmanager
def serving(app: App) -> Iterator[None]:
    """Run the web server of `app` until the end of the block."""
    loop, over = asyncio.new_event_loop(), asyncio.Event()

    def run() -> None:
        try:
            loop.run_until_complete(serve_web(app, over, clock=lambda: NOW))
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        wait_until(partial(_answers, app), seconds=20, what="the web server")
        yield
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(timeout=20)
        assert not thread.is_alive()


def _answers(app: App) -> bool:
    try:
        socket.create_connection(app.settings.web.place, timeout=5).close()
    except OSError:
        return False
    return True
