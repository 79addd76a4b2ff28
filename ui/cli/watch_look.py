"""Stored items, the newest first, for whoever tries a watch on them: so many at most, and for so long at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from ui.cli.output import progress

if TYPE_CHECKING:
    from news.item import Item
    from news.lexicon import Lexicon
    from news.watch.watch import Match, Watch
    from storage import Unit

    Reader = Callable[[Callable[[Unit], list[Item]]], list[Item]]

_PAGE = 100
_TOLD_EVERY = 1_000


def newest_items(
    read: Reader,
    *,
    most: int | None = None,
    seconds: float | None = None,
    since: datetime | None = None,
    after: int = 0,
) -> Iterator[Item]:
    """Every stored item, the newest first, page by page.

    most: how many at most. seconds: none is begun later. since: those first seen since. after: ids up to it are left
    out.
    """
    ends = None if seconds is None else monotonic() + seconds
    before: int | None = None
    given = 0
    while most is None or given < most:
        size = _PAGE if most is None else min(_PAGE, most - given)
        page = read(partial(_page, size=size, since=since, before=before))
        for item in page:
            if item.id <= after or (ends is not None and monotonic() > ends):
                return
            yield item
            given += 1
            if given % _TOLD_EVERY == 0:
                progress(f"looked at {given} stored items ...")
        if len(page) < size:
            return
        before = page[-1].id


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


def _page(unit: Unit, *, size: int, since: datetime | None, before: int | None) -> list[Item]:
    return unit.items.newest(size, since=since, before_id=before)
