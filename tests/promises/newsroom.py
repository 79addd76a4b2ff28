"""A newsroom for the promises: a list of articles on one page, each article on a page of its own, some in trouble."""

from __future__ import annotations

import hashlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from tests.promises.site import LoopbackSite

CHALLENGE = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
LINES = (
    "The office told the public today how the register will be kept from now on, and who may look into it.",
    "Whoever wants to see an entry asks at the counter, where the staff of the register explain how it is done.",
    "The office opens at nine in the morning and closes at six in the evening, on Saturdays at one.",
)


class Newsroom(LoopbackSite):
    """Serves the list at /news, with an ETag, and its articles at /news/NUMBER; every article says the same day.

    hangs, missing, challenged: numbers of articles that never come, are 404, or show a robot check instead.
    unchanged: lists answered by 304.
    """

    def __init__(self, host: str = "127.0.0.5", *, articles: int = 10) -> None:
        super().__init__(host)
        self.articles = articles
        self.hangs: set[int] = set()
        self.missing: set[int] = set()
        self.challenged: set[int] = set()
        self.unchanged = 0

    def requests(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(urlsplit(asked).path == path for _, asked in self.asked)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = urlsplit(handler.path).path
        if path == "/news":
            self._list(handler)
            return
        number = int(path.rpartition("/")[2]) if path.startswith("/news/") else 0
        if not number or number in self.missing:
            handler.send_error(404)
        elif number in self.hangs:
            self.over.wait()
        else:
            _send(handler, CHALLENGE if number in self.challenged else _article(number))

    def _list(self, handler: BaseHTTPRequestHandler) -> None:
        entries = "".join(
            f"<li><a href='/news/{number}'>{headline(number)}</a></li>" for number in range(self.articles, 0, -1)
        )
        etag = f'"{hashlib.sha256(entries.encode()).hexdigest()[:16]}"'
        if handler.headers.get("If-None-Match") == etag:
            self.unchanged += 1
            handler.send_response(304)
            handler.end_headers()
            return
        _send(handler, f"<html><head><title>News</title></head><body><ul>{entries}</ul></body></html>", etag=etag)


def headline(number: int) -> str:
    """The title of an article."""
    return f"The office opens register number {number}"


def _article(number: int) -> str:
    text = "".join(f"<p>{line}</p>" for line in (f"This is announcement {number} of the office.", *LINES))
    return (
        f"<html lang='en'><head><title>{headline(number)}</title></head><body><h1>{headline(number)}</h1>"
        f"<div class='text'>{text}</div></body></html>"
    )


def _send(handler: BaseHTTPRequestHandler, page: str, *, etag: str = "") -> None:
    body = page.encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Content-Length", str(len(body)))
    if etag:
        handler.send_header("ETag", etag)
    handler.end_headers()
    try:
        handler.wfile.write(body)
    except (BrokenPipeError, ConnectionResetError):
        handler.close_connection = True


CONFIG = """
contact: presswatch-tests@example.org
database: {{url: "sqlite:///press.db"}}
crawler: {{delay: {delay}, timeout: {timeout}, deadline: 90, allow_networks: [127.0.0.0/8]}}
daemon: {{tick: 0.2, grace: 6, fresh: 24 h}}
delivery: {{lease: 2 s, alerts_an_hour: 0}}
smtp: {{host: 127.0.0.1, port: {smtp}, security: none, sender: presswatch@example.org, timeout: 5}}
packs: []
sources:
  - id: newsroom
    kind: listing
    url: "{address}/news"
    publisher: The newsroom
    language: en
    every: 1 s
    links: {{entry: li}}
    articles: {{title: h1, body: .text p}}
watches:
  - {{name: Everything of the office, query: office, mode: instant}}
recipients:
  - {{address: desk@example.org}}
"""


def write_config(folder: Path, newsroom: Newsroom, *, smtp: int = 25, delay: float = 0.01, timeout: float = 30) -> Path:
    """Write a config.yaml that reads the newsroom every second and alerts one recipient at once.

    timeout: seconds for one answer.
    """
    path = folder / "config.yaml"
    text = CONFIG.format(address=newsroom.address, smtp=smtp, delay=delay, timeout=timeout)
    path.write_text(text, encoding="utf-8")
    return path
