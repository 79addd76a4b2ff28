"""Whether a slot is worth a mail, a note in the database that it passed, or nothing at all. Pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from zoneinfo import ZoneInfo

from news.schedule import tells_empty
from scheduler.digest.calendar import ALERTS, CALENDAR, Slot
from scheduler.digest.digest import Digest


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What closes a slot of a schedule. match_ids: marked as dealt with; digest: None where nothing is told."""

    schedule: str
    slot: Slot
    match_ids: tuple[int, ...] = ()
    digest: Digest | None = None


class Waiting(Enum):
    """There is something to tell, and it waits for its time."""

    WAITS = "waits"


class Worth(StrEnum):
    """What becomes of a slot: a mail, only the fact that it is closed, or nothing, as if it had not come up."""

    MAIL = "mail"
    SILENCE = "silence"
    NOTHING = "nothing"


def worth(closing: Closing) -> Worth:
    """Say what becomes of a slot.

    A slot of the calendar is always closed, so that nothing is told twice; a mail is made of it where there is news,
    a source to give notice of, or the recipient wants to be told on such a day that nothing is new.
    """
    digest, slot = closing.digest, closing.slot
    has_news = digest is not None and bool(digest.stories or digest.additions or digest.revised)
    if has_news:
        return Worth.MAIL
    if slot.kind in CALENDAR and digest is not None:
        schedule = digest.recipient.schedule
        day = slot.at.astimezone(ZoneInfo(schedule.zone)).date()
        speaks = bool(closing.match_ids) or bool(digest.coverage.notices) or tells_empty(schedule, day)
        return Worth.MAIL if speaks else Worth.SILENCE
    if slot.kind in ALERTS and (closing.match_ids or (digest is not None and digest.shown)):
        return Worth.SILENCE
    return Worth.NOTHING
