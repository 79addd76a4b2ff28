"""Who may have something to be told: asked of counters and of the calendar, so that an idle tick asks nobody's rows.

What was found to be nothing stays so until a counter grows or a slot falls due; only that is remembered, in the memory
of one process, and losing it costs one look at everybody. What a look found is never remembered: it is in the database.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from news.watch.watch import Mode, Recipient, Schedule, Watch
from scheduler.alerting import is_alerted_only
from scheduler.app import App
from scheduler.digest.calendar import newest_due
from scheduler.digest.slot_names import Place
from scheduler.every_watch import every_watch
from scheduler.everybody import everybody
from storage import WATCHES, Unit, found_by


@dataclass(kw_only=True)
class Looked:
    """Under which states nothing was found to tell, by recipient and schedule: one state each."""

    at: dict[tuple[int, str], Hashable] = field(default_factory=dict)

    def is_known(self, recipient: Recipient, schedule: str, state: Hashable) -> bool:
        """Whether there was nothing to tell in this very state."""
        return self.at.get((recipient.id, schedule)) == state

    def remember(self, recipient: Recipient, schedule: str, state: Hashable) -> None:
        """Note that there was nothing to tell, or nothing is left."""
        self.at[recipient.id, schedule] = state


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who is told at one moment. stopped: (recipient id, schedule) of those who want no more of it.

    numbers: `Unit.revisions`, read before anything that they stand for.
    """

    people: Sequence[Recipient]
    stopped: Collection[tuple[int, str]]
    watches: Sequence[Watch]
    numbers: Mapping[str, int]
    now: datetime
    _alerts: dict[tuple[tuple[str, ...], bool], Hashable] = field(default_factory=dict)
    _slots: dict[Schedule, Place | None] = field(default_factory=dict)

    def wants(self, recipient: Recipient, schedule: str) -> bool:
        """Whether the recipient has not stopped this schedule."""
        return (recipient.id, schedule) not in self.stopped

    def alerts(self, recipient: Recipient) -> Hashable | None:
        """The state that alerts of this recipient depend on; None where they have none."""
        key = recipient.watches, is_alerted_only(recipient)
        if key not in self._alerts:
            self._alerts[key] = self._alerts_of(*key)
        return self._alerts[key]

    def slot(self, recipient: Recipient) -> Hashable | None:
        """The state that the recipient's digest depends on: their newest slot that was due; None where none was yet."""
        schedule = recipient.schedule
        if schedule not in self._slots:
            newest = newest_due(schedule, self.now)
            self._slots[schedule] = newest[0] if newest is not None else None
        place = self._slots[schedule]
        return None if place is None else (place, schedule, recipient.created_at)

    def _alerts_of(self, names: Sequence[str], alerted_only: bool) -> Hashable | None:
        follows = [
            one
            for one in self.watches
            if (alerted_only or one.mode is Mode.INSTANT) and (not names or one.name in names)
        ]
        if not follows and not alerted_only:
            return None
        # Each number only grows, so of the same watches the sum stays the same only where all of them do.
        return self.numbers.get(WATCHES, 0), names, sum(self.numbers.get(found_by(one.id), 0) for one in follows)


def audience(unit: Unit, *, app: App, now: datetime) -> Audience:
    """Return who is told now, from a reading transaction."""
    numbers = unit.revisions.all()
    silent = unit.subscriptions.silent()
    return Audience(
        people=[one for one in everybody(unit, app.store) if one.enabled and one.id not in silent],
        stopped=unit.subscriptions.stopped(),
        watches=every_watch(unit, app.store).enabled,
        numbers=numbers,
        now=now,
    )
