"""Sites that do to their readers all that sites do, by a script of days; real HTTP, each on an address of its own.

A `Desk` is one publisher with one list: a feed, a page of links with the articles behind them, or a JSON interface.
What it has published, and what it is up to, is decided by the hour that its clock says, never by real time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from http.server import BaseHTTPRequestHandler
from random import Random
from urllib.parse import urlsplit

from tests.promises.site import LoopbackSite

SHOWN = 12
"""Entries of a list: at most two are new in a day, so a reader may miss five days and lose nothing."""

SYLLABLES = (
    "ба", "во", "га", "де", "жи", "ка", "ло", "ме", "на", "по", "ра", "со", "ту", "фи", "ха", "це", "ша", "эр", "юр",
)  # fmt: skip
WORDS = (
    "река", "мост", "школа", "дорога", "зима", "лес", "совет", "село", "учитель", "инженер", "склад", "вода", "фильтр",
    "станция", "поезд", "долина", "лето", "отчёт", "музей", "письмо", "окно", "гора", "озеро", "камень", "бумага",
    "хлеб", "завод", "рынок", "сад", "порт", "театр", "аптека", "почта", "ферма", "тоннель", "канал",
)  # fmt: skip


class Kind(StrEnum):
    """In which form a desk publishes."""

    FEED = "feed"
    LISTING = "listing"
    JSON = "json"


class Act(StrEnum):
    """What a site is up to. Those of FAULTS keep its news from its readers; the others only make them hard to read."""

    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    CHALLENGE = "challenge"
    FORBIDDING_CHALLENGE = "forbidding challenge"
    EMPTIED = "emptied"
    TRUNCATED = "truncated"
    REPLACED = "replaced"
    NOT_FOUND = "not found"
    CHARSET = "another charset than it says"
    DATES = "dates of 1970, 2099 and tomorrow"
    RESURRECTED = "old entries on top"
    OTHER_IDS = "other ids"
    HTTPS = "https for http"
    MOVED = "moved"


FAULTS = (
    Act.THROTTLED, Act.UNAVAILABLE, Act.CHALLENGE, Act.FORBIDDING_CHALLENGE, Act.EMPTIED, Act.TRUNCATED, Act.REPLACED,
    Act.NOT_FOUND,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Spell:
    """One act between two instants."""

    act: Act
    begins: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True)
class News:
    """One item as it was published."""

    number: int
    title: str
    lines: tuple[str, ...]
    published: datetime


class Desk(LoopbackSite):
    """One publisher. kind: in which form its list comes; script: what it is up to when; clock: what time it is."""

    def __init__(
        self, host: str, name: str, kind: Kind, *, news: list[News], script: list[Spell], clock: Callable[[], datetime]
    ) -> None:
        super().__init__(host)
        self.name, self.kind, self.news, self.script, self._clock = name, kind, news, script, clock
        self.answers: list[tuple[datetime, str, int]] = []

    @property
    def list_address(self) -> str:
        """Where the list is, or was before it moved."""
        return f"{self.address}/list"

    def acts(self) -> frozenset[Act]:
        """What the site is up to now."""
        return frozenset(spell.act for spell in self.script if spell.begins <= self._clock() < spell.ends)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path, acts = urlsplit(handler.path).path, self.acts()
        if path == "/robots.txt":
            self._send(handler, b"", status=404)
        elif Act.THROTTLED in acts:
            self._send(handler, b"slower", status=429, Retry_After="5400")
        elif Act.UNAVAILABLE in acts:
            self._send(handler, b"no", status=503, Retry_After=format_datetime(self._clock() + timedelta(hours=2)))
        elif Act.CHALLENGE in acts:
            self._send(handler, CHALLENGE, kind="text/html")
        elif Act.FORBIDDING_CHALLENGE in acts:
            self._send(handler, CHALLENGE, status=403, kind="text/html", cf_mitigated="challenge")
        elif Act.NOT_FOUND in acts:
            self._send(handler, b"<html><body>404</body></html>", status=404, kind="text/html")
        elif path == "/list" and Act.MOVED in acts:
            self._send(handler, b"", status=301, Location="/new/list")
        elif path in ("/list", "/new/list"):
            self._list(handler, acts)
        else:
            self._article(handler, path, acts)

    def _list(self, handler: BaseHTTPRequestHandler, acts: frozenset[Act]) -> None:
        if Act.REPLACED in acts:
            self._send(handler, MAINTENANCE, kind="text/html")
            return
        shown = [] if Act.EMPTIED in acts else self._shown(acts)
        body, kind = {Kind.FEED: self._rss, Kind.LISTING: self._page, Kind.JSON: self._json}[self.kind](shown, acts)
        packed = _packed(body, acts)
        sent = packed[: len(packed) * 2 // 3] if Act.TRUNCATED in acts else packed
        # A page of HTML may end anywhere: that it broke off shows by the length which was announced alone.
        whole = {"Content_Length": str(len(packed))} if self.kind is Kind.LISTING else {}
        self._send(handler, sent, kind=kind, **whole)

    def _shown(self, acts: frozenset[Act]) -> list[News]:
        """The newest entries, and above them old ones where the site brings those back."""
        out = [one for one in self.news if one.published <= self._clock()]
        newest = sorted(out, key=lambda one: one.published, reverse=True)
        return [*newest[-6:], *newest[:SHOWN]] if Act.RESURRECTED in acts else newest[:SHOWN]

    def _stated(self, one: News, acts: frozenset[Act]) -> datetime:
        """When the list says that it was published."""
        if Act.RESURRECTED in acts and one.published < self._clock() - timedelta(days=4):
            return self._clock() - timedelta(minutes=5)
        if Act.DATES in acts and one.published >= self._since(Act.DATES):
            # One in three lies: a list of nothing but such dates is told as a fault of its own.
            tomorrow = one.published + timedelta(days=1)
            lies = {0: tomorrow.replace(year=1970, day=15), 3: tomorrow.replace(year=2099, day=15), 6: tomorrow}
            return lies.get(one.number % 9, one.published)
        return one.published

    def _since(self, act: Act) -> datetime:
        return max(spell.begins for spell in self.script if spell.act is act and spell.begins <= self._clock())

    def _link(self, one: News, acts: frozenset[Act]) -> str:
        if self.kind is Kind.LISTING:
            return f"/news/{one.number}"
        return f"{'https' if Act.HTTPS in acts else 'http'}://{self.name}.example/news/{one.number}"

    def _id(self, one: News, acts: frozenset[Act]) -> str:
        return f"urn:new-system:{one.number * 7}" if Act.OTHER_IDS in acts else f"{self.name}-{one.number}"

    def _rss(self, shown: list[News], acts: frozenset[Act]) -> tuple[str, str]:
        entries = "".join(
            f"<item><title>{one.title}</title><link>{self._link(one, acts)}</link>"
            f"<guid isPermaLink='false'>{self._id(one, acts)}</guid>"
            f"<pubDate>{format_datetime(self._stated(one, acts))}</pubDate>"
            f"<description>{' '.join(one.lines)}</description></item>"
            for one in shown
        )
        head = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{self.name}</title>"
        return f"{head}<link>http://{self.name}.example/</link>{entries}</channel></rss>", "application/rss+xml"

    def _page(self, shown: list[News], acts: frozenset[Act]) -> tuple[str, str]:
        entries = "".join(f"<li><a href='{self._link(one, acts)}'>{one.title}</a></li>" for one in shown)
        head = f"<html lang='ru'><head><meta charset='utf-8'><title>{self.name}</title></head>"
        # After a redesign the news are still there, but nothing that the declaration names is.
        teaser = "" if shown else "".join(f"<div class='new-card'>{one.title}</div>" for one in self.news[:9])
        return f"{head}<body><ul>{entries}</ul>{teaser}</body></html>", "text/html; charset=utf-8"

    def _json(self, shown: list[News], acts: frozenset[Act]) -> tuple[str, str]:
        records = [
            {"id": self._id(one, acts), "title": one.title, "url": self._link(one, acts), "text": "\n".join(one.lines)}
            | {"date": self._stated(one, acts).isoformat()}
            for one in shown
        ]
        return json.dumps({"items": records}, ensure_ascii=False), "application/json; charset=utf-8"

    def _article(self, handler: BaseHTTPRequestHandler, path: str, acts: frozenset[Act]) -> None:
        number = int(path.rpartition("/")[2])
        one = next(one for one in self.news if one.number == number)
        lines = "".join(f"<p>{line}</p>" for line in one.lines)
        page = (
            f"<html lang='ru'><head><meta charset='utf-8'><title>{one.title}</title></head><body><h1>{one.title}</h1>"
            f"<time datetime='{self._stated(one, acts).isoformat()}'></time><div class='text'>{lines}</div>"
            "</body></html>"
        )
        self._send(handler, _packed(page, acts), kind="text/html; charset=utf-8")

    def _send(
        self, handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, kind: str = "text/plain", **more: str
    ) -> None:
        self.answers.append((self._clock(), handler.path, status))
        handler.send_response_only(status)
        headers = {"Date": format_datetime(self._clock()), "Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in (headers | {name.replace("_", "-"): value for name, value in more.items()}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True


CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
)
MAINTENANCE = "<!DOCTYPE html><html><head><title>Сайт на обслуживании</title></head><body></body></html>".encode()


def _packed(text: str, acts: frozenset[Act]) -> bytes:
    """The page's bytes: in the charset that it says, or in another."""
    return text.encode("windows-1251" if Act.CHARSET in acts else "utf-8", "xmlcharrefreplace")


def a_press(chance: Random, *, begin: datetime, end: datetime) -> list[News]:
    """What a desk publishes: a dozen items before `begin`, then one or two a day in office hours."""
    times = [begin - timedelta(hours=9 * number + chance.uniform(25, 30)) for number in range(12)]
    day = begin
    while day < end:
        times += [day + timedelta(hours=chance.uniform(3, 13)) for _ in range(chance.randint(1, 2))]
        day += timedelta(days=1)
    return [_news(number, moment, chance) for number, moment in enumerate(sorted(times), 1)]


def _news(number: int, moment: datetime, chance: Random) -> News:
    """An item whose place and figures nobody else names, so that none is taken for another's copy."""
    place = "".join(chance.choices(SYLLABLES, k=5)).capitalize()
    figure = chance.randint(10_000, 99_999)
    title = f"Реестр {place}: {' '.join(chance.sample(WORDS, 3))}, {figure}"
    lines = tuple(f"{place}, {figure + line}: {' '.join(chance.sample(WORDS, 12))} и прочее." for line in range(4))
    return News(number=number, title=title, lines=lines, published=moment.replace(microsecond=0))


def a_script(chance: Random, *, begin: datetime, end: datetime) -> list[Spell]:
    """Every fault once, in an order drawn by chance, days without one in between; and the lies, over all that."""
    spells = []
    moment = begin + timedelta(days=2)
    for act in chance.sample(FAULTS, len(FAULTS)):
        ends = moment + timedelta(hours=chance.uniform(30, 40))
        spells.append(Spell(act=act, begins=moment, ends=ends))
        moment = ends + timedelta(hours=chance.uniform(40, 48))
    for act, from_, days in (
        (Act.CHARSET, 3, 4), (Act.DATES, 8, 4), (Act.RESURRECTED, 13, 3), (Act.RESURRECTED, 27, 2),
        (Act.HTTPS, 10, 99), (Act.OTHER_IDS, 17, 99), (Act.MOVED, 22, 99),
    ):  # fmt: skip
        begins = begin + timedelta(days=from_ + chance.uniform(0, 1.5))
        spells.append(Spell(act=act, begins=begins, ends=min(begins + timedelta(days=days), end)))
    return spells
