"""What `presswatch doctor` looks at: each check answers with a finding and what to do, and changes nothing."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from crawler.read.page import Page
from crawler.readers import Readers
from news.dates import assert_zone_data
from news.errors import DeliveryError, PresswatchError
from news.settings import Settings
from news.source import FeedSource
from news.trouble import Trouble, TroubleKind
from scheduler.app import App
from scheduler.delivery import channel_doubts
from scheduler.delivery.email import EmailChannel
from scheduler.owner import LEAST_FREE
from ui.cli.doubts import template_doubts
from ui.cli.opened import right_now
from ui.cli.output import counted

_NAME_TIMEOUT = 5.0
_NAMES_TRIED = 3
_READERS_TIMEOUT = 30.0
_TINY_FEED = b'<rss version="2.0"><channel><title>x</title><item><title>x</title></item></channel></rss>'


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the doctor's answer.

    remedy: what to do where it is not right. known: whether it could be looked at at all.
    """

    what: str
    right: bool
    told: str
    remedy: str = ""
    known: bool = True


def check_zone_data() -> Finding:
    """Whether this machine knows Kazakhstan's change of 2024 (P27)."""
    try:
        assert_zone_data()
    except PresswatchError as error:
        return Finding(what="time zones", right=False, told="out of date", remedy=str(error))
    return Finding(what="time zones", right=True, told="Kazakhstan is UTC+5 since 1 March 2024")


def check_contact(settings: Settings) -> Finding:
    """Whether the contact is somebody's and not the example's."""
    host = settings.contact.rpartition("@")[2] if "@" in settings.contact else urlsplit(settings.contact).hostname or ""
    if host.split(".")[-2:][0] == "example":
        remedy = "Set contact to a mail address or web page of yours: sites that are read must know whom to ask."
        return Finding(what="contact", right=False, told=f"still the example, {settings.contact}", remedy=remedy)
    return Finding(what="contact", right=True, told=settings.contact)


def check_entries(settings: Settings) -> Finding:
    """Whether there is something to read, to look for and somebody to tell."""
    counts = {
        "source": sum(source.enabled for source in settings.sources),
        "recipient": sum(recipient.enabled for recipient in settings.recipients),
    }
    missing = [f"{name}s" for name, count in counts.items() if not count]
    listed = [counted(count, name) for name, count in counts.items()]
    told = ", ".join([*listed, counted(len(settings.watches), "watch", "watches")])
    remedy = f"config.yaml names no {' and no '.join(missing)} that are enabled." if missing else ""
    return Finding(what="settings", right="sources" not in missing, told=told, remedy=remedy)


def check_templates(settings: Settings, home: Path) -> Finding:
    """Whether the owner's own templates of digests can be used."""
    found = template_doubts(settings, home)
    if not found:
        return Finding(what="templates", right=True, told=settings.delivery.templates)
    remedy = "Mend it, or take delivery.templates out; until then digests are written with the shipped templates."
    return Finding(what="templates", right=False, told="; ".join(found), remedy=remedy)


def check_database(app: App) -> Finding:
    """Whether the database answers and takes a write."""
    items = app.store.write_now(lambda unit: unit.items.count())
    watches = app.store.read_now(lambda unit: len(unit.watches.all()))
    return Finding(
        what="database", right=True, told=f"{counted(items, 'item')} and {counted(watches, 'watch', 'watches')} stored"
    )


def check_folder(what: str, folder: Path) -> Finding:
    """Whether a folder, or the nearest one above it that exists, can be written and its disk has room."""
    nearest = next(one for one in (folder, *folder.parents) if one.exists())
    try:
        # Rights alone do not tell: a read-only disk, /proc and a file in a folder's place refuse root as well.
        with TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        told = f"{folder} cannot be written: {error.strerror}"
        remedy = f"Let this user write in {nearest}, or name another folder."
        return Finding(what=what, right=False, told=told, remedy=remedy)
    free = shutil.disk_usage(nearest).free
    if free < LEAST_FREE:
        remedy = f"Free some space on the disk of {nearest}."
        return Finding(what=what, right=False, told=f"only {free / 1e6:.0f} MB free", remedy=remedy)
    return Finding(what=what, right=True, told=f"{folder}, {free / 1e9:.1f} GB free")


def check_mail(settings: Settings) -> Finding:
    """Whether the mail server lets us in; no mail is sent."""
    if not settings.smtp.host:
        told = f"no mail server set, digests become files in {settings.delivery.folder}"
        return Finding(what="mail", right=True, told=told)
    channel = EmailChannel(settings)
    try:
        channel.log_in()
    except DeliveryError as error:
        remedy = "Check smtp.host, port, security, username and the password."
        return Finding(what="mail", right=False, told=str(error), remedy=remedy)
    finally:
        channel.close()
    return Finding(what="mail", right=True, told=f"{settings.smtp.host}:{settings.smtp.port} lets us in")


def check_channels(settings: Settings) -> Iterator[Finding]:
    """Whether each channel of config.yaml can work as it is configured; nothing is sent."""
    places = {channel.name: channel.place for channel in settings.channels}
    for name, doubt in channel_doubts(settings).items():
        told = doubt or f"goes to {places[name]}"
        remedy = f"Correct the entry {name} under channels in config.yaml." if doubt else ""
        yield Finding(what=f"channel {name}", right=not doubt, told=told, remedy=remedy)


def check_troubles(troubles: Iterable[Trouble]) -> Iterator[Finding]:
    """What the running program noted of itself and is not over; how sources do, `source list` tells."""
    for one in troubles:
        if one.kind not in (TroubleKind.SOURCE, TroubleKind.OFFLINE):
            remedy = f"So since {one.began_at:%Y-%m-%d %H:%M} UTC; it ends by itself once its cause is mended."
            yield Finding(what=one.kind, right=False, told=one.text.replace("\n", "; "), remedy=remedy)


def check_names(settings: Settings) -> Finding:
    """Whether the names of some sources, or of the proxy that would resolve them, are found."""
    proxy = urlsplit(settings.crawler.proxy).hostname
    hosts = [proxy] if proxy else _hosts(settings)[:_NAMES_TRIED]
    lost = [host for host in hosts if not _resolves(host)]
    if not lost:
        return Finding(what="names", right=True, told=f"found: {', '.join(hosts)}" if hosts else "no source to look up")
    if len(lost) == len(hosts):
        remedy = "Looks like no internet or a proxy. Set a proxy in config.yaml, crawler.proxy."
    else:
        remedy = "Check the addresses of these sources."
    return Finding(what="names", right=False, told=f"not found: {', '.join(lost)}", remedy=remedy)


def check_readers(settings: Settings) -> Finding:
    """Whether a reader process starts and reads a page."""
    try:
        count = asyncio.run(_read_elsewhere(settings))
    except (PresswatchError, OSError, TimeoutError) as error:
        remedy = "Raise readers.memory_mb or readers.deadline; see that this user may start processes."
        return Finding(
            what="readers", right=False, told=f"none could be used: {error or 'no answer in time'}", remedy=remedy
        )
    return Finding(what="readers", right=count == 1, told="a reader process starts and reads")


async def _read_elsewhere(settings: Settings) -> int:
    readers = Readers(settings.readers.model_copy(update={"inline_below": 0}))
    source = FeedSource(id="doctor", url="https://doctor.invalid/feed", publisher="doctor", language="en")
    page = Page(url=source.url, body=_TINY_FEED, content_type="application/rss+xml", fetched_at=right_now())
    try:
        return len((await asyncio.wait_for(readers.read(page, source), _READERS_TIMEOUT)).drafts)
    finally:
        await readers.close()


def _hosts(settings: Settings) -> list[str]:
    hosts = (urlsplit(source.url).hostname for source in settings.sources if source.enabled)
    return list(dict.fromkeys(host for host in hosts if host))


def _resolves(host: str) -> bool:
    """Look the name up, some seconds at most; a lookup that hangs is left to a thread that dies with the program."""
    answer: Future[Any] = Future()

    def look_up() -> None:
        try:
            answer.set_result(socket.getaddrinfo(host, None))
        except OSError as error:
            answer.set_exception(error)

    Thread(target=look_up, daemon=True).start()
    try:
        return bool(answer.result(_NAME_TIMEOUT))
    except (OSError, Late):
        return False
