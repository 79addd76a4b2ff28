"""What a change of a watch would have cost: how many more items it would have brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from news.watch.matcher import Matcher
from news.watch.near import either
from news.watch.watch import Watch
from scheduler.sampling import Looking, enough_by
from scheduler.trial import DAYS

if TYPE_CHECKING:
    from news.lexicon import Lexicon
    from news.watch.indexed import IndexedItem
    from news.watch.query import Query
    from news.watch.watch import Hit
    from news.watch.why_change import Change
    from storage import Unit

SECONDS = 1.0
"""How long is counted; after that what was counted is a sample."""


@dataclass(frozen=True, kw_only=True)
class Costed:
    """A change, and how many items of DAYS days it would have added beside those found; estimated unless exact."""

    change: Change
    adds: int
    exact: bool


def cheapest(
    unit: Unit, base: Query, offered: Sequence[Change], *, now: datetime, lexicon: Lexicon | None
) -> Costed | None:
    """The change that adds least to what `base` finds, the first of several; None where none is offered."""
    if not offered:
        return None
    matcher = Matcher(lexicon=lexicon)
    asked = [base, *(one.query for one in offered)]
    for number, query in enumerate(asked, start=1):
        matcher.register(Watch(name="", query="", id=number), matcher.compile(query))
    added = [0] * len(offered)

    def look_at(indexed: IndexedItem, _hits: Sequence[Hit]) -> None:
        met = {watch.id for watch in matcher.matching(indexed)}
        for at in range(len(offered)) if 1 not in met else ():
            added[at] += at + 2 in met

    ends = monotonic() + SECONDS
    since = now - timedelta(days=DAYS)
    looking = Looking(unit, either(asked), look_at, since=since, lexicon=lexicon, same_words=True)
    sample = looking.go_on(enough_by(ends))
    at = min(range(len(offered)), key=added.__getitem__)
    return Costed(change=offered[at], adds=sample.of_all(added[at]), exact=sample.exact)
