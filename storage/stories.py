"""Stories: which items tell one event, and why each was put there.

A story keeps its number for good. Joined to another one, the older number stays and the other leads there; split, the
number stays with those that stay. What a person said of two items outlives every later decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from news.item import Item
from news.story import Choice, Evidence, Lookalike, Relation, Signature, Story
from storage import tables
from storage.sql import insert
from storage.story_candidates import Candidates
from storage.story_frequencies import Counting, KnownFrequencies
from storage.story_joins import Joins
from storage.story_vectors import KnownVectors, Vectors
from storage.tellers import MOST_TELLERS, ToldStory, told_stories


@dataclass(frozen=True, kw_only=True)
class Membership:
    """How an item came into its story. to: the item that decided it, 0 where there is none.

    An excerpt or a template is in a story of its own, and `to` is in another. evidence: what the decision rested on.
    """

    item: int
    story: int
    relation: Relation
    to: int
    why: str
    added_at: datetime
    evidence: Evidence | None


@cache
def _story_statement() -> Select[Any]:
    """Asked with every item: putting a statement together takes as long as asking it."""
    members = tables.story_items
    return select(members.c.story_id).where(members.c.item_id == bindparam("item"))


class Stories:
    """Events and their items, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._candidates = Candidates(connection)
        self._joins = Joins(connection)

    def lookalikes(self, item: Item, signature: Signature | None = None) -> list[Lookalike]:
        """At most some fifty stored items of some story that may tell the same as `item`; see `Candidates`."""
        return self._candidates.lookalikes(item, signature)

    def counting(self, known: KnownFrequencies) -> Counting:
        """The frequencies of passages as of this transaction; to be saved in it."""
        return Counting(self._connection, known)

    def vectors(self, known: KnownVectors, *, now: datetime) -> Vectors:
        """What items mean as of this transaction; to be saved in it."""
        return Vectors(self._connection, known, self._candidates.loaded, now=now)

    def file(self, item_id: int, signature: Signature, *, at: datetime) -> None:
        """Let later items find this one, by its present version."""
        self._candidates.file(item_id, signature, at=at)

    def assign(self, item_id: int, choice: Choice, *, at: datetime) -> int:
        """Put an item into the chosen story, or a new one, and give its id; an item that has a story stays in it."""
        present = self.story_of(item_id)
        if present is not None:
            return present
        story = self._joins.new_story(at) if choice.story is None else choice.story
        self._connection.execute(
            tables.story_items.insert().values(
                item_id=item_id,
                story_id=story,
                relation=choice.relation.value,
                to_item=choice.to or None,
                why=choice.why,
                added_at=at,
            )
        )
        if choice.evidence is not None:
            evidence = {name: value for name, value in asdict(choice.evidence).items() if value not in (None, ())}
            row = {"item_id": item_id, "evidence": evidence}
            self._connection.execute(insert(self._connection, tables.story_evidence), row)
        return story

    def join(self, one: int, other: int, *, at: datetime) -> int | None:
        """Make one story of two on a person's word, the older number stays; None where one of them does not exist."""
        return self._joins.join(self.current(one), self.current(other), at=at)

    def tie(self, story: int, choice: Choice, *, by: int, at: datetime) -> int | None:
        """Join to `story` the one that `choice` found its new member `by` to belong to as well; gives what remains.

        None, and nothing joined, where a person said that two of their items are not one event.
        """
        return self._joins.tie(story, choice, by=by, at=at)

    def split(self, item_id: int, *, at: datetime) -> int | None:
        """Take an item out of its story for good and give its new one; None where it is alone or has no story."""
        return self._joins.split(item_id, at=at)

    def current(self, story_id: int) -> int | None:
        """The number under which a story now stands; None where there never was one of this number."""
        table = tables.story_redirects
        redirect = select(table.c.to_story).where(table.c.story_id == story_id)
        found: int | None = self._connection.execute(redirect).scalar()
        if found is None:
            itself = select(tables.stories.c.id).where(tables.stories.c.id == story_id)
            found = self._connection.execute(itself).scalar()
        return found

    def story_of(self, item_id: int) -> int | None:
        """The number of the story an item belongs to; None before it was assigned."""
        found: int | None = self._connection.execute(_story_statement(), {"item": item_id}).scalar()
        return found

    def of_item(self, item_id: int) -> Story | None:
        """The story an item belongs to; None before it was assigned."""
        found = self.story_of(item_id)
        return None if found is None else self.get(found)

    def get(self, story_id: int) -> Story | None:
        """A story with its items in order of arrival, found under any number it had; None where there is none."""
        current = self.current(story_id)
        if current is None:
            return None
        members = tables.story_items
        query = select(members.c.item_id).where(members.c.story_id == current).order_by(members.c.item_id)
        items = tuple(self._connection.execute(query).scalars())
        return Story(id=current, items=items) if items else None

    def size(self, story_id: int) -> int:
        """How many items a story has."""
        return self._joins.size(story_id)

    def members(self, story_id: int, *, limit: int) -> list[Membership]:
        """How the first items of a story came into it, in order of arrival."""
        members = tables.story_items
        return self._memberships(members.c.story_id == story_id, limit)

    def membership(self, item_id: int) -> Membership | None:
        """How an item came into its story; None before it was assigned."""
        return next(iter(self._memberships(tables.story_items.c.item_id == item_id, 1)), None)

    def joined_away(self, story_id: int) -> list[tuple[int, str]]:
        """The stories that were joined to this one: their numbers, and why."""
        table = tables.story_redirects
        query = select(table.c.story_id, table.c.why).where(table.c.to_story == story_id).order_by(table.c.story_id)
        return [(row.story_id, row.why) for row in self._connection.execute(query)]

    def told(
        self,
        stories: Iterable[int],
        *,
        recipient: int = 0,
        schedule: str = "",
        alerts: str = "",
        most: int = MOST_TELLERS,
    ) -> dict[int, ToldStory]:
        """Who tells these stories; with a recipient and schedule also when their digests last told of each.

        alerts: the schedule by which they are alerted besides.
        """
        return told_stories(self._connection, stories, recipient=recipient, schedule=schedule, alerts=alerts, most=most)

    def prune(self, *, now: datetime) -> int:
        """Drop what some old items were looked up and compared by; how many they were, 0 once nothing is left to do."""
        return self._candidates.prune(now=now)

    def _memberships(self, which: Any, limit: int) -> list[Membership]:
        members, kept = tables.story_items, tables.story_evidence
        query = select(members, kept.c.evidence).outerjoin(kept, kept.c.item_id == members.c.item_id)
        rows = self._connection.execute(query.where(which).order_by(members.c.item_id).limit(limit))
        return [
            Membership(
                item=row.item_id,
                story=row.story_id,
                relation=Relation(row.relation),
                to=row.to_item or 0,
                why=row.why,
                added_at=row.added_at,
                evidence=_evidence(row.evidence),
            )
            for row in rows
        ]


def _evidence(plain: dict[str, Any] | None) -> Evidence | None:
    if plain is None:
        return None
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    return Evidence(**fields)
