"""What was stored before the archive's index is indexed beside everything else, and can be broken off."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from news.watch.compiler import check_watch
from news.watch.indexed import index_item
from scheduler.archiving import AT_ONCE, index_backlog
from storage import Store, open_store
from tests.storage.samples import NOW, numbered


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


def test_a_month_that_is_over_is_merged_and_still_found(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/news.db") as store:
        former = [numbered(number, text="flood", seen_at=NOW - timedelta(days=40)) for number in range(6)]
        for item in (*former, *(numbered(number, text="flood", seen_at=NOW) for number in range(6, 12))):
            store.write_now(lambda unit, item=item: unit.archive.add(index_item(unit.items.add([item])[0].item)))
        store.write_now(lambda unit: unit.archive.catch_up((), down_to=0))
        pieces = store.read_now(lambda unit: unit.archive.in_pieces())
        assert pieces == [int(f"{NOW - timedelta(days=40):%Y%m}")]
        asyncio.run(index_backlog(store))
        assert store.read_now(lambda unit: unit.archive.in_pieces()) == []
        query = check_watch("flood")
        assert len(store.read_now(lambda unit: list(unit.archive.matching(query)))) == 12
