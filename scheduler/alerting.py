"""What a recipient is to be alerted to now, drawn from one transaction; nothing is written down.

A story is told at once when it is new, and again only for a later version of substance: of an item that was told, or an
item that its publisher put in another's place. What else comes to it waits for the recipient's digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from news.schedule import quiet_ended
from news.story import Relation
from news.watch.watch import Mode, Recipient, ScheduleKind
from scheduler.app import App
from scheduler.composing import INSTANT, MOST_MATCHES, compose_from
from scheduler.digest.alerts import WINDOW, alert_slot
from scheduler.digest.calendar import instant_slot
from scheduler.digest.changed import MOST_REVISED
from scheduler.digest.worth import Closing, Waiting
from storage import ToldMatch, Unit


def alerting_schedule(recipient: Recipient) -> str:
    """The name of the schedule that alerts are told by: whoever has no calendar is told everything by their own."""
    return recipient.schedule.name if is_alerted_only(recipient) else INSTANT


def due_alert(unit: Unit, *, app: App, recipient: Recipient, now: datetime) -> Closing | Waiting | None:
    """Return what goes out at once; WAITS where that is at the next roll-up, None where there is nothing.

    Where nothing of it is news the slot is there to mark the matches as dealt with, and has no digest.
    """
    schedule = alerting_schedule(recipient)
    mode = None if is_alerted_only(recipient) else Mode.INSTANT
    found = unit.matches.untold(recipient, schedule, limit=MOST_MATCHES, mode=mode)
    changes = unit.changes.untold(recipient.id, limit=MOST_REVISED, alerted_by=schedule)
    if not found and not changes:
        return None
    ids = tuple(one.match_id for one in found)
    news = _news(unit, found, recipient=recipient, schedule=schedule)
    last = unit.slots.newest(recipient.id, schedule)
    since = last.at if last else None
    if not news and not changes:
        return Closing(schedule=schedule, slot=instant_slot(now, since=since), match_ids=ids)
    slot = alert_slot(
        unit.slots.alerts(recipient.id, schedule, since=now - WINDOW, until=now),
        now=now,
        since=since,
        waited_from=min([*(one.recorded_at for one in news), *(one.now.seen_at for one in changes)]),
        quiet_until=quiet_ended(recipient.schedule, now),
        most=app.settings.delivery.alerts_an_hour,
    )
    if slot is None:
        return Waiting.WAITS
    digest = compose_from(
        unit, news, app=app, recipient=recipient, slot=slot, now=now, schedule=schedule, changes=changes
    )
    return Closing(schedule=schedule, slot=slot, match_ids=ids, digest=digest)


def is_alerted_only(recipient: Recipient) -> bool:
    """Whether the recipient has no calendar and is told whatever their watches find at once."""
    return recipient.schedule.kind is ScheduleKind.INSTANT


def _news(unit: Unit, found: Sequence[ToldMatch], *, recipient: Recipient, schedule: str) -> list[ToldMatch]:
    """The matches that are told at once: of new stories, and of later versions of such as were told."""
    numbers = {match.story for match in found if match.story}
    stories = unit.stories.told(numbers, recipient=recipient.id, schedule=schedule)
    news = []
    for match in found:
        before = stories[match.story].before if match.story in stories else None
        if before is None or (match.relation is Relation.UPDATE and before.goes_on([match.item.id])):
            news.append(match)
    return news
