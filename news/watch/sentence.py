"""A watch in words, for people who never saw the language: what it alerts to, and how it reads."""

from __future__ import annotations

from collections.abc import Sequence

from news.text.forms import is_abbreviation
from news.watch.query import (
    LABEL_FIELDS,
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
    walk,
)

_PLACES = {
    "title": "in the title",
    "text": "in the body text",
    "lead": "in the lead",
    "tag": "among the tags",
    "source": "from the source",
    "publisher": "published by",
    "standing": "of the standing",
    "lang": "in the language",
}


def describe(query: Query) -> str:
    """An English sentence that says all of what the watch asks, and a second one on how its words are read."""
    parts = query.parts if isinstance(query, And) else (query,)
    left_out = [part.part for part in parts if isinstance(part, Not)]
    asked = [part for part in parts if not isinstance(part, Not)]
    if not asked:
        # Only a NOT around NOTs gets here; it is shown as it is built.
        return f"Alerts when a text mentions {', and '.join(_words(part) for part in parts)}. {_reading(query)}".strip()
    labels = " and ".join(_words(part) for part in asked if _is_label(part))
    mentioned = ", and ".join(_words(part) for part in asked if not _is_label(part))
    if not mentioned:
        sentence = f"Alerts to every text {labels}"
    else:
        sentence = f"Alerts when a text{' ' + labels if labels else ''} mentions {mentioned}"
    if left_out:
        sentence += "; but not " + ", and not ".join(_words(part, quoted=True) for part in left_out)
    return f"{sentence}. {_reading(query)}".strip()


def _is_label(query: Query) -> bool:
    return isinstance(query, InField) and query.field in LABEL_FIELDS


def _words(query: Query, *, quoted: bool = False) -> str:
    match query:
        case Term():
            return _term(query, quoted=quoted)
        case Name(text=text):
            return f"the person {text}"
        case Concept(id=id):
            return f"the concept {id}"
        case Regex(pattern=pattern):
            return f"the pattern {pattern}"
        case Or(parts=parts):
            return _listed([_inner(part, quoted) for part in parts], "or")
        case And(parts=parts):
            return _listed([_inner(part, quoted) for part in parts], "and")
        case Not(part=part):
            return f"not {_inner(part, True)}"
        case InField(field=field, part=part):
            return _in_field(field, part, quoted)
        case Near(sides=sides):
            return _near(query, [_inner(side, quoted) for side in sides])
        case Score(at_least=at_least, weights=weights):
            weighed = ", ".join(f"{_words(one.term)} ({one.weight:g})" for one in weights)
            return f"enough of {weighed} to reach {at_least:g}"


def _inner(query: Query, quoted: bool) -> str:
    text = _words(query, quoted=quoted)
    return f"({text})" if isinstance(query, And | Or) else text


def _term(term: Term, *, quoted: bool) -> str:
    bare = term.text.removeprefix("=")
    match term.wording:
        case Wording.PREFIX:
            return f"words beginning with {bare.removesuffix('*')}"
        case Wording.EXACT:
            return f"'{bare}' exactly so"
        case Wording.ANY_CASE:
            return f"'{bare}'" if quoted else bare


def _in_field(field: str, part: Query, quoted: bool) -> str:
    if field in LABEL_FIELDS:
        return f"{_PLACES[field]} {_words(part).replace('words beginning', 'beginning')}"
    return f"{_words(part, quoted=quoted)} {_PLACES[field]}"


def _near(near: Near, sides: Sequence[str]) -> str:
    text = sides[0]
    for side, distance, ordered in zip(sides[1:], near.distances, near.ordered, strict=True):
        if ordered and distance == 1:
            text += f" followed directly by {side}"
        elif ordered:
            text += f" followed within {distance} words by {side}"
        else:
            text += f" within {distance} words of {side}"
    return text


def _listed(texts: Sequence[str], conjunction: str) -> str:
    return f"{', '.join(texts[:-1])} {conjunction} {texts[-1]}" if len(texts) > 1 else texts[0]


def _reading(query: Query) -> str:
    """How words are compared, honestly: a word is found in all its forms, a concept and a person in all languages."""
    terms = [node for node in walk(query) if isinstance(node, Term) and node.wording is Wording.ANY_CASE]
    capitals = sorted({word for term in terms for word in term.words if is_abbreviation(word)})
    told = []
    if any(not is_abbreviation(word) for term in terms for word in term.words):
        told.append("Words are found in any form; other languages need words of their own.")
    if capitals:
        told.append(f"{_listed(capitals, 'and')} only in capitals.")
    if any(isinstance(node, Concept) for node in walk(query)):
        told.append("A concept is found by all its names in English, Russian and Kazakh.")
    return " ".join(told)
