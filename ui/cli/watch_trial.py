"""What a watch would have found: tried on the stored items by the very matcher that alerts (P29)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ui.cli.watch_look import newest_items

if TYPE_CHECKING:
    from news.item import Item
    from news.lexicon import Lexicon
    from news.watch.watch import Match, Watch
    from storage import Store
    from ui.cli.watch_catch import Catch
    from ui.cli.watch_look import Reader

MOST_TRIED = 3_000
"""Newest items a trial looks at: some seconds. What lies further back is estimated, and the estimate is called one."""

BROAD = 0.4
"""The share of the archive above which a watch asks before it is saved (P28)."""

FEWEST_FOR_BROAD = 10
"""Stored items below which a share says nothing yet."""

_EXAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a watch found among the `tried` newest of `stored` items.

    examples: the newest of them. catch: what it can catch; None where that was not asked.
    """

    found: int
    tried: int
    stored: int
    examples: tuple[Item, ...] = ()
    catch: Catch | None = None

    @property
    def broad(self) -> bool:
        """Whether the watch finds so much that its writer is asked first."""
        return self.tried >= FEWEST_FOR_BROAD and self.found > BROAD * self.tried

    @property
    def estimate(self) -> int | None:
        """How many the whole archive would hold; None where all of it was tried, for then `found` is exact."""
        return None if self.tried >= self.stored else round(self.found / self.tried * self.stored)

    def sentence(self) -> str:
        """Say it in words; an estimate is labelled as one."""
        if not self.stored:
            return "Nothing is stored yet to try it on."
        share = f"{self.found / self.tried:.0%}"
        if self.estimate is None:
            return f"It finds {self.found} of the {self.stored} stored items ({share})."
        return (
            f"It finds {self.found} of the newest {self.tried} stored items ({share}); "
            f"by estimate about {self.estimate} of all {self.stored}."
        )


def try_watch(
    store: Store, watch: Watch, *, now: datetime, lexicon: Lexicon | None = None, most: int = MOST_TRIED
) -> Trial:
    """Match `watch` against the newest `most` stored items; raises QuerySyntaxError where it cannot be matched."""
    from news.watch.matcher import index_item
    from ui.cli.watch_catch import Catching

    catching = Catching(lexicon, now=now)
    asked = catching.ask(watch.query)
    found = tried = 0
    examples: list[Item] = []
    for item in newest_items(store.read_now, most=most):
        tried += 1
        if catching.look_at(index_item(item)):
            found += 1
            if len(examples) < _EXAMPLES:
                examples.append(item)
    stored = max(store.read_now(lambda unit: unit.items.count()), tried)
    catch = catching.answer(asked, stored=stored)
    return Trial(found=found, tried=tried, stored=stored, examples=tuple(examples), catch=catch)


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
