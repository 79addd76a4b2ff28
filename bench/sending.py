"""Sending: the e-mail channel and the outbox against bare smtplib, and a morning of many recipients.

Both hand the same bytes to the same server, which is a process of its own, over one connection each, one way after the
other in every round, each second round backwards. Bare smtplib gets them ready-made. Shown of ours: handing over what
is composed; the channel as it is used, which composes each mail and reads it back; and the whole of `send_due`, with a
claim before and a settling after each mail. The ratios are of CPU seconds of this process where nothing else is said.

`python -m bench sending [--recipients N]`: the morning takes 10,000 recipients where nothing else is said.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import smtplib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import structlog

from bench.mail_sink import mail_sink
from news.item import Item, ItemKey, KeyKind, Stated
from news.message import Message
from news.settings import Settings, parse_settings
from news.source import Standing
from news.story import Choice, Relation
from news.watch.watch import Hit, Match, Recipient, Schedule
from scheduler.app import App
from scheduler.delivery.email import EmailChannel
from scheduler.delivery.post import compose_mail
from scheduler.delivery.send import send_due
from scheduler.telling import tell_due
from storage import Store, Unit, open_store

MAILS = 200
RECIPIENTS = 10_000
ITEMS = 20
WATCHES = ("floods", "register", "warning", "opens", "early")
ROUNDS = 6
PROMISED = 0.9
"""What handing over must reach of bare smtplib's rate."""

SENDER = "press@example.org"
_NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
_BEFORE = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
_TEXT = "Қазақстан Қызыл Жарты Ай қоғамының еріктілері су тасқынына дайындалуда; early warning, Красный Полумесяц.\n"


class Took(NamedTuple):
    """Seconds of this process's CPU and of the wall clock."""

    cpu: float
    wall: float


def run() -> Iterator[str]:
    """Yield the rows of the table."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with mail_sink() as (port, line):
        settings = _settings(port)
        yield from _compared(settings)
        line.send("how many")
        yield f"mails that the server took in all: {line.recv()}"
    yield from _morning(_recipients_asked())


def _compared(settings: Settings) -> Iterator[str]:
    messages = [_message(number) for number in range(MAILS)]
    mails = [(compose_mail(one, _address(number), SENDER), _address(number)) for number, one in enumerate(messages)]
    ways: dict[str, Callable[[], None]] = {
        "bare smtplib, sendmail": lambda: _bare(settings, mails),
        "handing over what is composed": lambda: _handed_over(settings, mails),
        "the channel: composed, read back, handed over": lambda: _channel(settings, messages),
        "the outbox: claimed, sent by the channel, settled": lambda: _outbox(settings, messages),
    }
    times: dict[str, list[Took]] = {name: [] for name in ways}
    for turn in range(ROUNDS):
        for name in list(ways) if turn % 2 else reversed(ways):
            times[name].append(_timed(ways[name]))
    size = statistics.mean(len(raw) for raw, _ in mails)
    yield f"{MAILS} mails of {size / 1000:.0f} kB over one connection, medians of {ROUNDS} rounds"
    bare = times["bare smtplib, sendmail"]
    for name, taken in times.items():
        cpu = statistics.median(one.cpu / other.cpu for one, other in zip(bare, taken, strict=True))
        wall = statistics.median(one.wall / other.wall for one, other in zip(bare, taken, strict=True))
        rate = MAILS / statistics.median(one.wall for one in taken)
        aim = f", promised {PROMISED}" if name.startswith("handing") else ""
        yield f"{name:50} {rate:7.0f} mails/s   of bare: {cpu:.2f} by CPU, {wall:.2f} by wall clock{aim}"


def _bare(settings: Settings, mails: list[tuple[bytes, str]]) -> None:
    with smtplib.SMTP(settings.smtp.host, settings.smtp.port, local_hostname="bench.example.org") as connection:
        for raw, address in mails:
            connection.sendmail(SENDER, [address], raw)


def _handed_over(settings: Settings, mails: list[tuple[bytes, str]]) -> None:
    channel = EmailChannel(settings)
    for raw, address in mails:
        channel.hand_over(raw, address, sender=SENDER)
    channel.close()


def _channel(settings: Settings, messages: list[Message]) -> None:
    channel = EmailChannel(settings)
    for number, message in enumerate(messages):
        channel.send(message, _address(number))
    channel.close()


def _outbox(settings: Settings, messages: list[Message]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/outbox.db") as store:

        def queue(unit: Unit) -> None:
            for number, message in enumerate(messages):
                unit.outbox.queue(message, _address(number), key=str(number), channel="email", at=_NOW)

        store.write_now(queue)
        _TIMES.begin()
        asyncio.run(_sent(store, settings))


async def _sent(store: Store, settings: Settings) -> int:
    channels = {"email": EmailChannel(settings)}
    counts = await send_due(store, channels, now=lambda: _NOW, worker="bench", lease=timedelta(minutes=3))
    return counts.sent


def _morning(recipients: int) -> Iterator[str]:
    """Compose the digest of one hour for many recipients and hand it to the server."""
    with mail_sink() as (port, line), tempfile.TemporaryDirectory() as folder:
        settings = _settings(port, WATCHES)
        with open_store(f"sqlite:///{folder}/press.db") as store:
            app = App(settings=settings, store=store, home=Path(folder))
            app.synchronise(now=_BEFORE)
            store.write_now(lambda unit: unit.recipients.sync_configured(_people(recipients), at=_BEFORE))
            store.write_now(_publish)
            gc.collect()
            before = _resident()
            began = Took(time.process_time(), time.perf_counter())
            composed = asyncio.run(tell_due(app, now=_NOW))
            made = Took(time.process_time(), time.perf_counter())
            between = _resident()
            sent = asyncio.run(_sent(store, settings))
            done = Took(time.process_time(), time.perf_counter())
            line.send("how many")
            taken = line.recv()
    yield f"{recipients} recipients due at 08:00, {ITEMS} items in {len(WATCHES)} watches, SQLite"
    for what, count, since, until in (("composed", composed, began, made), ("sent", sent, made, done)):
        wall, cpu = until.wall - since.wall, until.cpu - since.cpu
        yield f"{what:10} {count:6} in {wall:7.1f} s ({cpu:.1f} s of CPU), {count / wall:.0f} a second"
    yield f"the server took {taken}"
    yield f"resident memory: {before:.0f} MB before, at most {between:.0f} composing, {_resident():.0f} sending"


def _publish(unit: Unit) -> None:
    """Store the items and let each watch find its share of them."""
    watches = unit.watches.all()
    items = []
    for number in range(ITEMS):
        told = f"Office number {number} opens the register of floods and early warning"
        key = ItemKey(kind=KeyKind.URL, scope="", key=f"press.example/{number}")
        items.append(
            Item(
                title=told,
                url=f"https://press.example/{number}",
                source="office",
                publisher="Press office",
                standing=Standing.OFFICIAL,
                language="en",
                lead=_TEXT * 2,
                text=_TEXT * 10,
                seen_at=_BEFORE + timedelta(hours=1),
                published=Stated(day=date(2026, 11, 21), zone="Asia/Almaty"),
                keys=(key,),
                text_hash=str(number),
                content_hash=str(number),
            )
        )
    for number, saved in enumerate(unit.items.add(items)):
        unit.stories.assign(saved.item.id, Choice(story=None, relation=Relation.NEW), at=_BEFORE)
        hit = Hit(field="title", start=0, end=6, text="Office", term="office")
        watch = watches[number % len(watches)]
        match = Match(item=saved.item.id, watch=watch.id, score=1.0, hits=(hit,))
        unit.matches.record([match], at=_BEFORE + timedelta(hours=1), muted=False)


def _people(count: int) -> list[Recipient]:
    schedule = Schedule(hour=8, minute=0, zone="Asia/Almaty")
    languages = ("en", "ru", "kk")
    return [
        Recipient(address=_address(number), schedule=schedule, language=languages[number % 3])
        for number in range(count)
    ]


def _settings(port: int, watches: tuple[str, ...] = ()) -> Settings:
    entries = "".join(f"  - {{name: {name}, query: '\"office number\" AND {name}'}}\n" for name in watches)
    text = f"""
contact: desk@example.org
packs: []
sources:
  - {{id: office, kind: feed, url: "https://press.example/feed", publisher: Press office}}
smtp: {{host: 127.0.0.1, port: {port}, security: none, sender: {SENDER}, connection_mails: 0}}
""" + (f"watches:\n{entries}" if entries else "")
    return parse_settings(text, {}, read_secret=str)


def _message(number: int) -> Message:
    return Message(
        id=f"digest.2026-11-22.{number}@example.org",
        subject="3 stories: Қызыл Жарты Ай, UNDRR - Sun 22 Nov",
        text=_TEXT * 50,
        html="".join(f"<p>{_TEXT}</p>" for _ in range(150)),
        date=_NOW,
        headers={"List-Id": "<digest.example.org>", "Auto-Submitted": "auto-generated"},
    )


def _address(number: int) -> str:
    return f"reader.{number}@example.org"


def _resident() -> float:
    """The most memory this process had at once so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Stopwatch:
    """Times one way; what is prepared within it is left out by beginning anew."""

    def begin(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def took(self) -> Took:
        return Took(time.process_time() - self._cpu, time.perf_counter() - self._wall)


_TIMES = _Stopwatch()


def _timed(way: Callable[[], None]) -> Took:
    gc.collect()
    _TIMES.begin()
    way()
    return _TIMES.took()


def _recipients_asked() -> int:
    return int(sys.argv[sys.argv.index("--recipients") + 1]) if "--recipients" in sys.argv else RECIPIENTS
