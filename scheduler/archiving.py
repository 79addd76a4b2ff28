"""Indexing what was stored before there was an index, or under other rules of what a word is; meanwhile all is found.

It goes on wherever it was broken off, the newest items first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

import structlog

from news.item import Item
from news.watch.indexed import IndexedItem, index_item
from storage import Store, Unit

AT_ONCE = 25
"""Items a transaction: indexing alone costs less than taking in, so more than intake takes at once."""

MOST_A_TICK = 2_000
"""Items indexed between two looks at whether the daemon is to end: some seconds."""

MOST_STEPS_A_TICK = 200
"""Steps of merging the index of a month that is over, some ten milliseconds each."""

_log = structlog.get_logger()


async def index_backlog(store: Store, *, most: int = MOST_A_TICK) -> int:
    """Index the next items that are not indexed, `most` of them or the few that are left; how many were looked at."""
    done = 0
    while done < most:
        backlog = await store.read(lambda unit: unit.archive.backlog(AT_ONCE))
        if backlog is None:
            while await store.write(lambda unit: unit.archive.drop_former()):
                pass
            await _merge(store)
            break
        indexed = await asyncio.to_thread(_indexed, backlog.items)
        await store.write(partial(_catch_up, indexed=indexed, down_to=backlog.down_to))
        done += AT_ONCE
    if done:
        _log.info("stored items were indexed", looked_at=done)
    return done


async def _merge(store: Store) -> None:
    for _ in range(MOST_STEPS_A_TICK):
        months = await store.read(lambda unit: unit.archive.in_pieces())
        if not months:
            return
        await store.write(lambda unit, month=months[-1]: unit.archive.merge(month))  # type: ignore[misc]


def _indexed(items: Sequence[Item]) -> list[IndexedItem]:
    return [index_item(item) for item in items]


def _catch_up(unit: Unit, *, indexed: Sequence[IndexedItem], down_to: int) -> None:
    unit.archive.catch_up(indexed, down_to=down_to)
