"""The list form of a watch: any / also / not, a phrase a line; the same tree as its query text.

    any:  [Red Crescent, IFRC]        one is enough
    also: [Kazakhstan, Central Asia]  and one of these
    not:  [blood donor marathon]      none of these

A line is a phrase. Only a line that is one word may be `prefix*`; `=Exact` and `="exact phrase"` keep their spelling,
and `person: Given Surname` is the person in all spellings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from news.errors import QuerySyntaxError
from news.text.words import QUOTES, tokenise
from news.watch.notes import operator_meant
from news.watch.parser import parse_query
from news.watch.query import And, Concept, Name, Not, Or, Query, Term, Wording

_PERSON = re.compile(r"person:\s*(.*)", re.IGNORECASE)
_LABEL = re.compile(r"[^\W\d_]\w*:(?=\s|$)")
_PLAIN_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_QUERY_TERM = re.compile(rf"\S+\*|=[^\s{QUOTES}]+|=\"[^{QUOTES}]+\"|@\S+")


@dataclass(frozen=True, kw_only=True)
class Lists:
    """A watch as lists of lines; `not_` is written `not` in config.yaml."""

    any: tuple[str, ...]
    also: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()


def query_from_lists(*, any: Sequence[str], also: Sequence[str] = (), not_: Sequence[str] = ()) -> str:
    """The query text that asks the same as the lists; raises QuerySyntaxError whose `query` is the line at fault."""
    if not any and not also:
        raise QuerySyntaxError("", 0, 0, "the watch is empty", "Give at least one phrase under any:.")
    groups = [_group(lines) for lines in (any, also) if lines]
    several = len(groups) > 1
    asked = " AND ".join(f"({group})" if several and " OR " in group else group for group in groups)
    if not not_:
        return asked
    if not several and len(any or also) > 1:
        asked = f"({asked})"
    return asked + "".join(f" NOT {_term(line)}" for line in not_)


def lists_from_query(query: Query) -> Lists | None:
    """The lists that give exactly this tree, or None where lists cannot show it; never a part of it."""
    parts = query.parts if isinstance(query, And) else (query,)
    asked = [part for part in parts if not isinstance(part, Not)]
    left_out = [part.part for part in parts if isinstance(part, Not)]
    groups = [_lines(part) for part in asked]
    denied = [_line(part) for part in left_out]
    if len(groups) > 2 or not groups:
        return None
    shown = Lists(
        any=tuple(line for line in groups[0] if line is not None),
        also=tuple(line for line in groups[1] if line is not None) if len(groups) == 2 else (),
        not_=tuple(line for line in denied if line is not None),
    )
    try:
        again = parse_query(query_from_lists(any=shown.any, also=shown.also, not_=shown.not_))
    except QuerySyntaxError:
        return None
    return shown if again == query else None


def _group(lines: Sequence[str]) -> str:
    return " OR ".join(_term(line) for line in lines)


def _term(line: str) -> str:
    """One line as a term of the query language."""
    line = " ".join(line.split())
    if person := _PERSON.fullmatch(line):
        return f'name:"{_phrase(line, person.group(1))}"'
    if label := _LABEL.match(line):
        raise QuerySyntaxError(
            line,
            0,
            label.end(),
            f"a line of a list is a phrase; it cannot begin with {label.group()}",
            "Only person: is known here; for fields write the watch as query text.",
        )
    if _QUERY_TERM.fullmatch(line):
        parse_query(line)
        return line
    phrase = _phrase(line, line)
    if phrase[0] in "=@":
        raise QuerySyntaxError(
            line, 0, len(line), f"{phrase[0]} stands before one word in a list", 'Write =Word or ="exact phrase".'
        )
    if (
        _PLAIN_WORD.fullmatch(phrase)
        and not operator_meant(phrase)
        and phrase not in ("AND", "OR", "NOT", "NEAR", "ADJ")
    ):
        return phrase
    return f'"{phrase}"'


def _phrase(line: str, text: str) -> str:
    """The line without quotation marks, checked as a phrase, so that a complaint underlines the line itself."""
    bare = "".join(character for character in text if character not in QUOTES).strip()
    if not tokenise(bare).raw:
        raise QuerySyntaxError(line, 0, len(line), "there is no word in this line", "Write a phrase or leave it out.")
    try:
        parse_query(f'"{bare}"')
    except QuerySyntaxError as error:
        raise QuerySyntaxError(line, 0, len(line), error.problem, error.hint) from None
    return bare


def _lines(part: Query) -> list[str | None]:
    return [_line(term) for term in (part.parts if isinstance(part, Or) else (part,))]


def _line(part: Query) -> str | None:
    match part:
        case Name(text=text):
            return f"person: {text}"
        case Concept(id=id):
            return f"@{id}"
        case Term(wording=Wording.EXACT, text=text, words=words) if len(words) > 1:
            return f'="{text.removeprefix("=")}"'
        case Term(text=text):
            return text
        case _:
            return None
