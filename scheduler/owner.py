"""Looking after the installation itself: disk, database and reader processes, and the mail that tells its owner.

The mail goes through the outbox as any other. Where the database takes nothing any more, the log and, at most once an
hour, a mail without the outbox are the last resort.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from news.errors import DeliveryError, PresswatchError, StorageError
from news.message import Message
from news.trouble import Trouble, TroubleKind
from news.visit import Reason
from scheduler.app import App
from scheduler.delivery.email import EmailChannel, open_email
from scheduler.digest.notes import name_of
from scheduler.owner_letter import is_time, owner_letter
from scheduler.trouble import end_trouble, note_trouble
from storage import Unit

LEAST_FREE = 500_000_000
"""Free bytes below which a disk is called nearly full: some months of news and their backups."""

LEAST_SHARE = 0.02
"""Free share of a disk below which it is called nearly full, however large it is."""

LAST_RESORT_PAUSE = timedelta(hours=1)
READERS_LOOKED_AT = timedelta(minutes=10)
DYING = 3
"""Visits of an hour that failed in a reader process from which on that is told: one alone is its page's fault."""

_log = structlog.get_logger()


class Caretaker:
    """Watches over one installation while its process lives; what it remembers itself may be lost."""

    def __init__(self, app: App, *, clock: Callable[[], datetime]) -> None:
        self._app, self._clock = app, clock
        self._storage_failed: tuple[datetime, str] | None = None
        self._fails_still = False
        self._last_resort: datetime | None = None
        self._readers_next: datetime | None = None

    def saw(self, error: BaseException) -> None:
        """Take note of an error that ended a job: of the database's, the first one since it was well counts."""
        if isinstance(error, StorageError):
            self._storage_failed = self._storage_failed or (self._clock(), str(error))
            self._fails_still = True

    async def look(self) -> None:
        """Look once at everything and tell the owner what there is to tell; called at each tick, and cheap."""
        now, store = self._clock(), self._app.store
        try:
            lasting = await store.read(lambda unit: unit.troubles.lasting())
            await self._settle_database(lasting, now)
            await self._look_at_disk(lasting, now)
            await self._look_at_readers(now)
            await tell_owner(self._app, now=now)
        except StorageError as error:
            self._storage_failed = self._storage_failed or (now, str(error))
            await self._cry_out(now)

    async def _settle_database(self, lasting: list[Trouble], now: datetime) -> None:
        """Write down what was seen of the database; it is well again once that works and no job failed since."""
        seen, self._storage_failed = self._storage_failed, None
        fails, self._fails_still = self._fails_still, False
        known = any(one.kind == TroubleKind.DATABASE for one in lasting)
        if seen is None and not known:
            return
        try:
            await self._app.store.write(lambda unit: _database_trouble(unit, seen, fails, now))
        except StorageError:
            self._storage_failed = seen
            raise

    async def _look_at_disk(self, lasting: list[Trouble], now: datetime) -> None:
        known = {one.about for one in lasting if one.kind == TroubleKind.DISK}
        short = await asyncio.to_thread(short_of_space, self._places())
        if set(short) == known:
            return

        def work(unit: Unit) -> None:
            for place in known - set(short):
                end_trouble(unit, TroubleKind.DISK, at=now, about=place)
            for place in set(short) - known:
                note_trouble(unit, TroubleKind.DISK, short[place], at=now, about=place)

        await self._app.store.write(work)

    async def _look_at_readers(self, now: datetime) -> None:
        if self._readers_next is not None and now < self._readers_next:
            return
        self._readers_next = now + READERS_LOOKED_AT

        def dead(unit: Unit) -> list[str]:
            visits = unit.visits.between(now - timedelta(hours=1), now)
            return [f"{one.source}: {one.detail}" for one in visits if one.reason is Reason.READER_FAILED]

        died = await self._app.store.read(dead)
        if len(died) >= DYING:
            text = "\n".join(dict.fromkeys(died[-5:]))
            await self._app.store.write(lambda unit: note_trouble(unit, TroubleKind.READERS, text, at=now))
        elif not died:
            await self._app.store.write(lambda unit: end_trouble(unit, TroubleKind.READERS, at=now))

    def _places(self) -> list[Path]:
        """The folders whose disks fill: of the database, of what is kept beside it, of mails written as files."""
        app = self._app
        file = app.store.file
        folders = [app.path("var"), app.path(app.settings.delivery.folder), *([file.parent] if file else [])]
        return list(dict.fromkeys(folders))

    async def _cry_out(self, now: datetime) -> None:
        since, problem = self._storage_failed or (now, "")
        _log.critical("the database takes nothing", since=since.isoformat(timespec="seconds"), problem=problem)
        settings = self._app.settings
        if not settings.owner.address or not settings.smtp.host:
            return
        if self._last_resort is not None and now - self._last_resort < LAST_RESORT_PAUSE:
            return
        self._last_resort = now
        trouble = Trouble(id=0, kind=TroubleKind.DATABASE, about="", text=problem, began_at=since, last_at=now)
        message = _letter([trouble], self._app, now=now)
        try:
            channel = open_email(settings, self._app.home)
        except PresswatchError:
            channel = EmailChannel(settings)  # the disk that takes no database may give no key either
        try:
            await asyncio.to_thread(channel.send, message, settings.owner.address)
        except DeliveryError as error:
            _log.critical("the owner could not be told", problem=str(error))
        finally:
            await asyncio.to_thread(channel.close)


async def tell_owner(app: App, *, now: datetime) -> bool:
    """Queue one mail with all that the owner was not told, where there is something and the pause is over."""
    owner = app.settings.owner
    if not owner.address:
        return False
    untold, last_told = await app.store.read(lambda unit: (unit.troubles.untold(), unit.troubles.last_told()))
    if not untold or not is_time(last_told, now=now, pause=owner.pause):
        return False
    letter = _letter(untold, app, now=now)

    def work(unit: Unit) -> bool:
        if unit.troubles.untold() != untold:
            return False  # somebody else told it meanwhile, or there is more: the next tick looks again
        unit.troubles.mark_told(untold, at=now)
        channel = app.settings.default_channel
        return unit.outbox.queue(letter, owner.address, key=f"owner:{letter.id}", channel=channel, at=now)

    return await app.store.write(work)


def _letter(troubles: list[Trouble], app: App, *, now: datetime) -> Message:
    settings = app.settings
    names = {source.id: name_of(source) for source in settings.sources}
    return owner_letter(troubles, settings.owner, names=names, zone=settings.zone, domain=app.domain, now=now)


def short_of_space(folders: list[Path]) -> dict[str, str]:
    """Each folder whose disk is nearly full, once a disk, with how much is left."""
    short: dict[int, tuple[str, str]] = {}
    for folder in folders:
        nearest = next(one for one in (folder, *folder.parents) if one.exists())
        try:
            device, usage = nearest.stat().st_dev, shutil.disk_usage(nearest)
        except OSError:
            continue
        if usage.free < LEAST_FREE or usage.free < usage.total * LEAST_SHARE:
            short.setdefault(device, (str(nearest), f"{usage.free / 1e6:.0f} MB free on the disk of {nearest}"))
    return dict(short.values())


def _database_trouble(unit: Unit, seen: tuple[datetime, str] | None, fails: bool, now: datetime) -> None:
    if seen is not None:
        note_trouble(unit, TroubleKind.DATABASE, seen[1], at=seen[0])
    if not fails:
        end_trouble(unit, TroubleKind.DATABASE, at=now)
