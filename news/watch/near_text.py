"""A tree as query text again, for a watch of which one part was changed; what was typed stays as it was typed."""

from __future__ import annotations

from news.watch.expand import phrase
from news.watch.query import (
    NOWHERE,
    And,
    Concept,
    InField,
    Name,
    Near,
    Not,
    Or,
    Query,
    Regex,
    Score,
    Term,
    Wording,
    children,
)


def written(query: Query, text: str) -> str:
    """The query text that parses to `query`, whose typed terms stand in `text`."""
    match query:
        case And(parts=parts):
            told = _inner(parts[0], text)
            for part in parts[1:]:
                told += f" {_inner(part, text)}" if isinstance(part, Not) else f" AND {_inner(part, text)}"
            return told
        case Or(parts=parts):
            return " OR ".join(_inner(part, text) for part in parts)
        case Not(part=part):
            return f"NOT {_inner(part, text)}"
        case InField(field=field, part=part):
            return f"{field}:({written(part, text)})" if children(part) else f"{field}:{written(part, text)}"
        case Near(sides=sides, distances=distances, ordered=ordered):
            told = _inner(sides[0], text)
            for side, distance, in_order in zip(sides[1:], distances, ordered, strict=True):
                told += f" {'ADJ' if in_order else 'NEAR'}/{distance} {_inner(side, text)}"
            return told
        case Score(at_least=at_least, weights=weights):
            terms = " ".join(f"{written(one.term, text)}^{one.weight:g}" for one in weights)
            return f"score>={at_least:g} {{{terms}}}"
        case Term() | Name() | Concept() | Regex():
            return _term(query, text)


def _inner(query: Query, text: str) -> str:
    told = written(query, text)
    return f"({told})" if isinstance(query, And | Or) else told


def _term(term: Term | Name | Concept | Regex, text: str) -> str:
    match term:
        case Term(wording=Wording.EXACT) if term.place != NOWHERE:
            return text[term.place.start : term.place.end]
        case Term(wording=Wording.ANY_CASE, text=bare) if term.place == NOWHERE or _was_exact(term, text):
            return phrase(bare)
        case _:
            return text[term.place.start : term.place.end]


def _was_exact(term: Term, text: str) -> bool:
    """Whether it was typed as =Exact, and only lately became any case."""
    return text[term.place.start : term.place.start + 1] == "="
