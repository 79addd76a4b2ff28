"""How items stand to each other, and what a decision about a story is made from and says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.item import Stated
from news.story.signature import Signature


class Relation(StrEnum):
    """How an item stands to another one.

    SAME, UPDATE and TRANSLATION put it into the other's story; EXCERPT and TEMPLATE (same form, another event) leave it
    in a story of its own and only name the other; NEW names none.
    """

    NEW = "new"
    SAME = "same"
    UPDATE = "update"
    TRANSLATION = "translation"
    EXCERPT = "excerpt"
    TEMPLATE = "template"

    @property
    def joins(self) -> bool:
        """Whether the item is a member of the other's story."""
        return self in {Relation.SAME, Relation.UPDATE, Relation.TRANSLATION}


@dataclass(frozen=True, kw_only=True)
class Story:
    """One event told by one or more items; `items` are ids in order of arrival."""

    id: int
    items: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Lookalike:
    """A stored item that may tell the same story: what is needed to decide, no more.

    url: its canonical address. signature: None where the item was stored without one; then only exact knowledge counts.
    closeness: how near it is in meaning to the item asked for, the centred cosine, -1..1; None where that is not known.
    """

    item: int
    story: int
    language: str
    text_hash: str
    story_keys: tuple[str, ...]
    source: str = ""
    publisher: str = ""
    url: str = ""
    published: Stated | None = None
    seen_at: datetime | None = None
    signature: Signature | None = None
    closeness: float | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a decision rests on, to be shown to a person.

    rule: short name of the rule that decided. of_new, of_old: share (0..1) of the new item's text found in the old one
    and the other way round, rare passages counting more; None where texts were not compared. only_new, only_old: names
    and figures that the other lacks, as written. shared: names and figures that both have, as the new item writes them.
    """

    rule: str
    of_new: float | None = None
    of_old: float | None = None
    shared: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
    only_old: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The decision: an existing story or None for a new one, the relation, the item it rests on (0: none), and why."""

    story: int | None
    relation: Relation
    to: int = 0
    why: str = ""
    evidence: Evidence | None = None
