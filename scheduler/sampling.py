"""Stored items that a query finds, looked at in portions that are spread evenly over a period.

Whatever part of them was looked at is a sample of all; once it is all of them, what was counted is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

from news.watch.matcher import Matcher
from news.watch.watch import Watch

if TYPE_CHECKING:
    from news.lexicon import Lexicon
    from news.watch.indexed import IndexedItem
    from news.watch.query import Query
    from news.watch.watch import Hit
    from storage import Unit

    LookAt = Callable[[IndexedItem, Sequence[Hit]], object]

FEWEST = 300
"""Candidates that a sample has at least, however slow the computer is: a share is then right to some 6 points."""

PORTION = 100
"""Candidates looked at before it is asked again whether that is enough: some 25 ms."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """How many of the items that may count were looked at."""

    looked_at: int
    candidates: int

    @property
    def exact(self) -> bool:
        """Whether it was all of them."""
        return self.looked_at >= self.candidates

    def of_all(self, among_looked_at: int) -> int:
        """How many there are of what was counted, in all: by estimate unless the sample is exact."""
        return among_looked_at if self.exact else round(among_looked_at * self.candidates / max(self.looked_at, 1))


class Looking:
    """Hands `look_at` the stored items of the time since that `asks` finds, each once and with its hits.

    What is dated later than now belongs to the period too. same_words: `look_at` asks for no word that `asks` does not
    have, which is quicker.
    """

    def __init__(
        self,
        unit: Unit,
        asks: Query,
        look_at: LookAt,
        *,
        since: datetime,
        lexicon: Lexicon | None = None,
        same_words: bool = False,
    ) -> None:
        # While a part of the archive is not indexed yet, nothing names the candidates: each item may be one.
        waits = unit.archive.backlog(1) is not None
        portions = _every_item if waits else _candidates
        self._portions = portions(unit, asks, look_at, since=since, lexicon=lexicon, same_words=same_words)
        self.sample = Sample(looked_at=0, candidates=next(self._portions))

    def go_on(self, enough: Callable[[Sample], bool]) -> Sample:
        """Look at portion after portion until `enough` says so of the sample, or until nothing is left."""
        while not self.sample.exact and not enough(self.sample):
            looked_at = self.sample.looked_at + next(self._portions)
            self.sample = Sample(looked_at=looked_at, candidates=self.sample.candidates)
        return self.sample


def enough_by(ends: float, *, fewest: int = FEWEST) -> Callable[[Sample], bool]:
    """Enough for `Looking.go_on` as soon as `fewest` were looked at and the monotonic clock is past `ends`, seconds."""
    return lambda sample: sample.looked_at >= fewest and monotonic() >= ends


def spread(things: Sequence[int], size: int = PORTION) -> Iterator[Sequence[int]]:
    """All of `things`, each once, in portions of some `size` that are each spread evenly over their order.

    One is drawn from each of `size` stretches, always the same ones: every so many-th would be of one source where
    sources take turns.
    """
    length = -(-len(things) // size)
    chance = Random(0)
    stretches = [
        chance.sample(things[start : start + length], k=min(length, len(things) - start))
        for start in range(0, len(things), max(length, 1))
    ]
    for number in range(length):
        yield [stretch[number] for stretch in stretches if number < len(stretch)]


def _candidates(
    unit: Unit, asks: Query, look_at: LookAt, *, since: datetime, lexicon: Lexicon | None, same_words: bool
) -> Iterator[int]:
    """How many may be found, and then of each portion how many it had."""
    sifting = unit.archive.sift(asks, since=since, lexicon=lexicon)
    yield len(sifting.docs)
    for some in spread(sifting.docs):
        for found in sifting.look_at(some):
            look_at(found.narrowed if same_words else found.indexed, found.match.hits)
        yield len(some)


def _every_item(
    unit: Unit, asks: Query, look_at: LookAt, *, since: datetime, lexicon: Lexicon | None, same_words: bool
) -> Iterator[int]:
    """The like of every item of the time, indexed or not."""
    del same_words
    matcher = Matcher(lexicon=lexicon)
    matcher.register(Watch(name="", query=""), matcher.compile(asks))
    ids = unit.inquiries.ids_since(since)
    yield len(ids)
    for some in spread(ids):
        for indexed in unit.archive.indexed(some):
            for match in matcher.matches(indexed):
                look_at(indexed, match.hits)
        yield len(some)
