"""Which stored item an arriving one is: decided here, without a database, from the keys that both have.

The keys are asked in the order native id, address, guid, text. A wrong "the same" loses a release for good, a wrong
"new" only shows an item twice in one story; so each weaker key needs more to be believed:

native  always
url     unless both have native ids in one scope and these differ (true of every key below, too); but the same headline
        and text at the same address under another id is what a site has numbered anew
guid    while its source gave it to one address only; with another address only under the same title (a slug was
        mended), else the source reuses guids, and this one is never believed again
text    within one source; with another address only with a body and the same stated day (a site that moved)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from news.item import Item, ItemKey, KeyKind

_ORDER = {kind: place for place, kind in enumerate(KeyKind)}


@dataclass(slots=True, kw_only=True)
class Known:
    """What recognising needs of a stored item. dropped: it was one, and there is no row of it in `items` any more.

    id is 0 while the item waits to be inserted with its batch.
    """

    id: int
    source: str
    title: str
    day: date | None
    content_hash: str
    version: int
    text_hash: str = ""
    dropped: bool = False
    addresses: set[str] = field(default_factory=set)
    natives: dict[str, set[str]] = field(default_factory=dict)

    def note(self, key: ItemKey) -> None:
        """Remember a key that other items are compared with."""
        if key.kind is KeyKind.URL:
            self.addresses.add(key.key)
        elif key.kind is KeyKind.NATIVE:
            self.natives.setdefault(key.scope, set()).add(key.key)


class Register:
    """Who holds which key, for one batch: the stored holders, and the batch's own items as they are entered."""

    def __init__(self) -> None:
        self.holders: dict[ItemKey, Known] = {}
        self.shared: set[ItemKey] = set()
        self.newly_shared: list[ItemKey] = []
        self.added: list[tuple[ItemKey, Known]] = []

    def recognise(self, item: Item) -> Known | None:
        """The stored item or earlier item of this batch that `item` is; None for a new one."""
        for key in sorted(item.keys, key=lambda one: _ORDER[one.kind]):
            holder = self.holders.get(key)
            if holder is None or (_other_native(item, holder) and not _renumbered(key, item, holder)):
                continue
            if self._believed(key, item, holder):
                return holder
        return None

    def enter(self, item: Item) -> tuple[Known, str]:
        """Take in a new item; gives its identity too: the strongest of its keys that nobody holds."""
        day = item.published.day if item.published else None
        known = Known(
            id=0,
            source=item.source,
            title=item.title,
            day=day,
            content_hash=item.content_hash,
            version=1,
            text_hash=item.text_hash,
        )
        free = [key for key in sorted(item.keys, key=lambda one: _ORDER[one.kind]) if key not in self.holders]
        if free:
            identity = f"{free[0].kind} {free[0].scope} {free[0].key}"
        else:
            identity = f"content {item.source} {item.content_hash}"
        return known, identity

    def add_keys(self, known: Known, keys: Iterable[ItemKey]) -> None:
        """Give `known` those of the keys that nobody holds yet."""
        for key in keys:
            if key not in self.holders:
                self.holders[key] = known
                self.added.append((key, known))
                known.note(key)

    def _believed(self, key: ItemKey, item: Item, holder: Known) -> bool:
        addresses = {one.key for one in item.keys if one.kind is KeyKind.URL}
        elsewhere = bool(addresses and holder.addresses and not addresses & holder.addresses)
        if key.kind is KeyKind.GUID:
            if key in self.shared:
                return False
            if elsewhere and _bare(item.title) != _bare(holder.title):
                self.shared.add(key)
                self.newly_shared.append(key)
                return False
            return True
        if key.kind is KeyKind.TEXT:
            day = item.published.day if item.published else None
            same_day = day is not None and day == holder.day
            return item.source == holder.source and (not elsewhere or (bool(item.text or item.lead) and same_day))
        return True


def _other_native(item: Item, holder: Known) -> bool:
    """Whether the publisher itself numbers the two differently."""
    return any(
        key.kind is KeyKind.NATIVE and key.key not in holder.natives.get(key.scope, {key.key}) for key in item.keys
    )


def _renumbered(key: ItemKey, item: Item, holder: Known) -> bool:
    """Whether it is word for word what its source showed at the same address under another id."""
    return (
        key.kind is KeyKind.URL
        and item.source == holder.source
        and bool(item.text_hash)
        and item.text_hash == holder.text_hash
    )


def _bare(title: str) -> str:
    return " ".join(title.casefold().split())
