"""What is usual for a source, learnt from its own visits: items by kind of day, silences, entries, dates and texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import fmean, median, quantiles
from typing import Any
from zoneinfo import ZoneInfo

from news.health.days import HOLIDAY, KINDS, WORKED, day_kind, day_parts
from news.health.texts import texts_of
from news.source import AnySource
from news.visit import Visit, VisitResult

DAYS_NEEDED = 21
"""Days on which a source was read before its rhythm is called known: three of each weekday."""

SAMPLES_NEEDED = 3
"""Days of one kind, or weeks with news, before they are judged by themselves."""

VISITS_NEEDED = 10
"""Visits that brought a list before a number of entries is called usual."""

TEXTS_NEEDED = 30
"""Texts before a share of them is called usual."""

_SUNDAY = 6


@dataclass(frozen=True, kw_only=True)
class Norms:
    """What is usual for a source; None, or too few `days`, where it is not known yet.

    days: days it was learnt from. rates: new items a day by `day_kind`. silence: the longest silence of a usual week,
    in items that were to be expected meanwhile. entries, fewest: of its list, usually and at least. undated, bare:
    shares of texts without a date, and without any text.
    """

    days: int = 0
    rates: tuple[float | None, ...] = (None,) * KINDS
    silence: float | None = None
    entries: int | None = None
    fewest: int | None = None
    undated: float | None = None
    bare: float | None = None

    @property
    def rhythm_known(self) -> bool:
        """Whether it can be said how many items are to be expected."""
        return self.days >= DAYS_NEEDED

    def rate(self, day: date, country: str) -> float:
        """Items to be expected on a whole day; of a kind seen too seldom, those of the kind most like it."""
        kind = day_kind(day, country)
        known = self.rates[kind]
        if known is None and kind == HOLIDAY:
            known = self.rates[_SUNDAY]
        elif known is None and kind == WORKED:
            known = fmean([rate for rate in self.rates[:5] if rate is not None] or [0.0])
        return known or 0.0

    def expected(self, since: datetime, until: datetime, source: AnySource) -> float:
        """Items to be expected between two instants."""
        parts = day_parts(since, until, source.zone)
        return sum(share * self.rate(day, source.country) for day, share in parts)

    def read_otherwise(self) -> Norms:
        """What stays usual where the source is read under another declaration: its rhythm."""
        return replace(self, entries=None, fewest=None, undated=None, bare=None)

    def as_json(self) -> dict[str, Any]:
        """Plain values, which `from_json` takes back."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Norms:
        """The norms that `as_json` gave."""
        return cls(**{**values, "rates": tuple(values["rates"])})


def learn(visits: Iterable[Visit], source: AnySource, *, reading_since: datetime | None = None, now: datetime) -> Norms:
    """Learn from the visits to one source; the oldest that brought a list is left out, for a first one brings archives.

    Days on which it was never read, and the present day, say nothing of its rhythm. reading_since: when the declaration
    by which it is read was first used; what is usual for the list of another says nothing.
    """
    history = sorted((visit for visit in visits if visit.started_at <= now), key=lambda visit: visit.started_at)
    first = next((number for number, visit in enumerate(history) if visit.result is VisitResult.OK), len(history))
    history = history[first + 1 :]
    lists = [visit for visit in history if visit.result is VisitResult.OK and visit.entries]
    if reading_since is not None:
        lists = [visit for visit in lists if visit.started_at >= reading_since]
    days, rates = _rates(history, source, now)
    rhythm = Norms(days=days, rates=rates)
    texts, undated, bare = texts_of(lists, source)
    enough = len(lists) >= VISITS_NEEDED
    return Norms(
        days=days,
        rates=rates,
        silence=_usual_silence(history, source, rhythm) if rhythm.rhythm_known else None,
        entries=round(median(visit.entries for visit in lists)) if enough else None,
        fewest=round(quantiles((visit.entries for visit in lists), n=20)[0]) if enough else None,
        undated=undated / texts if texts >= TEXTS_NEEDED else None,
        bare=bare / texts if texts >= TEXTS_NEEDED else None,
    )


def _rates(history: Sequence[Visit], source: AnySource, now: datetime) -> tuple[int, tuple[float | None, ...]]:
    """How many whole days were read, and how many items a day of each kind brought."""
    where = ZoneInfo(source.zone)
    new: Counter[date] = Counter()
    visits: Counter[date] = Counter()
    for visit in history:
        if visit.result.answered:
            day = visit.started_at.astimezone(where).date()
            new[day] += visit.new
            visits[day] += 1
    del visits[now.astimezone(where).date()]
    by_kind: dict[int, list[int]] = defaultdict(list)
    for day, count in visits.items():
        if 2 * count >= median(visits.values()):  # on the others it was hardly read
            by_kind[day_kind(day, source.country)].append(new[day])
    rates = tuple(fmean(by_kind[kind]) if len(by_kind[kind]) >= SAMPLES_NEEDED else None for kind in range(KINDS))
    return sum(map(len, by_kind.values())), rates


def _usual_silence(history: Sequence[Visit], source: AnySource, rhythm: Norms) -> float | None:
    """The median over the weeks of the longest silence in each, in expected items; failures make no silence."""
    longest: dict[date, float] = {}
    spoken = [number for number, visit in enumerate(history) if visit.new]
    for earlier, later in pairwise(spoken):
        if all(visit.result.answered for visit in history[earlier:later]):
            ended = history[later].started_at
            silence = rhythm.expected(history[earlier].started_at, ended, source)
            week = (ended - timedelta(days=ended.weekday())).date()
            longest[week] = max(longest.get(week, 0.0), silence)
    return median(longest.values()) if len(longest) >= SAMPLES_NEEDED else None
