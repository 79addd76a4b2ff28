"""What was stored before the archive's index is indexed beside everything else, and can be broken off."""

from __future__ import annotations

import asyncio
from pathlib import Path

from news.watch.compiler import check_watch
from scheduler.archiving import AT_ONCE, index_backlog
from storage import Store, open_store
from tests.storage.samples import numbered


def _left(store: Store) -> int:
    backlog = store.read_now(lambda unit: unit.archive.backlog(1_000))
    return len(backlog.items) if backlog else 0


def test_stored_items_are_indexed_piece_by_piece(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/news.db") as store:
        items = [numbered(number, text="flood") for number in range(2 * AT_ONCE + 5)]
        store.write_now(lambda unit: unit.items.add(items))
        assert asyncio.run(index_backlog(store, most=1)) == AT_ONCE
        assert _left(store) == AT_ONCE + 5
        query = check_watch("flood")
        assert len(store.read_now(lambda unit: list(unit.archive.matching(query)))) == len(items)
        asyncio.run(index_backlog(store))
        assert _left(store) == 0
        assert asyncio.run(index_backlog(store)) == 0
        assert len(store.read_now(lambda unit: list(unit.archive.matching(query)))) == len(items)
