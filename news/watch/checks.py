"""What is refused where a watch is written, beyond its grammar: each with the place underlined and what to write."""

from __future__ import annotations

import math

from news.errors import QuerySyntaxError
from news.lexicon import Lexicon, shipped
from news.text.forms import is_abbreviation
from news.text.words import word_forms
from news.watch.clauses import TOLERANCE
from news.watch.labels import check_labels
from news.watch.query import (
    LABEL_FIELDS,
    And,
    Concept,
    InField,
    Near,
    Not,
    Or,
    Query,
    Regex,
    Score,
    Term,
    Wording,
    walk,
)
from news.watch.regex_syntax import RegexFault
from news.watch.regexes import compile_regex
from news.watch.stopwords import STOPWORDS


def check(text: str, query: Query, lexicon: Lexicon | None) -> None:
    """Raise QuerySyntaxError for what parses and cannot work.

    query: the tree of `text`. lexicon: the shipped one where None; it is only read for a concept.
    """
    for node in walk(query):
        match node:
            case Concept():
                _check_concept(text, node, lexicon or shipped())
            case Regex():
                _check_regex(text, node)
            case Score():
                _check_score(text, node)
    check_labels(text, query)
    if common := _common(query):
        raise _error(
            text,
            common,
            "this is in nearly every text",
            "Add a word that says what you look for, or write the whole phrase in quotation marks.",
        )


def _check_concept(text: str, node: Concept, lexicon: Lexicon) -> None:
    concept = lexicon.concept(node.id)
    if concept is None:
        near = lexicon.near(node.id)
        hint = f"Did you mean {' or '.join('@' + id for id in near)}?" if near else "Write its names with OR."
        raise _error(text, node, f"there is no concept @{node.id}", hint)
    if not any(name.sure for name in concept.names) and not any(holder.sure for holder in concept.holders):
        names = " OR ".join(f'"{name.text}"' for name in concept.names[:3])
        raise _error(text, node, f"nobody has checked the names of @{node.id}", f"Write those you trust: {names}.")


def _check_regex(text: str, node: Regex) -> None:
    try:
        compile_regex(node.pattern)
    except RegexFault as fault:
        # The pattern begins after the slash.
        start = node.place.start + 1
        raise QuerySyntaxError(text, start + fault.start, start + fault.end, fault.problem, fault.hint) from None


def _check_score(text: str, node: Score) -> None:
    seen: set[Query] = set()
    for weighted in node.weights:
        if weighted.term in seen:
            problem = "this term has two weights"
            raise _error(text, weighted.term, problem, "Give it one: a term counts once, however often it stands.")
        seen.add(weighted.term)
    most = math.fsum(weighted.weight for weighted in node.weights if weighted.weight > 0)
    if node.at_least <= 0:
        raise _error(text, node, "every text has this score", "Write a number above 0: score>=30 {flood^20 Almaty^10}.")
    if most < node.at_least - TOLERANCE:
        raise _error(text, node, f"these weights add up to {most:g} at most", f"Write score>={most:g} or less.")


def _common(query: Query) -> Query | None:
    """The first part that is true of nearly every text for the sake of stop words alone, or None."""
    match query:
        case Term():
            return query if _is_common(query) else None
        case InField(field=field, part=part):
            return None if field in LABEL_FIELDS else _common(part)
        case And(parts=parts):
            found = [_common(part) for part in parts if not isinstance(part, Not)]
            return query if found and all(found) else None
        case Near(sides=sides):
            return query if all(_common(side) for side in sides) else None
        case Or(parts=parts):
            return next((common for part in parts if (common := _common(part))), None)
        case Score(at_least=at_least, weights=weights):
            reached = math.fsum(one.weight for one in weights if one.weight > 0 and _common(one.term))
            return query if reached >= at_least - TOLERANCE else None
        case _:
            return None


def _is_common(term: Term) -> bool:
    if term.wording is Wording.EXACT:
        return STOPWORDS.issuperset(term.words)
    forms = [word_forms(word).form for word in term.words]
    return STOPWORDS.issuperset(forms) and not any(is_abbreviation(word) for word in term.words)


def _error(text: str, node: Query, problem: str, hint: str) -> QuerySyntaxError:
    return QuerySyntaxError(text, node.place.start, node.place.end, problem, hint)
