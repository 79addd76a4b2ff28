"""What a watch would have found among stored items, by the very matcher that alerts (P29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from news.watch.near_misses import NearMisses
from news.watch.trial import Counting, Tally
from scheduler.sampling import Looking, Sample, enough_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from news.lexicon import Lexicon
    from news.watch.query import Query
    from news.watch.watch import Watch
    from scheduler.sampling import LookAt
    from storage import Unit, UnknownWord

DAYS = 90
"""How far back a watch is tried unless something else is asked."""

BROAD = 0.4
"""The share of the stored items above which a watch asks before it is saved (P28)."""

FEWEST_FOR_BROAD = 10
"""Stored items below which a share says nothing yet."""

MOST_MISSED = 5_000
"""Candidates for a near miss up to which all are looked at in the end; of more a sample stays one."""

SECONDS = 0.8
"""By when the first figures are counted. What lies before and after fills the second that they may take in all."""

_FOR_ITSELF = 0.65
"""The part of that time that belongs to what the watch finds; the rest to what it just misses."""

_FEWEST_MISSED = 100


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What is tried: a watch on the stored items of the last `days` days before `now`.

    former: the query that it has now, where it is edited. lexicon: what concepts mean, the shipped one unless given.
    """

    watch: Watch
    now: datetime
    days: int = DAYS
    former: str | None = None
    lexicon: Lexicon | None = None

    @property
    def since(self) -> datetime:
        """From when on items count."""
        return self.now - timedelta(days=self.days)

    @property
    def compared(self) -> bool:
        """Whether it is an edit that changes the query."""
        return self.former is not None and self.former != self.watch.query


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a watch found among the `stored` items of `days` days up to `today`.

    tally: counted over `sample`; its numbers are estimated where that is not exact. near: what it just misses and in
    which languages, over `near_sample`. stories: how many its items tell, among those looked at; in proportion a sample
    has more than there are. compared: whether it is an edit of a watch, so that `tally.gained` and `tally.lost` say
    something. unknown: words that no item has.
    """

    days: int
    today: date
    stored: int
    tally: Tally
    sample: Sample
    stories: int
    near: NearMisses
    near_sample: Sample
    compared: bool = False
    unknown: tuple[UnknownWord, ...] = ()

    @property
    def found(self) -> int:
        """How many items it finds; by estimate where `sample` is not exact."""
        return min(self.sample.of_all(len(self.tally.found)), self.stored)

    @property
    def share(self) -> float:
        """Which part of the stored items that is, 0 to 1."""
        return self.found / self.stored if self.stored else 0.0

    @property
    def broad(self) -> bool:
        """Whether the watch finds so much that its writer is asked first."""
        return self.stored >= FEWEST_FOR_BROAD and self.found > BROAD * self.stored

    @property
    def near_goes_on(self) -> bool:
        """Whether counting on makes the near misses exact too: there are not too many that may be one."""
        return not self.near_sample.exact and self.near_sample.candidates <= MOST_MISSED

    @property
    def done(self) -> bool:
        """Whether counting on would say nothing new."""
        return self.sample.exact and not self.near_goes_on


class TrialRun:
    """A trial over one transaction: first figures, and then the rest; raises QuerySyntaxError where nothing matches."""

    def __init__(self, unit: Unit, tried: Tried) -> None:
        self._began = monotonic()
        self._unit, self._tried = unit, tried
        lexicon = tried.lexicon
        self._counting = Counting(tried.watch.query, former=tried.former, lexicon=lexicon)
        self._near = NearMisses(tried.watch.query, self._counting.query, lexicon)
        self._looking = self._look(self._counting.asks, self._counting.look_at)
        self._looking_near = None if self._near.asks is None else self._look(self._near.asks, self._near.look_at)
        self._stored = unit.inquiries.stored_since(tried.since)
        self._unknown = tuple(unit.spelling.unknown(self._counting.query))

    @property
    def sample(self) -> Sample:
        """How far the count of what the watch finds has come."""
        return self._looking.sample

    def first(self, seconds: float = SECONDS) -> Trial:
        """What is known some `seconds` after the beginning: an even sample, or all where that is soon done."""
        self._looking.go_on(enough_by(self._began + seconds * _FOR_ITSELF))
        if self._looking_near is not None:
            self._looking_near.go_on(enough_by(self._began + seconds, fewest=_FEWEST_MISSED))
        return self._so_far()

    def rest(self, stopped: Callable[[], bool], *, whole: bool = False) -> Trial:
        """Count on until all is looked at, or until `stopped` says so; then what is known by then.

        whole: all near misses too, however many may be one.
        """
        self._looking.go_on(lambda _: stopped())
        near = self._looking_near
        if near is not None and (whole or near.sample.candidates <= MOST_MISSED):
            near.go_on(lambda _: stopped())
        return self._so_far()

    def _look(self, asks: Query, look_at: LookAt) -> Looking:
        tried = self._tried
        return Looking(self._unit, asks, look_at, since=tried.since, lexicon=tried.lexicon, same_words=True)

    def _so_far(self) -> Trial:
        """What is counted by now, as a picture that no later count changes."""
        unit, tried, tally = self._unit, self._tried, self._counting.tally.so_far()
        ids = [one.id for one in tally.found]
        others = {one.id: one.name for one in unit.watches.all(enabled_only=True) if one.id != tried.watch.id}
        tally.cover(unit.inquiries.found_by(ids), others)
        in_stories = unit.inquiries.stories_of(ids)
        near = self._looking_near
        return Trial(
            days=tried.days,
            today=tried.now.date(),
            stored=self._stored,
            tally=tally,
            sample=self._looking.sample,
            stories=len({in_stories.get(id, -id) for id in ids}),
            near=self._near.so_far(),
            near_sample=Sample(looked_at=0, candidates=0) if near is None else near.sample,
            compared=tried.compared,
            unknown=self._unknown,
        )
