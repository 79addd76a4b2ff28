"""A stored item that a query finds, decided by the matcher on the words that are stored of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from news.item import Item
from news.watch.indexed import IndexedItem, index_item
from news.watch.matcher import Matcher
from news.watch.stored import Sought, unpack
from news.watch.watch import Match


@dataclass(frozen=True, kw_only=True)
class Found:
    """A stored item that a query finds, and where; `match.watch` is 0. packed: its words, None where not indexed.

    narrowed: the item as far as any query of the same words needs it; for other queries take `indexed`.
    """

    item: Item
    match: Match
    packed: bytes | None
    narrowed: IndexedItem

    @cached_property
    def indexed(self) -> IndexedItem:
        """The item made ready for any matcher."""
        return unpacked(self.item, self.packed)


def unpacked(item: Item, packed: bytes | None, sought: Sought | None = None) -> IndexedItem:
    """The item with its stored words; with `sought`, only those that its query knows."""
    try:
        return index_item(item) if packed is None else unpack(item, packed, sought)
    except ValueError:
        # What stands there is not of this text: the text itself decides.
        return index_item(item)


def found_in(matcher: Matcher, item: Item, packed: bytes | None, sought: Sought) -> Iterator[Found]:
    """The item, where the one query of `matcher` finds it."""
    narrowed = unpacked(item, packed, sought)
    for match in matcher.matches(narrowed):
        yield Found(item=item, match=match, packed=packed, narrowed=narrowed)
