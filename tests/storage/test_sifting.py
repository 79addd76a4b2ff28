"""What a query may find, looked at in portions and in any order, is what it finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.watch.compiler import check_watch
from storage import Store, Unit
from tests.storage.samples import NOW, numbered
from tests.storage.test_archive import LATER, caught_up, taken_in


@pytest.mark.parametrize("query", ["flood*", '"the river"', r"/flood\w+/", "source:mfa-ru", "nowhere"])
@pytest.mark.parametrize("step", [1, 4])
def test_portions_in_any_order_find_what_the_whole_archive_finds(store: Store, query: str, step: int) -> None:
    items = [
        numbered(
            number, text=f"The {'river' if number % 2 else 'lake'} {'flooded' if number % 3 else 'left'} the town."
        )
        for number in range(20)
    ]
    store.write_now(lambda unit: taken_in(unit, items))
    corrected = replace(numbered(2, text="The river stays low."), seen_at=LATER)
    store.write_now(lambda unit: taken_in(unit, [corrected]))
    caught_up(store)
    asked = check_watch(query)

    def sifted(unit: Unit) -> tuple[list[int], list[int]]:
        whole = sorted(found.item.id for found in unit.archive.matching(asked))
        sifting = unit.archive.sift(asked)
        portions = [sifting.docs[first::step] for first in range(step)]
        return whole, sorted(found.item.id for some in portions for found in sifting.look_at(some))

    whole, in_portions = store.read_now(sifted)
    assert in_portions == whole
    assert bool(whole) is (query not in ("nowhere", "source:mfa-ru"))


def test_only_what_is_of_the_time_since_is_looked_at(store: Store) -> None:
    old = [numbered(number, text="flood", published=None, seen_at=NOW - timedelta(days=number)) for number in range(9)]
    store.write_now(lambda unit: taken_in(unit, old))
    asked, since = check_watch("flood"), NOW - timedelta(days=3)
    assert store.read_now(lambda unit: len(unit.archive.sift(asked, since=since).docs)) == 4
