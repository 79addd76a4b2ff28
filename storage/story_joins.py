"""Two stories made one, and one made two: by a person's word, or because a new item belongs to both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Row, Select, and_, delete, func, literal, or_, select, update

from news.story import Choice, Relation
from storage import tables
from storage.columns import Instant

BY_HAND = "joined by hand"
SPLIT_BY_HAND = "taken out by hand"


class Joins:
    """Joining and splitting, and a person's rulings on it, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def new_story(self, at: datetime) -> int:
        """Create a story without items and give its number."""
        created = tables.stories.insert().values(created_at=at).returning(tables.stories.c.id)
        number: int = self._connection.execute(created).scalar_one()
        return number

    def join(self, one: int | None, other: int | None, *, at: datetime) -> int | None:
        """Join on a person's word, which undoes what was said against it; None where one does not exist."""
        if one is None or other is None:
            return None
        if one == other:
            return one
        kept, gone = sorted((one, other))
        first, second = self._first(kept), self._first(gone)
        if first is not None and second is not None:
            table, mine, theirs = tables.story_rulings, self._items_of(kept), self._items_of(gone)
            across = or_(
                and_(table.c.item_id.in_(mine), table.c.other_id.in_(theirs)),
                and_(table.c.item_id.in_(theirs), table.c.other_id.in_(mine)),
            )
            self._connection.execute(delete(table).where(across))
            lower, higher = sorted((first.item_id, second.item_id))
            said = {"item_id": lower, "other_id": higher, "together": True, "ruled_at": at}
            self._connection.execute(table.insert().values(said))
        self._move(gone, kept, why=BY_HAND, at=at)
        return kept

    def tie(self, story: int, choice: Choice, *, by: int, at: datetime) -> int | None:
        """Join the story of `choice` to `story`; see `Stories.tie`."""
        other = choice.story
        if other is None or other == story or self._kept_apart(story, other):
            return None
        kept, gone = sorted((story, other))
        begun_by = self._first(gone)
        if begun_by is not None and begun_by.relation == Relation.NEW and begun_by.item_id == choice.to:
            # It was new when it came; now it is known what it is of.
            table = tables.story_items
            known = {"relation": choice.relation.value, "to_item": by, "why": choice.why}
            self._connection.execute(update(table).where(table.c.item_id == choice.to).values(known))
        self._move(gone, kept, why=f"item {by} belongs to both: {choice.why}", at=at)
        return kept

    def split(self, item_id: int, *, at: datetime) -> int | None:
        """Take an item out on a person's word; see `Stories.split`."""
        members = tables.story_items
        present = self._connection.execute(select(members.c.story_id).where(members.c.item_id == item_id)).scalar()
        if present is None or self.size(present) < 2:
            return None
        table = tables.story_rulings
        mine = or_(table.c.item_id == item_id, table.c.other_id == item_id)
        others = self._items_of(present)
        self._connection.execute(
            delete(table).where(mine, or_(table.c.item_id.in_(others), table.c.other_id.in_(others)))
        )
        for lower, higher, among in (
            (literal(item_id), members.c.item_id, members.c.item_id > item_id),
            (members.c.item_id, literal(item_id), members.c.item_id < item_id),
        ):
            pairs = select(lower, higher, literal(False, Boolean), literal(at, Instant))
            pairs = pairs.where(members.c.story_id == present, among)
            columns = ["item_id", "other_id", "together", "ruled_at"]
            self._connection.execute(table.insert().from_select(columns, pairs))
        story = self.new_story(at)
        alone = {"story_id": story, "relation": Relation.NEW.value, "to_item": None, "why": SPLIT_BY_HAND}
        self._connection.execute(update(members).where(members.c.item_id == item_id).values(alone))
        evidence = tables.story_evidence
        self._connection.execute(delete(evidence).where(evidence.c.item_id == item_id))
        return story

    def size(self, story_id: int) -> int:
        """How many items a story has."""
        members = tables.story_items
        query = select(func.count()).select_from(members).where(members.c.story_id == story_id)
        return self._connection.execute(query).scalar_one()

    def _kept_apart(self, one: int, other: int) -> bool:
        """Whether a person said of an item of each that they are not one event."""
        table, low, high = tables.story_rulings, tables.story_items.alias(), tables.story_items.alias()
        query = (
            select(table.c.item_id)
            .join(low, low.c.item_id == table.c.item_id)
            .join(high, high.c.item_id == table.c.other_id)
            .where(~table.c.together, low.c.story_id.in_((one, other)), high.c.story_id.in_((one, other)))
            .where(low.c.story_id != high.c.story_id)
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def _move(self, gone: int, kept: int, *, why: str, at: datetime) -> None:
        members, redirects = tables.story_items, tables.story_redirects
        self._connection.execute(update(members).where(members.c.story_id == gone).values(story_id=kept))
        # One step leads from every number to where the items are.
        self._connection.execute(update(redirects).where(redirects.c.to_story == gone).values(to_story=kept))
        row = {"story_id": gone, "to_story": kept, "why": why, "joined_at": at}
        self._connection.execute(redirects.insert().values(row))

    def _first(self, story: int) -> Row[*tuple[Any, ...]] | None:
        members = tables.story_items
        query = select(members.c.item_id, members.c.relation).where(members.c.story_id == story)
        found: Row[*tuple[Any, ...]] | None = self._connection.execute(
            query.order_by(members.c.item_id).limit(1)
        ).first()
        return found

    def _items_of(self, story: int) -> Select[tuple[int]]:
        members = tables.story_items
        return select(members.c.item_id).where(members.c.story_id == story)
