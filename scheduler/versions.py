"""What intake keeps of a version: what it changed, a copy of what was received, and when its page is read again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from news.changes import Change, ChangeKind, classify
from news.item import Item, Outcome, Saved
from news.received import CopyOf
from news.revisit import first_revisit
from scheduler.prepare import Compared, Ready
from storage import Store, Unit


async def compared(store: Store, batch: Sequence[Ready]) -> list[Ready]:
    """Compare what seems to be another version of a stored item with that one, before the transaction that stores it.

    It takes milliseconds an item, in which no other writer should have to wait.
    """
    stored = await store.read(lambda unit: unit.items.replaced_by([one.item for one in batch]))
    return await asyncio.to_thread(_all_compared, batch, stored) if any(stored) else list(batch)


def note_version(unit: Unit, ready: Ready, saved: Saved, *, found: bool, told: bool, now: datetime) -> None:
    """Note a new or changed item in the transaction that stores it.

    found: whether a watch finds it; told: whether anybody is told. A copy is kept of what was found, and again of every
    version of substance.
    """
    item = saved.item
    of_substance = saved.outcome is Outcome.NEW
    if saved.outcome is Outcome.CHANGED:
        before = unit.changes.before(item)
        change = _change(ready, before, item) if before is not None else None
        of_substance = change is not None and change.kind is ChangeKind.SUBSTANCE
        if change is not None and of_substance:
            unit.changes.record(item.id, item.version, change.what, at=now)
        # What was only a headline so far has its first page now.
        of_substance = of_substance or (before is not None and bool(before.unread))
    page = ready.received
    if page is not None and of_substance and (found or unit.copies.of_item(item.id)):
        unit.copies.keep(item.id, item.version, page, CopyOf.LIST if ready.article is None else CopyOf.PAGE)
    article = ready.article
    if article is None or not told or article.pending.again or article.validators is None:
        return
    unit.revisits.save(first_revisit(item.id, article.pending, article.validators, now=now))


def _all_compared(batch: Sequence[Ready], stored: Sequence[Item | None]) -> list[Ready]:
    return [
        ready
        if before is None
        else replace(
            ready, compared=Compared(item=before.id, version=before.version, change=classify(before, ready.item))
        )
        for ready, before in zip(batch, stored, strict=True)
    ]


def _change(ready: Ready, before: Item, item: Item) -> Change:
    """What an item changes; worked out here only where another version was stored since it was compared."""
    known = ready.compared
    if known is not None and (known.item, known.version) == (before.id, before.version):
        return known.change
    return classify(before, item)
