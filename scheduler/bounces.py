"""Reports about mails that came back: from a pipe or a Maildir, to the parcel they are about."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

import structlog

from scheduler.app import App
from scheduler.delivery.bounces import MOST_READ, BounceKind, read_bounce
from scheduler.delivery.refusals import note_complaint, note_refusal
from scheduler.delivery.verp import Returns
from storage import Unit

MOST_AT_ONCE = 100
"""Reports of a Maildir that one tick takes in."""

_log = structlog.get_logger()


class TakenIn(StrEnum):
    """What became of a report. FOREIGN: it names no mail of ours, or claims one that it cannot prove."""

    PAUSED = "paused"
    REFUSED = "refused"
    FINAL = "final"
    LATE = "late"
    UNWANTED = "unwanted"
    NOTHING = "nothing"
    FOREIGN = "foreign"


def take_in_bounce(unit: Unit, raw: bytes, *, returns: Returns, envelope: str, at: datetime) -> TakenIn:
    """Act on one report: settle its parcel as not delivered, count a refusal, pause the recipient where that is due.

    A complaint pauses at once and leaves its parcel as it is: it arrived.

    envelope: the address it was sent to, where the mail server tells; else it is looked for in the report's text.
    """
    text = raw[:MOST_READ].decode("ascii", "replace")
    for ticket in returns.tickets(f"{envelope}\n{text}"):
        parcel = unit.outbox.get(ticket.parcel)
        if parcel is not None and returns.is_true(ticket, parcel.address):
            break
    else:
        return TakenIn.FOREIGN
    bounce = read_bounce(raw)
    _log.info("report on a mail", key=parcel.key, kind=bounce.kind.value, code=bounce.code, said=bounce.said)
    if bounce.kind in (BounceKind.LATE, BounceKind.NOTHING):
        return TakenIn(bounce.kind.value)
    if bounce.kind is BounceKind.UNWANTED:
        note_complaint(unit, parcel, kind=bounce.said, at=at)
        return TakenIn.UNWANTED
    said = bounce.said if bounce.code in bounce.said else f"{bounce.code} {bounce.said}".rstrip()
    unit.outbox.bounced(parcel.id, f"came back: {said}", at=at)
    if bounce.kind is BounceKind.REFUSED and note_refusal(unit, parcel, code=bounce.code, said=said, at=at):
        return TakenIn.PAUSED
    return TakenIn(bounce.kind.value)


async def look_into_maildir(app: App, *, now: datetime) -> int:
    """Take in what lies in new/ of the Maildir of the settings and move it to cur/; return how many there were.

    A file is moved after it was taken in: one that is read twice counts once. A Maildir that cannot be read is logged.
    """
    smtp = app.settings.smtp
    if not smtp.bounces_maildir:
        return 0
    folder, taken = app.path(smtp.bounces_maildir), 0
    returns = Returns(smtp.bounces, app.key)
    try:
        (folder / "cur").mkdir(exist_ok=True)
        files = sorted(file for file in (folder / "new").iterdir() if file.is_file())
    except OSError as error:
        _log.error("the Maildir of bounces cannot be read", folder=str(folder), problem=error.strerror or str(error))
        return 0
    for file in files[:MOST_AT_ONCE]:
        try:
            raw = _beginning_of(file)
            await app.store.write(partial(take_in_bounce, raw=raw, returns=returns, envelope="", at=now))
            file.replace(folder / "cur" / f"{file.name}:2,S")
            taken += 1
        except OSError as error:
            _log.error("a report on a mail cannot be read", file=str(file), problem=error.strerror or str(error))
    return taken


def _beginning_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST_READ)
