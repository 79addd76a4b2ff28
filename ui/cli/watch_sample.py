"""Stored items that a query finds, all of them or, where they are very many, an even sample of the period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from ui.cli.output import counted, progress

if TYPE_CHECKING:
    from news.lexicon import Lexicon
    from news.watch.indexed import IndexedItem
    from news.watch.query import Query
    from news.watch.watch import Hit
    from storage import Unit

    LookAt = Callable[[IndexedItem, Sequence[Hit]], object]

MOST_EXACT = 5_000
"""Candidates up to which all are looked at: about two seconds."""

FEWEST = 300
"""Candidates that a sample has at least, however slow the computer is."""

MOST_STRETCHES = 1_024
"""Into at most so many equal stretches of time a period is cut; a sample is of some of them, evenly spread."""

_IN_A_STRETCH = 50
_TOLD_EVERY = 500
_AT_ONCE = 50


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


def look_through(
    unit: Unit,
    asks: Query,
    look_at: LookAt,
    *,
    since: datetime,
    until: datetime,
    seconds: float,
    lexicon: Lexicon | None = None,
    whole: bool = False,
    same_words: bool = False,
    most: int = MOST_EXACT,
    fewest: int = FEWEST,
) -> Sample:
    """Hand `look_at` the stored items of the period that `asks` finds, each with its hits.

    All of them where `whole` is asked or no more than `most` may be found; else those of stretches evenly spread over
    the period: at least `fewest` candidates, and no new stretch after `seconds`. What is dated later than `until`
    belongs to the period too. same_words: `look_at` asks for no word that `asks` does not, which is quicker.
    """
    candidates = unit.archive.count_candidates(asks, since=since, lexicon=lexicon)
    if candidates:
        progress(f"{counted(candidates, 'item')} at most; counting ...")
    if whole or candidates <= most:
        for number, found in enumerate(unit.archive.matching(asks, since=since, lexicon=lexicon), start=1):
            look_at(found.narrowed if same_words else found.indexed, found.match.hits)
            if number % _TOLD_EVERY == 0:
                progress(f"{counted(number, 'item')} so far, of {candidates} at most ...")
        return Sample(looked_at=candidates, candidates=candidates)
    ends = monotonic() + seconds
    if unit.archive.backlog(1) is not None:
        return _spread(unit, asks, look_at, since=since, ends=ends, lexicon=lexicon)
    looked_at = 0
    for start, end in stretches(since, until, count=_stretches_for(candidates)):
        here = unit.archive.count_candidates(asks, since=start, until=end, lexicon=lexicon)
        looked_at += here
        if here:
            for found in unit.archive.matching(asks, since=start, until=end, lexicon=lexicon):
                look_at(found.narrowed if same_words else found.indexed, found.match.hits)
        if looked_at >= fewest and monotonic() >= ends:
            break
    return Sample(looked_at=looked_at, candidates=max(candidates, looked_at))


def _spread(
    unit: Unit, asks: Query, look_at: LookAt, *, since: datetime, ends: float, lexicon: Lexicon | None
) -> Sample:
    """Every so many-th item of the period, then the one after each: for what is not indexed yet no stretch is quick."""
    from news.watch.matcher import Matcher
    from news.watch.watch import Watch

    matcher = Matcher(lexicon=lexicon)
    matcher.register(Watch(name="", query=""), matcher.compile(asks))
    ids = unit.inquiries.ids_since(since)
    step = -(-len(ids) // _AT_ONCE)
    looked_at = 0
    for first in range(step):
        some = ids[first::step]
        for indexed in unit.archive.indexed(some):
            for match in matcher.matches(indexed):
                look_at(indexed, match.hits)
        looked_at += len(some)
        if monotonic() >= ends:
            break
    return Sample(looked_at=looked_at, candidates=len(ids))


def stretches(since: datetime, until: datetime, *, count: int) -> Iterator[tuple[datetime, datetime | None]]:
    """The period cut into `count` stretches, a power of two; every beginning of the order is spread evenly.

    The last one in time has no end.
    """
    length = (until - since) / count
    digits = count.bit_length() - 1
    for number in range(count):
        at = int(f"{number:0{digits}b}"[::-1], 2)
        yield since + at * length, since + (at + 1) * length if at + 1 < count else None


def _stretches_for(candidates: int) -> int:
    """How many stretches have some fifty candidates each: each stretch is a query of its own."""
    wanted = max(2, min(candidates // _IN_A_STRETCH, MOST_STRETCHES))
    return 1 << (wanted.bit_length() - 1)
