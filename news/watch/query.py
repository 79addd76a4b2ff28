"""The tree of a watch: what `parse_query` gives and everything else reads.

Two trees are equal when they ask the same, however it was typed: places and spelling of quotes do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as _field
from enum import StrEnum

# Fields that are compared whole, in any case, with what the item's source and language are called.
LABEL_FIELDS = ("source", "publisher", "standing", "lang")
FIELDS = ("title", "text", "lead", "source", "publisher", "standing", "lang", "tag")


class Wording(StrEnum):
    """How the words of a term are compared with those of a text."""

    ANY_CASE = "any case"
    EXACT = "exact"
    PREFIX = "prefix"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a node was written: code points of the query."""

    start: int
    end: int


NOWHERE = Place(start=0, end=0)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word or a phrase.

    words: its words repaired, with their own case. wording: PREFIX concerns the last word, EXACT all of them.
    gaps: what was written between neighbouring words apart from white space and hyphens (the dot of "gov.kz"); it may
    stand between them in a text too. text: the term as written, without quotation marks.
    """

    words: tuple[str, ...]
    wording: Wording = Wording.ANY_CASE
    gaps: tuple[str, ...] = ()
    text: str = _field(default="", compare=False)
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Name:
    """A person in every script and spelling: name:"Murat Nurtleu"."""

    text: str
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Concept:
    """A concept of the lexicon, in all its names: @ifrc. `id` is without the @."""

    id: str
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Regex:
    """A regular expression: /pattern/."""

    pattern: str
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Weighted:
    """One term of a score and what it adds where it is found, once however often; negative weights take away."""

    term: AnyTerm
    weight: float


@dataclass(frozen=True, kw_only=True)
class Score:
    """The weights of the terms found reach `at_least`."""

    at_least: float
    weights: tuple[Weighted, ...]
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Near:
    """Neighbours: each side at most distances[i] words from the next; ordered[i] means in this order.

    A side is a term or an Or of terms. There is one distance and one order less than there are sides.
    """

    sides: tuple[Query, ...]
    distances: tuple[int, ...]
    ordered: tuple[bool, ...]
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class InField:
    """`part` within one field only."""

    field: str
    part: Query
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Not:
    """Not `part`."""

    part: Query
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class And:
    """All of `parts`, two or more, none of them an And."""

    parts: tuple[Query, ...]
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Or:
    """Any of `parts`, two or more, none of them an Or."""

    parts: tuple[Query, ...]
    place: Place = _field(default=NOWHERE, compare=False, repr=False)


AnyTerm = Term | Name | Concept | Regex
Query = Term | Name | Concept | Regex | Score | Near | InField | Not | And | Or


def children(query: Query) -> tuple[Query, ...]:
    """The nodes directly below `query`."""
    match query:
        case And(parts=parts) | Or(parts=parts) | Near(sides=parts):
            return parts
        case Not(part=part) | InField(part=part):
            return (part,)
        case Score(weights=weights):
            return tuple(weighted.term for weighted in weights)
        case _:
            return ()


def walk(query: Query) -> Iterator[Query]:
    """`query` and every node below it, in the order written."""
    yield query
    for child in children(query):
        yield from walk(child)


def unasserted(query: Query, *, denied: bool = False) -> Query | None:
    """The first part that lets `query` be true of a text in which nothing was found, or None.

    A watch with such a part (only NOT, or NOT as an alternative) would alert for nearly everything.
    """
    match query:
        case Not(part=part):
            inner = unasserted(part, denied=not denied)
            return query if inner is not None and not denied else inner
        case InField(part=part):
            return unasserted(part, denied=denied)
        case And(parts=parts) | Or(parts=parts):
            found = [unasserted(part, denied=denied) for part in parts]
            one_is_enough = isinstance(query, Or) != denied
            if one_is_enough:
                return next((one for one in found if one is not None), None)
            return None if None in found else found[0]
        case _:
            return query if denied else None
