"""What each watch found over four weeks, a day a number, and since when a quiet one is quiet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from news.watch.watch import Watch
from scheduler.digest.digest import Bars
from scheduler.digest.safe import one_line
from storage import Unit

DAYS = 28
"""Days that bars show, the one of the digest included."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Of one moment: stories a day and the newest match of every watch, by its id."""

    stories: Mapping[int, tuple[int, ...]]
    last_hits: Mapping[int, datetime]

    def bars(self, watches: Sequence[Watch]) -> tuple[Bars, ...]:
        """The bars of these watches, in their order; days without a story are 0."""
        none = (0,) * DAYS
        return tuple(Bars(watch=one_line(one.name), days=self.stories.get(one.id, none)) for one in watches)

    def last_hits_of(self, watches: Sequence[Watch], quiet: Sequence[str]) -> dict[str, datetime]:
        """When those of the watches last found something whose names are in `quiet`; none for one that never did."""
        return {one.name: self.last_hits[one.id] for one in watches if one.name in quiet and one.id in self.last_hits}


def tally(unit: Unit, *, zone: str, now: datetime) -> Tally:
    """Count what is recorded up to `now`, in days of `zone`."""
    return Tally(stories=unit.tallies.stories_a_day(day_begins(zone, now=now), now), last_hits=unit.tallies.last_hits())


def day_begins(zone: str, *, now: datetime) -> list[datetime]:
    """When the last `DAYS` days of `zone` began, the present one last; also where a clock change makes one longer."""
    today: date = now.astimezone(ZoneInfo(zone)).date()
    return [
        datetime.combine(today - timedelta(days=back), time(), tzinfo=ZoneInfo(zone))
        for back in range(DAYS - 1, -1, -1)
    ]
