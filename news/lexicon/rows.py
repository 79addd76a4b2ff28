"""The shipped rows, each read when it is first asked for: a command about one watch needs a few of several hundred.

Reading them all takes a tenth of a second, looking through their text for the words of a name a few milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from news.lexicon.concept import Concept, ConceptKind
from news.lexicon.country import COUNTRIES
from news.lexicon.spelling import as_american
from news.text.words import APOSTROPHES, DASHES

_HEADER = re.compile(r"^\[(\w+)\]$", re.MULTILINE)
_COUNTRY = re.compile(r'^country = "(\w+)"$', re.MULTILINE)
Read = Callable[[str, ConceptKind], Concept]


class Rows(Mapping[str, Concept]):
    """Concepts by id, in the order of the files.

    files: the text of each file and the kind of its rows. read: makes a concept of a row's text with its header.
    """

    def __init__(self, files: Sequence[tuple[str, ConceptKind]], read: Read) -> None:
        self._read = read
        self._texts: dict[str, tuple[str, ConceptKind]] = {}
        for text, kind in files:
            headers = list(_HEADER.finditer(text))
            ends = [header.start() for header in headers[1:]] + [len(text)]
            for header, end in zip(headers, ends, strict=True):
                self._texts[header[1]] = (text[header.start() : end], kind)
        self._known: dict[str, Concept] = {}

    def __getitem__(self, id: str) -> Concept:
        if id not in self._known:
            self._known[id] = self._read(*self._texts[id])
        return self._known[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def may_name(self, forms: Sequence[str]) -> Iterator[str]:
        """The ids of the rows that may hold a name of these words (`Words.forms`); those left out hold none."""
        wanted = {_comparable(form) for form in forms}
        if not wanted:
            return
        for id, (text, added) in self._searched.items():
            if all(word in text or word in added for word in wanted):
                yield id

    @cached_property
    def _searched(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Id -> the row's text to look for words in, and the words that are added to its names."""
        found = {}
        for id, (text, _) in self._texts.items():
            country = _COUNTRY.search(text)
            found[id] = (_comparable(text), _words_of(country[1]) if country else frozenset())
        return found


@lru_cache(maxsize=16)
def _words_of(country: str) -> frozenset[str]:
    patterns = [pattern for listed in COUNTRIES[country].values() for pattern in listed]
    return frozenset(word for pattern in patterns for word in _comparable(pattern).split())


def _comparable(text: str) -> str:
    """A text in which each word of a name stands as a stretch of letters, whichever way it is spelt."""
    return as_american(text.lower().translate(_bare_letters()))


@lru_cache(maxsize=1)
def _bare_letters() -> dict[int, str | None]:
    bare: dict[int, str | None] = {ord(sign): None for sign in f"{APOSTROPHES}{DASHES}."}
    for code in range(0xC0, 0x250):
        letter = unicodedata.normalize("NFD", chr(code))[0]
        if letter.isascii():
            bare[code] = letter
    return {**bare, ord("ё"): "е"}


def _none(text: str, kind: ConceptKind) -> Concept:
    raise LookupError(f"no {kind} to read in {text!r}")


NO_ROWS = Rows((), _none)
