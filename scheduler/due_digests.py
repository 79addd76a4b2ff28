"""Which digests of one recipient are due now, drawn from one transaction; nothing is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from news.schedule import is_away, is_quiet
from news.watch.watch import Recipient
from scheduler.app import App
from scheduler.composing import draw_up
from scheduler.digest.calendar import Slot, due_slot, manual_slot
from scheduler.digest.slot_names import due_at, place_of
from scheduler.digest.worth import Closing
from storage import ClosedSlot, Unit

LONGEST_SILENCE = timedelta(days=31)
"""A digest after slots without a mail covers them too, at most so long."""


def digest_due(unit: Unit, *, app: App, recipient: Recipient, now: datetime, closing_now: bool) -> Closing | None:
    """The recipient's digest whose slot is due, with `closing_now` what is untold before its hour."""
    slot = calendar_slot(unit, recipient, now=now)
    name = recipient.schedule.name
    if slot is None and closing_now:
        newest = unit.slots.newest(recipient.id, name)
        slot = manual_slot(now, since=newest.at if newest else None)
    if slot is None:
        return None
    digest = draw_up(unit, app=app, recipient=recipient, schedule=name, slot=slot, now=now)
    return Closing(schedule=name, slot=slot, match_ids=digest.match_ids if digest else (), digest=digest)


def calendar_slot(unit: Unit, recipient: Recipient, *, now: datetime) -> Slot | None:
    """The slot of the calendar to close now; None where none is due, or quiet hours or an absence hold it."""
    schedule = recipient.schedule
    if is_away(recipient, now) or is_quiet(schedule, now):
        return None
    last = unit.slots.last(recipient.id, schedule.name)
    slot = due_slot(
        schedule,
        now=now,
        last=last.name if last else None,
        last_at=last.at if last else None,
        begun=recipient.created_at,
    )
    if slot is None or last is None or last.has_mail:
        return slot
    told = unit.slots.last(recipient.id, schedule.name, mailed=True)
    since = _told_until(recipient, told) if told else recipient.created_at
    return replace(slot, since=max(since or now, now - LONGEST_SILENCE))


def _told_until(recipient: Recipient, told: ClosedSlot) -> datetime:
    due = due_at(recipient.schedule, place_of(told.name))
    return told.at if due is None else min(due, told.at)
