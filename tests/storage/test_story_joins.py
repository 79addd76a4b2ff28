"""Stories joined and split: numbers stay, a person's word stays, and later items respect it."""

from __future__ import annotations

from functools import partial

import pytest

from news.story import Choice, Evidence, Relation
from storage import Store, Unit
from tests.storage.samples import NOW, add_one, numbered


def three(unit: Unit) -> list[int]:
    """Three items, each a story of its own of the same number."""
    assert [add_one(unit, numbered(number)) for number in (1, 2, 3)] == [1, 2, 3]
    return [1, 2, 3]


def same(story: int, to: int) -> Choice:
    evidence = Evidence(rule="texts of one length", of_new=0.9, of_old=0.8, only_new=("Astana",))
    return Choice(story=story, relation=Relation.SAME, to=to, why="same news", evidence=evidence)


def members(unit: Unit, story: int) -> tuple[int, ...]:
    found = unit.stories.get(story)
    return () if found is None else found.items


@pytest.mark.parametrize(("one", "other"), [(1, 3), (3, 1)])
def test_of_two_joined_stories_the_older_number_stays_and_the_other_leads_to_it(
    store: Store, one: int, other: int
) -> None:
    def work(unit: Unit) -> None:
        three(unit)
        assert unit.stories.join(one, other, at=NOW) == 1
        assert unit.stories.join(2, 3, at=NOW) == 1
        for number in (1, 2, 3):
            found = unit.stories.get(number)
            assert found is not None
            assert (found.id, found.items) == (1, (1, 2, 3))
        assert [gone for gone, _ in unit.stories.joined_away(1)] == [2, 3]
        assert unit.stories.join(1, 77, at=NOW) is None

    store.write_now(work)


def test_one_step_leads_from_a_number_that_was_joined_twice(store: Store) -> None:
    def work(unit: Unit) -> None:
        three(unit)
        unit.stories.join(2, 3, at=NOW)
        unit.stories.join(1, 2, at=NOW)
        assert [unit.stories.current(number) for number in (1, 2, 3)] == [1, 1, 1]

    store.write_now(work)


def test_what_is_taken_out_leaves_the_number_to_the_others_and_no_later_item_ties_it_again(store: Store) -> None:
    def work(unit: Unit) -> None:
        three(unit)
        unit.stories.join(1, 2, at=NOW)
        unit.stories.join(1, 3, at=NOW)
        split = unit.stories.split(1, at=NOW)
        assert split is not None
        assert split > 3
        assert (members(unit, 1), members(unit, split)) == ((2, 3), (1,))
        # A fourth item is the one and, as it seems, the other as well.
        fourth = unit.items.add([numbered(4)])[0].item.id
        unit.stories.assign(fourth, same(1, 2), at=NOW)
        assert unit.stories.tie(1, same(split, 1), by=fourth, at=NOW) is None
        assert (members(unit, 1), members(unit, split)) == ((2, 3, fourth), (1,))

    store.write_now(work)


def test_the_last_word_of_a_person_counts(store: Store) -> None:
    def work(unit: Unit) -> None:
        three(unit)
        unit.stories.join(1, 2, at=NOW)
        split = unit.stories.split(2, at=NOW)
        assert split is not None
        unit.stories.join(split, 1, at=NOW)
        assert members(unit, 1) == (1, 2)
        unit.stories.split(2, at=NOW)
        unit.stories.join(1, 3, at=NOW)
        assert members(unit, 1) == (1, 3)

    store.write_now(work)


def test_an_item_alone_in_its_story_cannot_be_taken_out(store: Store) -> None:
    def work(unit: Unit) -> None:
        three(unit)
        assert unit.stories.split(1, at=NOW) is None
        assert unit.stories.split(77, at=NOW) is None
        assert members(unit, 1) == (1,)

    store.write_now(work)


def test_a_tie_joins_two_stories_and_says_how_they_belong_together(store: Store) -> None:
    def work(unit: Unit) -> None:
        three(unit)
        fourth = unit.items.add([numbered(4)])[0].item.id
        unit.stories.assign(fourth, same(1, 1), at=NOW)
        assert unit.stories.tie(1, same(3, 3), by=fourth, at=NOW) == 1
        moved = unit.stories.membership(3)
        assert moved is not None
        assert (moved.story, moved.relation, moved.to) == (1, Relation.SAME, fourth)
        assert unit.stories.joined_away(1) == [(3, f"item {fourth} belongs to both: same news")]
        assert unit.stories.tie(1, same(1, 1), by=fourth, at=NOW) is None

    store.write_now(work)


def test_what_a_decision_rested_on_is_kept_with_it(store: Store) -> None:
    def work(unit: Unit) -> None:
        three(unit)
        fourth = unit.items.add([numbered(4)])[0].item.id
        unit.stories.assign(fourth, same(2, 2), at=NOW)
        first, second = unit.stories.members(2, limit=9)
        assert (first.evidence, second.evidence) == (None, same(2, 2).evidence)
        assert (second.to, second.why, second.added_at) == (2, "same news", NOW)

    store.write_now(work)


def test_a_story_of_very_many_items_is_shown_in_part_and_joined_and_split_whole(store: Store) -> None:
    def fill(unit: Unit, start: int) -> None:
        items = [numbered(number) for number in range(start, start + 60)]
        for saved in unit.items.add(items):
            unit.stories.assign(saved.item.id, same(1, 1), at=NOW)

    store.write_now(three)
    store.write_now(partial(fill, start=10))

    def work(unit: Unit) -> None:
        told = unit.stories.told([1])[1]
        assert (len(told.tellers), told.size) == (40, 61)
        assert unit.stories.split(50, at=NOW) is not None
        assert unit.stories.size(1) == 60
        assert unit.stories.join(1, 2, at=NOW) == 1
        assert unit.stories.size(1) == 61

    store.write_now(work)
