"""Samples of stored items: even, honest about what they are of, and in the end everything."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from news.watch.indexed import index_item
from news.watch.parser import parse_query
from scheduler.sampling import PORTION, Looking, Sample, enough_by, spread
from storage import Store, Unit, open_store
from tests.storage.samples import NOW, an_item


@pytest.mark.parametrize(("number", "size"), [(0, 10), (1, 10), (10, 10), (11, 10), (64, 1), (1_001, 10)])
def test_portions_are_all_of_it_once_and_each_is_spread_evenly(number: int, size: int) -> None:
    portions = list(spread(range(number), size))
    assert sorted(one for some in portions for one in some) == list(range(number))
    length = -(-number // size)
    assert len(portions) == length
    for some in portions:
        assert [one // length for one in some] in (list(range(len(some))), list(range(len(portions[0]))))
    assert portions == list(spread(range(number), size))


def test_a_part_that_was_looked_at_stands_for_all() -> None:
    assert Sample(looked_at=100, candidates=400).of_all(7) == 28
    assert Sample(looked_at=400, candidates=400).of_all(7) == 7
    assert Sample(looked_at=0, candidates=0).exact


def test_enough_is_what_was_asked_for_at_least_and_then_the_clock() -> None:
    over = enough_by(0.0, fewest=10)
    assert [over(Sample(looked_at=looked_at, candidates=99)) for looked_at in (0, 9, 10)] == [False, False, True]
    assert not enough_by(float("inf"), fewest=10)(Sample(looked_at=50, candidates=99))


@pytest.mark.parametrize("is_indexed", [True, False])
@pytest.mark.parametrize("same_words", [True, False])
def test_it_goes_on_until_it_is_enough_and_then_until_nothing_is_left(
    tmp_path: Path, is_indexed: bool, same_words: bool
) -> None:
    items = [
        an_item(
            f"{'Flood' if number % 4 else 'Trade'} {number}",
            url=f"https://press.example/{number}",
            seen_at=NOW - timedelta(hours=number),
            published=None,
        )
        for number in range(PORTION + 60)
    ]

    def keep(unit: Unit) -> None:
        if is_indexed:
            unit.archive.catch_up((), down_to=0)
        for saved in unit.items.add(items):
            if is_indexed:
                unit.archive.add(index_item(saved.item))

    seen: list[str] = []

    def looked(unit: Unit) -> tuple[Sample, Sample]:
        looking = Looking(
            unit,
            parse_query("flood OR trade"),
            lambda one, _: seen.append(one.item.title),
            since=NOW - timedelta(days=30),
            same_words=same_words,
        )
        return looking.go_on(enough_by(0.0, fewest=1)), looking.go_on(lambda _: False)

    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        store.write_now(keep)
        first, last = _read(store, looked)
    assert 0 < first.looked_at < first.candidates == len(items)
    assert last == Sample(looked_at=len(items), candidates=len(items))
    assert sorted(seen) == sorted(item.title for item in items)


def _read(store: Store, work: object) -> tuple[Sample, Sample]:
    return store.read_now(work)  # type: ignore[arg-type]
