"""In how many items a passage stands: counted in the database, read once by each process."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from news.story import Signature, seeded
from storage import KnownFrequencies, Store, Unit, story_frequencies
from storage.story_frequencies import HALVED_EVERY
from tests.storage.samples import NOW

SEEDED, _ = seeded()
FREE = [bucket for bucket in range(300) if bucket not in seeded()[1]][:4]
"""Buckets in which nothing stands at the start."""


def count(store: Store, known: KnownFrequencies, *buckets: int, at: datetime = NOW) -> None:
    def work(unit: Unit) -> None:
        counting = unit.stories.counting(known)
        counting.add(Signature(counted=buckets))
        counting.save(at=at)

    store.write_now(work)


def seen(store: Store, known: KnownFrequencies) -> tuple[int, list[int]]:
    """Documents beyond the shipped ones, and the counts of the free buckets."""

    def work(unit: Unit) -> tuple[int, list[int]]:
        counting = unit.stories.counting(known)
        return counting.documents - SEEDED, list(counting.counts(FREE))

    return store.read_now(work)


def test_two_processes_count_together_and_a_new_one_knows_what_both_counted(store: Store) -> None:
    mine, theirs = KnownFrequencies(), KnownFrequencies()
    one, other, *_ = FREE
    count(store, mine, one)
    count(store, theirs, one, other)
    count(store, mine, one)
    for known in (mine, theirs, KnownFrequencies()):
        assert seen(store, known) == (3, [3, 1, 0, 0])


def test_what_a_transaction_adds_counts_in_it_at_once_and_nowhere_if_it_is_rolled_back(store: Store) -> None:
    known = KnownFrequencies()

    def work(unit: Unit) -> None:
        counting = unit.stories.counting(known)
        counting.add(Signature(counted=(FREE[0],)))
        assert (counting.documents - SEEDED, counting.counts(FREE)) == (1, [1, 0, 0, 0])
        counting.save(at=NOW)
        raise LookupError

    with pytest.raises(LookupError):
        store.write_now(work)
    assert seen(store, known) == (0, [0, 0, 0, 0])


def test_many_rows_become_one_and_counts_are_halved_after_a_month(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_frequencies, "FOLDED_AFTER", 3)
    known, late = KnownFrequencies(), KnownFrequencies()
    for _ in range(8):
        count(store, known, FREE[0])
    assert seen(store, late) == (8, [8, 0, 0, 0])
    for _ in range(4):
        count(store, known, FREE[1], at=NOW + HALVED_EVERY + timedelta(days=1))
    counts = seen(store, KnownFrequencies())
    assert counts[1][0] == 4
    assert seen(store, late) == counts
