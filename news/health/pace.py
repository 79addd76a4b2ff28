"""How often a site asks to be visited: its caching headers, and what its feed says of itself. Pure.

Only ever a lower bound, and within reason: a server that calls a list fresh for a year does not publish once a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

LONGEST = 4
"""Declared pauses that no wish of the site's makes longer."""

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """What a feed says of itself: RSS `ttl` or the syndication module's period, `skipHours` and `skipDays` (in GMT).

    pause: between two visits, None where it says nothing. hours: 0 to 23; days: 0 (Monday) to 6.
    """

    pause: timedelta | None = None
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """The pace as plain values."""
        pause = None if self.pause is None else self.pause.total_seconds()
        return {"pause": pause, "hours": sorted(self.hours), "days": sorted(self.days)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Pace:
        """The pace that `as_json` gave."""
        pause = None if values["pause"] is None else timedelta(seconds=values["pause"])
        return cls(pause=pause, hours=frozenset(values["hours"]), days=frozenset(values["days"]))


UNSAID = Pace()
"""Of a feed that says nothing."""


def not_before(now: datetime, every: timedelta, *, pace: Pace, fresh_for: timedelta | None) -> datetime:
    """Before when a site does not wish the next visit; never later than LONGEST declared pauses from now.

    fresh_for: how long its server called its answer fresh, None where it did not.
    """
    asked = [pause for pause in (pace.pause, fresh_for) if pause is not None]
    latest = now + LONGEST * every
    moment = min(now + max(asked, default=timedelta()), latest)
    while moment < latest and _skipped(moment, pace):
        moment = (moment + _HOUR).replace(minute=0, second=0, microsecond=0)
    return min(moment, latest)


def _skipped(moment: datetime, pace: Pace) -> bool:
    there = moment.astimezone(UTC)
    return there.hour in pace.hours or there.weekday() in pace.days
