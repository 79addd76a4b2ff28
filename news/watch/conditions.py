"""What a compiled watch asks of an item: leaves that are found at places, and how they are joined.

A leaf is one object however many watches hold it: what it finds in an item is worked out once for all of them. `needed`
are features without any one of which an item cannot satisfy a condition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from news.text.names import NamePattern
from news.watch.regexes import CompiledRegex


class Proof(Enum):
    """What says that a word is the one that is meant.

    CAPITAL: its capital letter, in a field that has any: @semey is a town, семей are families. ELSEWHERE: that it also
    stands outside of headlines in capitals, where WHO may be a pronoun.
    """

    WORD = "word"
    CAPITAL = "capital"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class TermTest:
    """A word or phrase in `scope` (a field, or "" for title, lead and text).

    features: what its words must satisfy, one by one. needed: the same within `scope`; an item that has the only one
    holds the term, if the word is `proof` enough.
    """

    features: tuple[int, ...]
    needed: tuple[int, ...]
    gaps: tuple[str, ...]
    scope: str
    term: str
    proof: Proof


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class NameTest:
    """A person. surname: its feature. support: leaves of the same watch; one of them near a weak surname is enough."""

    pattern: NamePattern
    surname: int
    needed: tuple[int, ...]
    support: tuple[Leaf, ...]
    scope: str
    term: str


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class RegexTest:
    """A regular expression; `feature` is known of an item only where a watch is anchored on it."""

    needed: ClassVar[tuple[int, ...]] = ()
    regex: CompiledRegex
    feature: int
    scope: str
    term: str


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class LabelTest:
    """What the item's source, publisher, standing or language is called."""

    needed: tuple[int, ...]
    term: str


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class DatedTest:
    """`part`, in items dated from `since` to `until`, both included; None is open."""

    part: TermTest | NameTest
    since: date | None
    until: date | None

    @property
    def needed(self) -> tuple[int, ...]:
        """The features without which an item does not hold it."""
        return self.part.needed


Leaf = TermTest | NameTest | RegexTest | LabelTest | DatedTest


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class NearTest:
    """Sides in one field, each at most `distances` words from the next; see query.Near.

    needed: what a side asks for that is one leaf; the rarest comes first.
    """

    needed: tuple[int, ...]
    sides: tuple[tuple[Leaf, ...], ...]
    distances: tuple[int, ...]
    ordered: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Weight:
    """A term of a score: it counts once, by whichever of `leaves` it is found."""

    leaves: tuple[Leaf, ...]
    weight: float
    term: str


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class ScoreTest:
    """The weights of the terms found add up to `at_least` or more."""

    needed: ClassVar[tuple[int, ...]] = ()
    at_least: float
    weights: tuple[Weight, ...]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Absent:
    """`part` must not be found."""

    needed: ClassVar[tuple[int, ...]] = ()
    part: Leaf | NearTest | ScoreTest


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class AllOf:
    """Every part holds."""

    needed: ClassVar[tuple[int, ...]] = ()
    parts: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class AnyOf:
    """At least one part holds."""

    needed: ClassVar[tuple[int, ...]] = ()
    parts: tuple[Condition, ...]


Condition = Leaf | NearTest | ScoreTest | Absent | AllOf | AnyOf
