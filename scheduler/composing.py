"""What a recipient would be told in a slot, drawn from one transaction; nothing is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from news.watch.watch import Recipient
from scheduler.app import App
from scheduler.digest.calendar import ALERTS, CALENDAR, Slot, SlotKind
from scheduler.digest.changed import MOST_REVISED, with_changes
from scheduler.digest.compose import compose
from scheduler.digest.coverage import LONG_WAIT, USUAL_PERIODS, coverage
from scheduler.digest.digest import Digest
from scheduler.digest.editions import awaited_editions
from storage import ToldChange, ToldMatch, Unit

INSTANT = "instant"
"""Name of the schedule that instant watches are told by; a recipient's own holds their matches too."""

MOST_MATCHES = 2_000
"""Matches that one digest holds at most; the rest follows in the next one, nothing is lost."""

FIRST_PERIOD = timedelta(days=1)
"""The period a digest speaks of where nothing was told before it."""


def draw_up(unit: Unit, *, app: App, recipient: Recipient, schedule: str, slot: Slot, now: datetime) -> Digest | None:
    """Compose what `recipient` would be told in `slot`, and write nothing down."""
    told = unit.matches.untold(recipient, schedule, limit=MOST_MATCHES)
    return compose_from(unit, told, app=app, recipient=recipient, slot=slot, now=now)


def compose_from(
    unit: Unit,
    told: Sequence[ToldMatch],
    *,
    app: App,
    recipient: Recipient,
    slot: Slot,
    now: datetime,
    schedule: str = "",
    changes: Sequence[ToldChange] = (),
) -> Digest | None:
    """Compose a digest of these matches, and of what changed since it was told, with the coverage of its period.

    schedule: by which it is told, if not by the recipient's own. changes: those that an alert tells.
    """
    if slot.kind in ALERTS and not told and not changes:
        return None
    since = slot.since or now - FIRST_PERIOD
    visits = unit.visits.between(since - USUAL_PERIODS * (now - since), now)
    articles = unit.pending.missing(since=since, waiting_since=now - LONG_WAIT)
    closes = slot.kind in CALENDAR or slot.kind is SlotKind.MANUAL
    covered = coverage(
        app.settings.sources,
        unit.visits.states(),
        visits,
        articles,
        since=since,
        now=now,
        conditions=unit.health.conditions(),
        norms=unit.health.all_norms(),
        notices=unit.health.untold(recipient.id, since=recipient.created_at) if closes else (),
    )
    watches = [watch.name for watch in unit.watches.all(enabled_only=True)]
    follows = [name for name in watches if not recipient.watches or name in recipient.watches]
    numbers = {match.story for match in told if match.story}
    stories = unit.stories.told(numbers, recipient=recipient.id, schedule=schedule or recipient.schedule.name)
    digest = compose(
        recipient,
        told,
        covered,
        slot=slot,
        now=now,
        sources=app.settings.sources,
        watches=follows,
        stories=stories,
        sample=slot.kind is SlotKind.SAMPLE,
        changed=bool(changes),
    )
    if digest is None:
        return None
    if closes:
        changes = unit.changes.untold(recipient.id, limit=MOST_REVISED)
        digest = replace(digest, awaited=awaited_editions(unit, told, sources=app.settings.sources, now=now))
    return with_changes(digest, told, changes, sources=app.settings.sources)
