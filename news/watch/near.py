"""A watch with one of its demands let go: what it then finds beyond itself are its near misses.

One term short, under the score by one term, words too far apart, in another field, in other letters; or left out by a
NOT. What a near miss lacks is named by the part of the watch that was let go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from news.watch.query import (
    LABEL_FIELDS,
    And,
    InField,
    Near,
    Not,
    Or,
    Query,
    Score,
    Term,
    Wording,
    unasserted,
)
from news.watch.stopwords import STOPWORDS

NEARBY = 5
"""How far apart the words of a phrase may be for a near miss."""


class Lack(StrEnum):
    """What a near miss lacks."""

    MISSING = "missing"
    APART = "apart"
    ELSEWHERE = "elsewhere"
    WRITTEN = "written otherwise"
    LEFT_OUT = "left out"


@dataclass(frozen=True, kw_only=True)
class Relaxed:
    """A watch without one of its demands.

    query: what is left. part: the demand, a node of the watch as written. lack: how an item that only `query` finds
    falls short of the watch.
    """

    query: Query
    part: Query
    lack: Lack


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """One of several terms of which a watch needs only some. query: the watch without it."""

    query: Query
    part: Query


def relaxations(query: Query) -> tuple[Relaxed, ...]:
    """Every way to let go of one demand, in the order written; none that would find nearly everything."""
    found: dict[Query, Relaxed] = {}
    for one in _relaxed(query):
        if unasserted(one.query) is None and one.query != query:
            found.setdefault(one.query, one)
    return tuple(found.values())


def alternatives(query: Query, most: int | None = None) -> tuple[Alternative, ...]:
    """Each part that is one of several, with the watch without it; what NOT leaves out does not count.

    most: of more the first, at a cost that grows with them and not with all.
    """
    return tuple(islice((one for one in _alternatives(query) if unasserted(one.query) is None), most))


def either(queries: Sequence[Query]) -> Query:
    """What any of the queries finds, as one query; there must be one."""
    return _joined(Or, tuple(queries))


def _relaxed(query: Query) -> Iterator[Relaxed]:
    match query:
        case And(parts=parts):
            for at, part in enumerate(parts):
                rest = (*parts[:at], *parts[at + 1 :])
                yield Relaxed(
                    query=_joined(And, rest), part=part, lack=Lack.LEFT_OUT if isinstance(part, Not) else Lack.MISSING
                )
                yield from _within(And, parts, at)
        case Or(parts=parts):
            for at in range(len(parts)):
                yield from _within(Or, parts, at)
        case InField(field=field, part=part) if field not in LABEL_FIELDS:
            yield Relaxed(query=part, part=query, lack=Lack.ELSEWHERE)
            for one in _relaxed(part):
                yield replace(one, query=replace(query, part=one.query))
        case Near(sides=sides):
            yield Relaxed(query=_joined(And, sides), part=query, lack=Lack.APART)
        case Score():
            yield from _lower(query)
        case Term(wording=Wording.EXACT):
            any_case = replace(query, wording=Wording.ANY_CASE, text=query.text.removeprefix("="))
            yield Relaxed(query=any_case, part=query, lack=Lack.WRITTEN)
        case Term(wording=Wording.ANY_CASE, words=words):
            if len(telling := [word for word in words if len(word) > 1 and word.lower() not in STOPWORDS]) > 1:
                yield Relaxed(query=_nearby(telling), part=query, lack=Lack.APART)
        case _:
            return


def _within(kind: type[And] | type[Or], parts: tuple[Query, ...], at: int) -> Iterator[Relaxed]:
    for one in _relaxed(parts[at]):
        yield replace(one, query=_joined(kind, (*parts[:at], one.query, *parts[at + 1 :])))


def _lower(score: Score) -> Iterator[Relaxed]:
    """The score without one term and what that would have added."""
    for at, one in enumerate(score.weights):
        rest = (*score.weights[:at], *score.weights[at + 1 :])
        at_least = score.at_least - one.weight
        if one.weight > 0 and at_least > 0 and any(other.weight > 0 for other in rest):
            lower = replace(score, at_least=at_least, weights=rest)
            yield Relaxed(query=lower, part=one.term, lack=Lack.MISSING)


def _nearby(words: Sequence[str]) -> Near:
    between = len(words) - 1
    return Near(
        sides=tuple(Term(words=(word,), text=word) for word in words),
        distances=(NEARBY,) * between,
        ordered=(False,) * between,
    )


def _alternatives(query: Query) -> Iterator[Alternative]:
    match query:
        case Or(parts=parts):
            for at, part in enumerate(parts):
                yield Alternative(query=_joined(Or, (*parts[:at], *parts[at + 1 :])), part=part)
                for one in _alternatives(part):
                    yield replace(one, query=_joined(Or, (*parts[:at], one.query, *parts[at + 1 :])))
        case And(parts=parts):
            for at, part in enumerate(parts):
                for one in _alternatives(part):
                    yield replace(one, query=_joined(And, (*parts[:at], one.query, *parts[at + 1 :])))
        case InField(part=part):
            for one in _alternatives(part):
                yield replace(one, query=replace(query, part=one.query))
        case Score(weights=weights):
            for at, weighted in enumerate(weights):
                rest = (*weights[:at], *weights[at + 1 :])
                if weighted.weight > 0 and any(other.weight > 0 for other in rest):
                    yield Alternative(query=replace(query, weights=rest), part=weighted.term)
        case _:
            return


def _joined(kind: type[And] | type[Or], parts: Sequence[Query]) -> Query:
    """The parts as one node: flat, as the parser makes it, each once, and alone where there is only one."""
    flat: dict[Query, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, And | Or) and type(part) is kind else (part,)))
    return next(iter(flat)) if len(flat) == 1 else kind(parts=tuple(flat))
