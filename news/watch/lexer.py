"""Cutting a watch's text into tokens: the spelling of the watch language.

A token keeps its place, so that every later complaint can underline it. What people paste or remember from other search
boxes (commas, |, +, a dash between spaces) is explained here, never guessed.
"""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from typing import NamedTuple

from news.errors import QuerySyntaxError
from news.text.words import APOSTROPHES, DASHES, INVISIBLE, QUOTES
from news.watch.query import FIELDS

LONGEST_QUERY = 8_000
FARTHEST = 50

_BLANK = re.compile(rf"[\s{INVISIBLE}]+")
_OPENING = '"«“”„‟'
_RUN = re.compile(rf"[^\s(){{}}^{QUOTES}]+")
_PROXIMITY = re.compile(r"(NEAR|ADJ)(?:/(.*))?")
_FIELD = re.compile(r"([^\W\d_]\w*):")
_CONCEPT = re.compile(r"@[\w.-]+")
_REGEX = re.compile(r"/((?:[^/\\\n]|\\.)*)/")
_SCORE = re.compile(r"score\s*>=\s*")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_FOREIGN = {
    ",": "a comma has no meaning in a watch",
    ";": "a semicolon has no meaning in a watch",
    "|": "| has no meaning in a watch",
    "&": "& has no meaning in a watch",
    "!": "! has no meaning in a watch",
    "?": "? has no meaning in a watch",
    "~": "~ has no meaning in a watch",
    "[": "[ has no meaning in a watch",
    "]": "] has no meaning in a watch",
    "<": "< has no meaning in a watch",
    ">": "> has no meaning in a watch",
    "\\": "\\ has no meaning in a watch",
}
_FOREIGN_MARK = re.compile("[" + "".join(map(re.escape, _FOREIGN)) + "]")
_WHAT_TO_WRITE = (
    'Words side by side must all occur; write OR between alternatives, and "quotes" around a phrase or headline.'
)


class Kind(StrEnum):
    """What a token is; the values are how a complaint calls it."""

    OPEN = "("
    CLOSE = ")"
    OPEN_BRACE = "{"
    CLOSE_BRACE = "}"
    OR = "OR"
    AND = "AND"
    NOT = "NOT"
    NEAR = "NEAR"
    ADJ = "ADJ"
    FIELD = "field"
    NAME = "name:"
    EXACT = "="
    WORD = "word"
    PREFIX = "prefix"
    PHRASE = "phrase"
    CONCEPT = "concept"
    REGEX = "regular expression"
    SCORE = "score>="
    WEIGHT = "weight"
    END = "the end"


class Token(NamedTuple):
    """One token: its kind, its place in code points, and what it holds.

    value: a word, prefix or phrase without * and quotes, a field or concept name, a pattern, the digits of a number.
    inner: where `value` begins in the query.
    """

    kind: Kind
    start: int
    end: int
    value: str = ""
    inner: int = 0


class Lexer:
    """The tokens of one query, one after the other."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.position = 0

    def tokens(self) -> list[Token]:
        """All tokens, the last of kind END; raises QuerySyntaxError at the first thing that is none."""
        if len(self.query) > LONGEST_QUERY:
            raise QuerySyntaxError(
                self.query,
                LONGEST_QUERY,
                len(self.query),
                f"a watch is at most {LONGEST_QUERY:,} characters long; this one has {len(self.query):,}",
                "Make several watches of it.",
            )
        found = []
        while (token := self._next()).kind is not Kind.END:
            found.append(token)
        return [*found, token]

    def _next(self) -> Token:
        if blank := _BLANK.match(self.query, self.position):
            self.position = blank.end()
        start = self.position
        if start >= len(self.query):
            return Token(kind=Kind.END, start=start, end=start + 1)
        character = self.query[start]
        if character in "(){}":
            return self._token(Kind(character), start + 1)
        if character in QUOTES:
            return self._phrase()
        if character == "=":
            return self._exact()
        if character == "/":
            return self._regex()
        if character == "@":
            return self._concept()
        if character == "^":
            return self._weight()
        if score := _SCORE.match(self.query, start):
            return self._score(score)
        return self._run()

    def _token(self, kind: Kind, end: int, value: str = "", inner: int = 0) -> Token:
        token = Token(kind=kind, start=self.position, end=end, value=value, inner=inner)
        self.position = end
        return token

    def _error(self, start: int, end: int, problem: str, hint: str) -> QuerySyntaxError:
        return QuerySyntaxError(self.query, start, end, problem, hint)

    def _phrase(self) -> Token:
        """phrase := '"' text '"' with any of the quotation marks in use, « » only in pairs."""
        start = self.position
        opening = self.query[start]
        closing = "»" if opening == "«" else '"“”„‟'
        end = next((at for at in range(start + 1, len(self.query)) if self.query[at] in closing), None)
        if opening == "»" or end is None:
            raise self._error(start, start + 1, "this quotation mark has no partner", 'Write phrases as "two words".')
        if self.query[end + 1 : end + 2] == "*":
            raise self._error(end + 1, end + 2, "* follows a word, not a phrase", "Write word* outside of quotes.")
        return self._token(Kind.PHRASE, end + 1, self.query[start + 1 : end], start + 1)

    def _exact(self) -> Token:
        start = self.position
        following = self.query[start + 1 : start + 2]
        if not following or (following not in _OPENING and not following.isalnum()):
            raise self._error(start, start + 1, "= stands before a word or phrase", 'Write =Word or ="exact phrase".')
        return self._token(Kind.EXACT, start + 1)

    def _regex(self) -> Token:
        found = _REGEX.match(self.query, self.position)
        if found is None:
            raise self._error(
                self.position,
                self.position + 1,
                "this regular expression has no end",
                "Write /pattern/ with a slash on both sides.",
            )
        if not found.group(1):
            raise self._error(*found.span(), "this regular expression is empty", "Write /pattern/.")
        return self._token(Kind.REGEX, found.end(), found.group(1), found.start(1))

    def _concept(self) -> Token:
        found = _CONCEPT.match(self.query, self.position)
        if found is None:
            raise self._error(self.position, self.position + 1, "@ stands before a concept", "Write @ifrc.")
        return self._token(Kind.CONCEPT, found.end(), found.group()[1:], found.start() + 1)

    def _score(self, opening: re.Match[str]) -> Token:
        number = _NUMBER.match(self.query, opening.end())
        if number is None:
            raise self._error(*opening.span(), "score>= needs a number", "Write score>=30 {flood^20 Almaty^10}.")
        return self._token(Kind.SCORE, number.end(), number.group(), number.start())

    def _weight(self) -> Token:
        number = _NUMBER.match(self.query, self.position + 1)
        if number is None:
            raise self._error(
                self.position, self.position + 1, "^ needs a weight", "Write score>=30 {flood^20 Almaty^10}."
            )
        return self._token(Kind.WEIGHT, number.end(), number.group(), number.start())

    def _run(self) -> Token:
        """Everything up to white space, a bracket or a quotation mark: an operator, a field, a word, a prefix."""
        if field := _FIELD.match(self.query, self.position):
            return self._field(field.group(1), self.position)
        found = _RUN.match(self.query, self.position)
        assert found is not None  # every other first character was taken before
        run, start = found.group(), found.start()
        if run in ("OR", "AND", "NOT"):
            return self._token(Kind(run), found.end())
        if proximity := _PROXIMITY.fullmatch(run):
            return self._proximity(proximity, start)
        if run[0] in DASHES:
            return self._minus(run, start)
        if run[0] in "+#":
            meaning = "Words side by side must all occur already." if run[0] == "+" else "Write tag:flood for a tag."
            raise self._error(start, start + 1, f"{run[0]} has no meaning in a watch", meaning)
        if foreign := _FOREIGN_MARK.search(run):
            at = start + foreign.start()
            raise self._error(at, at + 1, _FOREIGN[foreign.group()], _WHAT_TO_WRITE)
        return self._word(run, start)

    def _proximity(self, found: re.Match[str], start: int) -> Token:
        """near := ("NEAR/" | "ADJ/") n, n from 1 to 50."""
        name, number = found.groups()
        end = start + len(found.group())
        hint = f"Write {name}/5: at most five words apart" + (
            ", in this order." if name == "ADJ" else ", in any order."
        )
        if not number:
            raise self._error(start, end, f"{name} needs a number", hint)
        if not re.fullmatch(r"[0-9]{1,9}", number) or not 1 <= int(number) <= FARTHEST:
            raise self._error(start, end, f"{name} takes a whole number from 1 to {FARTHEST}", hint)
        return self._token(Kind(name), end, number)

    def _minus(self, run: str, start: int) -> Token:
        following = self.query[start + 1 : start + 2]
        if run[0] != "-" or not following or following.isspace() or following in DASHES:
            raise self._error(
                start,
                start + 1,
                "a dash by itself has no meaning",
                'Put a pasted headline in "quotes"; to leave something out write NOT word or -word.',
            )
        return self._token(Kind.NOT, start + 1)

    def _field(self, name: str, start: int) -> Token:
        end = start + len(name) + 1
        lower = name.lower()
        if lower == "name":
            return self._token(Kind.NAME, end)
        if lower in FIELDS:
            return self._token(Kind.FIELD, end, lower)
        known = (*FIELDS, "name")
        near = ["name"] if lower == "person" else difflib.get_close_matches(lower, known, n=1)
        hint = f"Did you mean {near[0]}: ? " if near else ""
        hint += f'Fields are {", ".join(FIELDS)}; a colon in a headline belongs inside "quotes".'
        raise self._error(start, end, f"there is no field {name}:", hint)

    def _word(self, run: str, start: int) -> Token:
        star = run.find("*")
        if star == -1:
            return self._token(Kind.WORD, start + len(run), run, start)
        at = start + star
        if not any(character.isalnum() for character in run):
            raise self._error(at, start + len(run), "a * alone would match everything", "Write at least three letters.")
        if star != len(run) - 1:
            raise self._error(at, at + 1, "* stands only at the end of a word", "Write the beginning: ministr*.")
        if self.query[at + 1 : at + 2] and self.query[at + 1] in QUOTES + APOSTROPHES:
            raise self._error(at, at + 1, "* stands only at the end of a word", "Put a space after it.")
        return self._token(Kind.PREFIX, start + len(run), run[:-1], start)
