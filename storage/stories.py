"""Stories: which items tell one event, and why each was put there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from news.story import Choice, Story
from storage import tables


class Stories:
    """Events and their items, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def assign(self, item_id: int, choice: Choice, *, at: datetime) -> int:
        """Put an item into the chosen story, or a new one, and give its id; an item that has a story stays in it."""
        members = tables.story_items
        present = self.of_item(item_id)
        if present is not None:
            return present.id
        story = choice.story
        if story is None:
            created = tables.stories.insert().values(created_at=at).returning(tables.stories.c.id)
            story = self._connection.execute(created).scalar_one()
        self._connection.execute(
            members.insert().values(
                item_id=item_id,
                story_id=story,
                relation=choice.relation.value,
                to_item=choice.to or None,
                why=choice.why,
                added_at=at,
            )
        )
        return story

    def of_item(self, item_id: int) -> Story | None:
        """The story an item belongs to; None before it was assigned."""
        members = tables.story_items
        found = self._connection.execute(select(members.c.story_id).where(members.c.item_id == item_id)).scalar()
        return None if found is None else self.get(found)

    def get(self, story_id: int) -> Story | None:
        """A story with its items in order of arrival; None where there is none."""
        members = tables.story_items
        query = select(members.c.item_id).where(members.c.story_id == story_id).order_by(members.c.item_id)
        items = tuple(self._connection.execute(query).scalars())
        return Story(id=story_id, items=items) if items else None
