"""What recent items are looked up and compared by."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from news.item import Item
from news.story import WINDOW, Choice, Relation, Signature
from storage import Store, Unit, story_candidates
from tests.storage.samples import NOW, numbered

CROSS = 1 << 46
NEW = Choice(story=None, relation=Relation.NEW)


def signed(*filed: int) -> Signature:
    return Signature(filed_under=filed)


def keep(unit: Unit, item: Item, *filed: int, at: datetime = NOW) -> int:
    """Store an item under these hashes, in a story of its own."""
    item_id = unit.items.add([item])[0].item.id
    unit.stories.assign(item_id, NEW, at=at)
    unit.stories.file(item_id, signed(*filed), at=at)
    return item_id


def alike(unit: Unit, *filed: int, at: datetime = NOW) -> list[int]:
    asked = numbered(999_999, seen_at=at, text_hash="")
    return [one.item for one in unit.stories.lookalikes(asked, signed(*filed))]


def test_three_passages_or_one_key_across_languages_make_a_lookalike(store: Store) -> None:
    def work(unit: Unit) -> tuple[list[int], list[int], list[int], list[int]]:
        ids = [keep(unit, numbered(1), 1, 2, 3, 4, CROSS + 1), keep(unit, numbered(2), 3, 4, 5, CROSS + 2)]
        assert ids == [1, 2]
        return alike(unit, 1, 2, 9), alike(unit, 1, 2, 3), alike(unit, CROSS + 2), alike(unit, 1, 3, 4, 5)

    # 1, 3, 4 of the one and 3, 4, 5 of the other.
    assert store.write_now(work) == ([], [1], [2], [1, 2])


def test_what_was_kept_comes_back_with_the_lookalike(store: Store) -> None:
    signature = Signature(filed_under=(CROSS + 7,), passages=(3, 5), words=9)

    def work(unit: Unit) -> None:
        item_id = keep(unit, numbered(1, language="kk"))
        unit.stories.file(item_id, signature, at=NOW)
        (found,) = unit.stories.lookalikes(numbered(2, text_hash=""), signature)
        assert (found.item, found.language, found.publisher, found.seen_at) == (item_id, "kk", "Press office", NOW)
        assert found.signature == Signature.unpack(signature.pack())

    store.write_now(work)


def test_another_version_is_found_by_its_new_words_alone(store: Store) -> None:
    def work(unit: Unit) -> tuple[list[int], list[int]]:
        item_id = keep(unit, numbered(1), 1, 2, 3)
        unit.stories.file(item_id, signed(4, 5, 6), at=NOW)
        return alike(unit, 1, 2, 3), alike(unit, 4, 5, 6)

    assert store.write_now(work) == ([], [1])


@pytest.mark.parametrize("seen_at", [NOW - WINDOW - timedelta(minutes=1), datetime(1970, 1, 1, tzinfo=NOW.tzinfo)])
def test_what_is_older_than_the_window_is_no_lookalike_and_is_pruned(store: Store, seen_at: datetime) -> None:
    def work(unit: Unit) -> None:
        # Stored a little later than what was fetched after it: answers end in no order.
        late = keep(unit, numbered(2, seen_at=NOW + timedelta(seconds=3)), 1, 2, 3)
        old = keep(unit, numbered(1, seen_at=seen_at), 1, 2, 3, at=seen_at)
        young = keep(unit, numbered(3), 1, 2, 3)
        found = alike(unit, 1, 2, 3)
        assert {late, young} <= set(found)
        unit.stories.prune(now=NOW + timedelta(days=2))
        assert set(alike(unit, 1, 2, 3)) == {late, young, *([old] if old > late else [])} & set(found)
        unit.stories.prune(now=NOW + WINDOW + timedelta(days=2))
        assert alike(unit, 1, 2, 3) == []

    store.write_now(work)


def test_what_too_many_share_says_nothing_until_the_window_has_passed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_candidates, "MOST_HOLDERS", 6)
    later = NOW + WINDOW + timedelta(days=1)

    def work(unit: Unit) -> tuple[list[int], list[int]]:
        for number in range(9):
            keep(unit, numbered(number), 1, 2, 3, CROSS + number)
        crowded = alike(unit, 1, 2, 3), alike(unit, 1, 2, CROSS + 4)
        fresh = [keep(unit, numbered(900 + n, seen_at=later), 1, 2, 3, at=later) for n in range(2)]
        assert alike(unit, 1, 2, 3, at=later) == fresh
        return crowded

    assert store.write_now(work) == ([], [5])


def test_of_very_many_copies_the_first_and_the_last_are_lookalikes(store: Store) -> None:
    def work(unit: Unit) -> list[int]:
        for number in range(1, 13):
            keep(unit, numbered(number, text_hash="a daily notice"))
        return [one.item for one in unit.stories.lookalikes(numbered(99, text_hash="a daily notice"))]

    assert store.write_now(work) == [1, 2, 3, 4, 5, 8, 9, 10, 11, 12]
