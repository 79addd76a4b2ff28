"""Where a person is named: the surname, what the words beside it say, and what supports a weak one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from news.text.names import NEAR, NamePattern, contradicts, is_patronymic, name_answers, supports
from news.text.words import Words, word_forms

# Given names, initials and patronymics beside a surname: more of them than this belong to somebody else.
_BESIDE = 3


class Named(NamedTuple):
    """One mention: the first and last word of the name as it stands there, and whether it needs other words near."""

    first: int
    last: int
    weak: bool


def mentions(pattern: NamePattern, words: Words, surnames: Sequence[int]) -> Iterator[Named]:
    """The mentions among places of the surname; those that name somebody else are left out."""
    for place in surnames:
        before = [words.written[at] for at in _beside(words, place, -1)]
        after = [words.written[at] for at in _beside(words, place, 1)]
        if contradicts(pattern, before[::-1], after):
            continue
        first = place - _belonging(pattern, before)
        last = place + _belonging(pattern, after)
        weak = pattern.needs_support and first == last
        if weak:
            near = words.written[max(0, place - NEAR) : place] + words.written[place + 1 : place + 1 + NEAR]
            weak = not supports(pattern, near)
        yield Named(first, last, weak)


def _beside(words: Words, place: int, step: int) -> Iterator[int]:
    """The words outwards from `place`, the nearest first, up to any punctuation but the full stop of an initial."""
    for _ in range(_BESIDE):
        at = place + step
        if not 0 <= at < len(words):
            return
        left = min(place, at)
        gap = words.gap(left)
        if gap and not (gap == "." and len(words.written[left]) == 1):
            return
        yield at
        place = at


def _belonging(pattern: NamePattern, words: Sequence[str]) -> int:
    """How many of the words outwards from the surname are of the name: given names, initials, a patronymic between."""
    belonging = 0
    for count, word in enumerate(words, start=1):
        if name_answers(*word_forms(word)) & (pattern.given | pattern.initial):
            belonging = count
        elif not is_patronymic(word) and not (len(word) == 1 and word.isupper()):
            break
    return belonging
