"""What a watch would have found: tried on the stored items by the very matcher that alerts (P29)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ui.cli.watch_look import newest_items
from ui.cli.watch_sample import Sample, look_through

if TYPE_CHECKING:
    from news.lexicon import Lexicon
    from news.watch.near_misses import NearMisses
    from news.watch.trial import Tally
    from news.watch.watch import Match, Watch
    from storage import Store, Unit, UnknownWord
    from ui.cli.watch_look import Reader

DAYS = 90
"""How far back a watch is tried unless something else is asked."""

BROAD = 0.4
"""The share of the stored items above which a watch asks before it is saved (P28)."""

FEWEST_FOR_BROAD = 10
"""Stored items below which a share says nothing yet."""

MOST_MISSED = 1_500
"""Candidates for a near miss up to which all are looked at."""

SECONDS = 0.5
"""How long a sample is added to; the near misses of a watch have half of that."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a watch found among the `stored` items of `days` days up to `today`.

    tally: counted over `sample`; its numbers are estimated where that is not exact. near: what it just misses and in
    which languages, over `near_sample`. stories: how many its items tell, among those looked at. compared: whether it
    is an edit of a watch, so that `tally.gained` and `tally.lost` say something. unknown: words that no item has.
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


def try_watch(
    store: Store,
    watch: Watch,
    *,
    now: datetime,
    days: int = DAYS,
    former: str | None = None,
    exact: bool = False,
    lexicon: Lexicon | None = None,
    seconds: float = SECONDS,
) -> Trial:
    """Try a watch on what is stored of the last `days` days; raises QuerySyntaxError where it cannot be matched.

    former: the query it has now, where it is edited. exact: look at everything, however long that takes.
    """
    from news.watch.near_misses import NearMisses
    from news.watch.trial import Counting

    since = now - timedelta(days=days)

    def work(unit: Unit) -> Trial:
        counting = Counting(watch.query, former=former, lexicon=lexicon)
        near = NearMisses(watch.query, counting.query, lexicon)
        sample = look_through(
            unit,
            counting.asks,
            counting.look_at,
            since=since,
            until=now,
            seconds=seconds,
            lexicon=lexicon,
            whole=exact,
            same_words=True,
        )
        near_sample = Sample(looked_at=0, candidates=0)
        if near.asks is not None:
            near_sample = look_through(
                unit,
                near.asks,
                near.look_at,
                since=since,
                until=now,
                seconds=seconds / 2,
                lexicon=lexicon,
                whole=exact,
                same_words=True,
                most=MOST_MISSED,
            )
        ids = [one.id for one in counting.tally.found]
        others = {one.id: one.name for one in unit.watches.all(enabled_only=True) if one.id != watch.id}
        counting.tally.cover(unit.inquiries.found_by(ids), others)
        in_stories = unit.inquiries.stories_of(ids)
        return Trial(
            days=days,
            today=now.date(),
            stored=unit.inquiries.stored_since(since),
            tally=counting.tally,
            sample=sample,
            stories=len({in_stories.get(id, -id) for id in ids}),
            near=near,
            near_sample=near_sample,
            compared=former is not None and former != watch.query,
            unknown=tuple(unit.spelling.unknown(counting.query)),
        )

    return store.read_now(work)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a watch finds among items, those first; newest: id of the newest item looked at, 0 where there was none."""

    matches: tuple[Match, ...]
    newest: int


def find_stored(
    read: Reader, watch: Watch, *, since: datetime, after: int = 0, lexicon: Lexicon | None = None
) -> Found:
    """Find what `watch` would have found among the items first seen since `since`, those up to id `after` left out."""
    from news.watch.matcher import Matcher, index_item

    matcher = Matcher([watch], lexicon=lexicon)
    newest = after
    found: list[Match] = []
    for item in newest_items(read, since=since, after=after):
        newest = max(newest, item.id)
        found.extend(replace(match, item=item.id) for match in matcher.matches(index_item(item)))
    return Found(matches=tuple(found), newest=newest)
