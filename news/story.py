"""Which story an item belongs to, by exact knowledge alone: shared native id, same text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from news.item import Item


class Relation(StrEnum):
    """How an item stands to the story it is put into."""

    NEW = "new"
    SAME = "same"
    TRANSLATION = "translation"


@dataclass(frozen=True, kw_only=True)
class Story:
    """One event told by one or more items; `items` are ids in order of arrival."""

    id: int
    items: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Lookalike:
    """A stored item that may tell the same story: what is needed to decide, no more."""

    item: int
    story: int
    language: str
    text_hash: str
    story_keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The decision: an existing story or None for a new one, the relation, the item it rests on (0: none), and why."""

    story: int | None
    relation: Relation
    to: int = 0
    why: str = ""


def choose_story(item: Item, lookalikes: Sequence[Lookalike]) -> Choice:
    """Decide the story of `item`; the publisher's own id outranks equal text, earlier items outrank later ones."""
    ordered = sorted(lookalikes, key=lambda one: one.item)
    for other in ordered:
        shared = set(item.story_keys) & set(other.story_keys)
        if shared:
            relation = Relation.TRANSLATION if other.language != item.language else Relation.SAME
            return Choice(
                story=other.story, relation=relation, to=other.item, why=f"same id at the publisher ({min(shared)})"
            )
    for other in ordered:
        if item.text_hash and item.text_hash == other.text_hash:
            return Choice(story=other.story, relation=Relation.SAME, to=other.item, why="same text")
    return Choice(story=None, relation=Relation.NEW)
