"""Vectors of recent items in the database: kept, found near in other languages, replaced, counted and pruned."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import event, func, select

from news.item import Item
from news.story.semantic_means import SEEDED, shipped
from storage import Store, Unit, tables
from storage.story_vectors import KnownVectors
from tests.news.story.meanings import meaning
from tests.storage.samples import NOW, numbered
from tests.storage.test_story_candidates import NEW, signed


def keep(store: Store, known: KnownVectors, number: int, told: str, language: str, **fields: object) -> int:
    """Store an item with a vector, in a transaction of its own."""
    item = numbered(number, language=language, meaning=meaning(told, language), **fields)
    return store.write_now(lambda unit: kept(unit, known, item))


def kept(unit: Unit, known: KnownVectors, item: Item) -> int:
    vectors = unit.stories.vectors(known, now=NOW)
    saved = unit.items.add([item])[0].item
    is_new = unit.stories.story_of(saved.id) is None
    unit.stories.assign(saved.id, NEW, at=NOW)
    unit.stories.file(saved.id, signed(), at=NOW)
    vectors.keep(saved, counted=is_new)
    vectors.save()
    return saved.id


def near(store: Store, known: KnownVectors, told: str, language: str) -> dict[int, float]:
    """The lookalikes of an item that is not stored, with how close they are."""
    asked = numbered(999, language=language, meaning=meaning(told, language), text_hash="")

    def look(unit: Unit) -> dict[int, float]:
        vectors = unit.stories.vectors(known, now=NOW)
        return {one.item: round(one.closeness or 0.0, 1) for one in vectors.lookalikes(asked, [])}

    return store.read_now(look)


def test_items_of_other_languages_are_found_by_their_meaning(store: Store) -> None:
    known = KnownVectors()
    keep(store, known, 1, "flood", "ru")
    keep(store, known, 2, "flood", "en")
    keep(store, known, 3, "library", "ru")
    assert near(store, known, "flood", "en") == {1: 1.0}
    # Another process, and the next one.
    assert near(store, KnownVectors(), "flood", "en") == {1: 1.0}


def test_an_item_of_the_same_transaction_is_found(store: Store) -> None:
    def work(unit: Unit) -> list[int]:
        vectors = unit.stories.vectors(KnownVectors(), now=NOW)
        saved = unit.items.add([numbered(1, language="ru", meaning=meaning("flood", "ru"))])[0].item
        unit.stories.assign(saved.id, NEW, at=NOW)
        vectors.keep(saved, counted=True)
        asked = numbered(2, language="en", meaning=meaning("flood", "en"), text_hash="")
        return [one.item for one in vectors.lookalikes(asked, [])]

    assert store.write_now(work) == [1]


def test_what_was_rolled_back_is_not_found(store: Store) -> None:
    known = KnownVectors()

    def work(unit: Unit) -> None:
        kept(unit, known, numbered(1, language="ru", meaning=meaning("flood", "ru")))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write_now(work)
    assert near(store, known, "flood", "en") == {}
    keep(store, known, 2, "library", "ru")
    later = keep(store, known, 3, "flood", "ru")
    assert near(store, known, "flood", "en") == {later: 1.0}


def test_another_version_has_its_own_vector_and_counts_once(store: Store) -> None:
    known, late = KnownVectors(), KnownVectors()
    keep(store, known, 1, "flood", "ru")
    assert near(store, late, "flood", "en") == {1: 1.0}
    keep(store, known, 1, "library", "ru", lead="Another text", content_hash="another")
    assert near(store, late, "flood", "en") == {}
    assert near(store, late, "library", "en") == {1: 1.0}
    rows = store.read_now(lambda unit: list(unit.stories._connection.execute(select(tables.vector_means))))
    (mean,) = rows
    assert (mean.language, mean.items) == ("ru", SEEDED + 1)
    assert not np.allclose(np.frombuffer(mean.mean, "<f4"), shipped("ru"), atol=1e-5)


def test_what_is_alike_otherwise_is_told_how_close_it_is(store: Store) -> None:
    known = KnownVectors()
    old = NOW.date().toordinal() - 9
    item_id = keep(store, known, 1, "flood", "ru")
    asked = numbered(2, language="en", meaning=meaning("flood", "en"), text_hash="")

    def look(unit: Unit) -> list[float | None]:
        table = tables.story_vectors
        unit.stories._connection.execute(table.update().values(day=old))
        alike = unit.stories._candidates.loaded([item_id])
        found = unit.stories.vectors(KnownVectors(), now=NOW).lookalikes(asked, alike)
        return [one.closeness for one in found]

    # Too old to be held in memory, it is looked up.
    assert store.write_now(look) == [pytest.approx(1.0, abs=0.05)]


def test_without_a_vector_no_statement_is_made(store: Store) -> None:
    item = numbered(1)

    def work(unit: Unit) -> list[str]:
        made: list[str] = []
        event.listen(unit.stories._connection, "before_execute", lambda *given: made.append(str(given[1])))
        vectors = unit.stories.vectors(KnownVectors(), now=NOW)
        assert vectors.lookalikes(item, []) == []
        vectors.keep(item, counted=True)
        vectors.save()
        return made

    assert store.write_now(work) == []


def test_old_vectors_are_pruned_with_what_else_their_items_are_compared_by(store: Store) -> None:
    known = KnownVectors()
    keep(store, known, 1, "flood", "ru")

    def left(unit: Unit) -> int:
        table = tables.story_vectors
        return unit.stories._connection.execute(select(func.count()).select_from(table)).scalar_one()

    store.write_now(lambda unit: unit.stories.prune(now=NOW + timedelta(days=10)))
    assert store.read_now(left) == 1
    store.write_now(lambda unit: unit.stories.prune(now=NOW + timedelta(days=20)))
    assert store.read_now(left) == 0


def test_broken_bytes_count_as_none(store: Store) -> None:
    known = KnownVectors()
    keep(store, known, 1, "flood", "ru")

    def breaks(unit: Unit) -> None:
        unit.stories._connection.execute(tables.story_vectors.update().values(vector=b"of another model"))

    store.write_now(breaks)
    assert near(store, KnownVectors(), "flood", "en") == {}
