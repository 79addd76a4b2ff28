"""Stories: an item belongs to one, for good."""

from __future__ import annotations

import pytest

from news.errors import StorageError
from news.story import Choice, Relation, Story
from storage import Store, Unit
from tests.storage.samples import NOW, add_one, numbered

NEW = Choice(story=None, relation=Relation.NEW)


def test_members_come_in_order_of_arrival_and_an_item_stays_where_it_was_put(store: Store) -> None:
    def work(unit: Unit) -> tuple[Story | None, Story | None, int]:
        first, second = (unit.items.add([numbered(number)])[0].item.id for number in (1, 2))
        story = unit.stories.assign(first, NEW, at=NOW)
        same = Choice(story=story, relation=Relation.SAME, to=first, why="same text")
        assert unit.stories.assign(second, same, at=NOW) == story
        assert unit.stories.assign(second, NEW, at=NOW) == story
        return unit.stories.of_item(first), unit.stories.get(story), second

    of_item, by_id, second = store.write_now(work)
    assert of_item == by_id
    assert by_id is not None
    assert by_id.items == (second - 1, second)


def test_an_item_without_a_story_has_none_and_an_unknown_story_neither(store: Store) -> None:
    item = store.write_now(lambda unit: unit.items.add([numbered(1)])[0].item.id)
    assert store.read_now(lambda unit: unit.stories.of_item(item)) is None
    assert store.read_now(lambda unit: unit.stories.get(77)) is None


def test_two_new_choices_make_two_stories(store: Store) -> None:
    ids = store.write_now(lambda unit: [add_one(unit, numbered(number)) for number in (1, 2)])
    first, second = (store.read_now(lambda unit, item=item: unit.stories.of_item(item)) for item in ids)  # type: ignore[misc]
    assert first is not None
    assert second is not None
    assert first.id != second.id


def test_a_story_that_does_not_exist_takes_nobody(store: Store) -> None:
    item = store.write_now(lambda unit: unit.items.add([numbered(1)])[0].item.id)
    with pytest.raises(StorageError):
        store.write_now(lambda unit: unit.stories.assign(item, Choice(story=77, relation=Relation.SAME), at=NOW))
    assert store.read_now(lambda unit: unit.stories.of_item(item)) is None
