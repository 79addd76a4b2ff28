"""The two spellings of English in the names of organisations: Centre and Center, Organisation and Organization."""

from __future__ import annotations

import re

_BRITISH_AND_AMERICAN = (
    ("Centre", "Center"),
    ("Organisation", "Organization"),
    ("Programme", "Program"),
    ("Defence", "Defense"),
    ("Labour", "Labor"),
    ("Co-operation", "Cooperation"),
    ("Organising", "Organizing"),
)
_OTHER = {one: other for pair in _BRITISH_AND_AMERICAN for one, other in (pair, pair[::-1])}
_WORD = re.compile(rf"\b(?:{'|'.join(_OTHER)})\b", re.IGNORECASE)


def spellings(text: str) -> tuple[str, ...]:
    """An English name as given, then with each word of two spellings in the other one: at most eight in all."""
    found = [text]
    for match in list(_WORD.finditer(text))[-3:][::-1]:
        # From the last word to the first, so that the places of earlier ones stay right.
        other = _OTHER[match.group().capitalize()]
        found += [f"{one[: match.start()]}{_cased(other, match.group())}{one[match.end() :]}" for one in tuple(found)]
    return tuple(found)


def as_american(text: str) -> str:
    """A text in small letters and without hyphens, each word of two spellings in the American one."""
    for british, american in _BRITISH_AND_AMERICAN:
        text = text.replace(british.lower(), american.lower())
    return text


def _cased(word: str, like: str) -> str:
    return word if like[0].isupper() else word.lower()
