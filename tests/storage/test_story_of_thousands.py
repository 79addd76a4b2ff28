"""A story of ten thousand items: what is shown of it is bounded, what is counted is whole."""

from __future__ import annotations

from collections.abc import Sequence

from news.story import Choice, Relation
from news.watch.watch import Recipient, Watch
from storage import Store, Unit, tables
from storage.sql import insert_rows
from storage.story_candidates import MOST_COPIES
from tests.storage.samples import NOW, a_match, a_message, a_recipient, a_watch, add_one, numbered

MEMBERS, TOLD = 10_000, 1_000
STORY = 1


def filled(store: Store, copies: int) -> None:
    """The first item makes the story; its row is copied for the others, which are members by it."""

    def work(unit: Unit) -> None:
        first = add_one(unit, numbered(1))
        connection = unit.items._connection
        row = connection.execute(tables.items.select().where(tables.items.c.id == first)).one()._asdict()
        columns = [name for name in row if name != "id"]
        values = [row[name] for name in columns]
        place = columns.index("identity")
        rows = ((*values[:place], f"copy {number}", *values[place + 1 :]) for number in range(1, copies))
        insert_rows(connection, tables.items, columns, rows)
        ids = connection.execute(tables.items.select().with_only_columns(tables.items.c.id)).scalars().all()
        members = [(item, STORY, Relation.SAME.value, first, "same text", NOW) for item in ids if item != first]
        insert_rows(connection, tables.story_items, [one.name for one in tables.story_items.c], members)

    store.write_now(work)


def test_what_is_shown_of_it_is_bounded_and_what_is_counted_is_whole(store: Store) -> None:
    filled(store, MEMBERS)
    other = store.write_now(lambda unit: add_one(unit, numbered(2)))
    watch, recipient = a_watch(store), a_recipient(store)

    def work(unit: Unit) -> None:
        told = unit.stories.told([STORY])[STORY]
        assert (len(told.tellers), told.size, told.before) == (40, MEMBERS, None)
        assert len(unit.stories.members(STORY, limit=100)) == 100
        story = unit.stories.get(STORY)
        assert story is not None
        assert len(story.items) == MEMBERS

        tell(unit, watch, recipient, story.items[-TOLD:])
        before = unit.stories.told([STORY], recipient=recipient.id, schedule="daily")[STORY].before
        assert before is not None
        assert before.items == set(story.items[-TOLD:])

        assert unit.stories.split(story.items[-1], at=NOW) is not None
        assert unit.stories.size(STORY) == MEMBERS - 1
        apart = unit.stories.story_of(other)
        assert apart is not None
        assert unit.stories.join(apart, STORY, at=NOW) == STORY
        assert unit.stories.size(STORY) == MEMBERS

    store.write_now(work)


def test_a_new_copy_of_it_is_compared_with_few_and_enters_it(store: Store) -> None:
    filled(store, MEMBERS)

    def work(unit: Unit) -> None:
        copy = unit.items.add([numbered(3, text_hash=numbered(1).text_hash)])[0].item
        lookalikes = unit.stories.lookalikes(copy)
        assert 0 < len(lookalikes) < 2 * MOST_COPIES
        assert {one.story for one in lookalikes} == {STORY}
        choice = Choice(story=STORY, relation=Relation.SAME, to=lookalikes[0].item, why="same text")
        assert unit.stories.assign(copy.id, choice, at=NOW) == STORY
        assert unit.stories.size(STORY) == MEMBERS + 1

    store.write_now(work)


def tell(unit: Unit, watch: Watch, recipient: Recipient, items: Sequence[int]) -> None:
    """A watch found some items, and one digest told them all."""
    unit.matches.record([a_match(item, watch.id) for item in items], at=NOW)
    ids = unit.items._connection.execute(tables.matches.select()).scalars().all()
    assert unit.digests.freeze(recipient, "daily", "2026-11-22", ids, a_message(), "folder", at=NOW) is not None
