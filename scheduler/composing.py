"""What a recipient would be told in a slot, drawn from one transaction; nothing is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from news.watch.watch import Recipient, Watch
from scheduler.app import App
from scheduler.digest.bars import tally
from scheduler.digest.calendar import ALERTS, CALENDAR, Slot, SlotKind
from scheduler.digest.changed import MOST_REVISED, Beside, with_changes
from scheduler.digest.compose import compose
from scheduler.digest.coverage import LONG_WAIT, USUAL_PERIODS, Coverage, coverage
from scheduler.digest.digest import Digest
from scheduler.digest.editions import awaited_editions
from scheduler.digest.shared import of_moment
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
    closes = slot.kind in CALENDAR or slot.kind is SlotKind.MANUAL
    covered = _covered(unit, app=app, since=since, now=now)
    if closes:
        notices = unit.health.untold(recipient.id, since=recipient.created_at)
        covered = replace(covered, notices=tuple(notices))
    watches = unit.watches.all(enabled_only=True)
    follows = [one for one in watches if not recipient.watches or one.name in recipient.watches]
    numbers = {match.story for match in told if match.story}
    stories = unit.stories.told(
        numbers,
        recipient=recipient.id,
        schedule=schedule or recipient.schedule.name,
        alerts=INSTANT if closes else "",
    )
    digest = compose(
        recipient,
        told,
        covered,
        slot=slot,
        now=now,
        sources=app.settings.sources,
        watches=[one.name for one in follows],
        stories=stories,
        sample=slot.kind is SlotKind.SAMPLE,
        changed=bool(changes),
        lexicon=app.settings.lexicon,
    )
    if digest is None:
        return None
    if closes:
        changes = unit.changes.untold(recipient.id, limit=MOST_REVISED)
        digest = replace(digest, awaited=awaited_editions(unit, told, sources=app.settings.sources, now=now))
    if slot.kind not in ALERTS:
        digest = _with_bars(digest, unit, follows, app=app)
    beside = {change.now.id: _beside(unit, change, follows) for change in changes}
    return with_changes(digest, told, changes, sources=app.settings.sources, beside=beside)


def _covered(unit: Unit, *, app: App, since: datetime, now: datetime) -> Coverage:
    """The coverage of the period since `since`, without what one recipient alone was not told yet."""
    return of_moment(
        app.store,
        now,
        ("coverage", since, unit.visits.newest()),
        lambda: coverage(
            app.settings.sources,
            unit.visits.states(),
            unit.visits.between(since - USUAL_PERIODS * (now - since), now),
            unit.pending.missing(since=since, waiting_since=now - LONG_WAIT),
            since=since,
            now=now,
            conditions=unit.health.conditions(),
            norms=unit.health.all_norms(),
        ),
    )


def _with_bars(digest: Digest, unit: Unit, follows: Sequence[Watch], *, app: App) -> Digest:
    """The digest with four weeks of each watch, and since when those are quiet that found nothing."""
    zone, now = digest.recipient.schedule.zone, digest.now
    key = ("tally", zone, unit.tallies.newest_match())
    counted = of_moment(app.store, now, key, lambda: tally(unit, zone=zone, now=now))
    return replace(digest, bars=counted.bars(follows), last_hits=counted.last_hits_of(follows, digest.quiet))


def _beside(unit: Unit, change: ToldChange, follows: Sequence[Watch]) -> Beside:
    """What stands beside a changed item: the recipient's watches that found it, and editions that say what they did."""
    found_by = set(unit.inquiries.found_by([change.now.id]).get(change.now.id, ()))
    others = [number for number in unit.editions.of_item(change.now.id) if number != change.now.id]
    unchanged = {item.language for item in unit.items.load(others) if not unit.changes.of_item(item.id)}
    return Beside(
        watches=tuple(one.name for one in follows if one.id in found_by),
        unchanged=tuple(sorted(unchanged - {change.now.language})),
    )
