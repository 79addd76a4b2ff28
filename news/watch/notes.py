"""What a watch's writer is asked about: read as typed, but probably meant otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from news.text.words import tokenise
from news.watch.lexer import Kind, Token

_OPERATORS = {
    "or": "OR",
    "или": "OR",
    "немесе": "OR",
    "and": "AND",
    "и": "AND",
    "және": "AND",
    "not": "NOT",
    "не": "NOT",
}
_PROXIMITY = re.compile(r"(near|adj)/\d*", re.IGNORECASE)
_VOWELS = "AEIOUYАЕЁИОУЫЭЮЯӘІӨҰҮ"
_THREE_CONSONANTS = re.compile(rf"[^{_VOWELS}]{{3}}")
# Pronounceable abbreviations that nobody means as a word.
_FAMILIAR = frozenset(
    {"CAREC", "FIFA", "NATO", "OPEC", "OSCE", "UNECE", "UNEP", "UNESCO", "UNICEF", "UNIDO", "UNODC", "UNOPS", "USAID"}
    | {"МАГАТЭ", "НАТО", "ОБСЕ", "ОПЕК", "ЮНЕСКО", "ЮНИСЕФ", "ЕҚЫҰ"}
)


@dataclass(frozen=True, kw_only=True)
class Note:
    """A question about one place of a query, in code points; the watch works as the note says it was read."""

    start: int
    end: int
    text: str


def operator_meant(word: str) -> str:
    """OR, AND or NOT where `word` is one of them in other letters (or, или, немесе ...), else an empty string."""
    return "" if word in _OPERATORS.values() else _OPERATORS.get(word.lower(), "")


def notes_on(tokens: Sequence[Token]) -> tuple[Note, ...]:
    """The questions about a query, in the order of their places."""
    # What stands after = is exactly meant.
    asked = [
        token
        for before, token in zip((None, *tokens), tokens, strict=False)
        if not before or before.kind is not Kind.EXACT
    ]
    return tuple(note for token in asked if (note := _note_on(token)) is not None)


def _note_on(token: Token) -> Note | None:
    if token.kind is Kind.WORD and (meant := operator_meant(token.value)):
        return _note(token, f'"{token.value}" is read as a word; did you mean {meant}?')
    if token.kind is Kind.WORD and _PROXIMITY.fullmatch(token.value):
        return _note(token, f'"{token.value}" is read as words; did you mean {token.value.upper()}?')
    if token.kind in (Kind.WORD, Kind.PHRASE):
        shouted = next((word for word in tokenise(token.value).written if _looks_like_a_word_in_capitals(word)), None)
        if shouted:
            return _note(
                token,
                f'"{shouted}" is read as an abbreviation, with its capitals; '
                f'did you mean the word "{shouted.lower()}"?',
            )
    return None


def _looks_like_a_word_in_capitals(word: str) -> bool:
    """Whether `word` is capitals that can be pronounced: half of ВОДА is vowels, IFRC and БҰҰДБ have few.

    Without a dictionary this is a guess; it only ever asks.
    """
    if not (4 <= len(word) <= 8 and word.isalpha() and word.isupper()) or word in _FAMILIAR:
        return False
    vowels = sum(letter in _VOWELS for letter in word)
    return 3 * vowels >= len(word) and not _THREE_CONSONANTS.search(word)


def _note(token: Token, text: str) -> Note:
    return Note(start=token.start, end=token.end, text=text)
