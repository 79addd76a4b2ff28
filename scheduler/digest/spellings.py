"""One person, two spellings: a name that the items of a card write differently, where it is surely one person.

Only names in Latin letters are compared: Cyrillic ones differ by their cases. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from news.item import Item
from news.text.name_fold import folds
from news.text.names import is_given_name
from scheduler.digest.safe import printable

_LOOKED_AT = 6_000
_MOST_ITEMS = 8
_LETTERS = r"A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f"
_NAME = re.compile(
    rf"(?<![\w’'-])[{_LETTERS}][^\W\d_]+(?:[’'-][^\W\d_]+)*(?:[ \u00a0][{_LETTERS}][^\W\d_]+(?:[-’][^\W\d_]+)*){{1,3}}"
)
_POSSESSIVE = re.compile(r"['’]s\Z")

_Key = tuple[frozenset[str], frozenset[str]]


def spellings_of(items: Iterable[Item]) -> tuple[str, ...]:
    """Return the spellings of one person's name in the items, the longest first; nothing where all write it alike.

    Surely one: the given names and the surnames have each a folded key in common, the given name is known as one, and
    one of the two is spelt otherwise. Of several such persons it is the one that is named first.
    """
    found: list[tuple[str, _Key]] = []
    for item in list(items)[:_MOST_ITEMS]:
        found += [one for field in (item.title, item.lead, item.text) for one in _names(field[:_LOOKED_AT])]
    groups: list[list[tuple[str, _Key]]] = []
    for name, key in dict.fromkeys(found):
        home = next((group for group in groups if _is_same(group[0][1], key)), None)
        if home is None:
            groups.append([(name, key)])
        else:
            home.append((name, key))
    for group in groups:
        written = _different([name for name, _ in group])
        if len(written) > 1:
            return written
    return ()


def _different(names: Sequence[str]) -> tuple[str, ...]:
    """One name for each way of writing given name and surname, the fullest of each."""
    by_spelling: dict[tuple[str, str], str] = {}
    for name in names:
        words = name.casefold().split()
        ends = (words[0], words[-1])
        if len(name) > len(by_spelling.get(ends, "")):
            by_spelling[ends] = name
    return tuple(sorted(by_spelling.values(), key=lambda name: (-len(name), name)))


def _is_same(one: _Key, other: _Key) -> bool:
    return all(not mine.isdisjoint(theirs) for mine, theirs in zip(one, other, strict=True))


@lru_cache(maxsize=2_000)
def _names(text: str) -> tuple[tuple[str, _Key], ...]:
    found: dict[str, _Key] = {}
    for place in _NAME.finditer(printable(text)):
        words = _POSSESSIVE.sub("", " ".join(place.group().split())).split()
        while len(words) > 2 and not is_given_name(words[0]):
            del words[0]  # a title or the first word of a sentence
        if len(words) > 1 and is_given_name(words[0]) and not any(word.isupper() for word in words):
            found[" ".join(words)] = (folds(words[0]), folds(words[-1]))
    return tuple(found.items())
