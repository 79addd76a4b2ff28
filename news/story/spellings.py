"""What the spellings of a language stand for, worked out once in the life of the process."""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from news.story.concepts import Begun, Terms, shipped_names
from news.story.entities import CONCEPT, KNOWN, NAME, WORD, Entity, Known, keys_of, rank_of
from news.story.glossary import LATIN_KAZAKH, glossaries
from news.story.passages import digest_of
from news.text.kazakh_latin import fold
from news.text.words import WordForms, word_forms
from news.watch.stopwords import STOPWORDS

_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr""".split()  # noqa: SIM905
)
# Who publishes or passes on is no part of what is told, and stands in copies alone.
_PUBLISHERS = frozenset(
    """telegram telegramm instagram facebook whatsapp youtube twitter tiktok google телеграм телеграмм инстаграм фейсбук
    kazinform qazinform казинформ қазақпарат inform kaztag казтаг tengrinews тенгриньюс zakon akorda акорда interfax
    интерфакс tass тасс reuters рейтер afp bloomberg trend azertac sputnik спутник khabar хабар primeminister agency
    агентство агенттік""".split()  # noqa: SIM905
)
_REMEMBERED, _LONGEST_REMEMBERED = 20_000, 64
_SHORTEST_NAME, _LONGEST_NAME = 3, 40
_CYRILLIC = re.compile("[\u0400-\u052f]")
_KAZAKH_LANGUAGES = frozenset({"kk", "ky"})
_DIGIT = re.compile(r"\d")
_HASH = np.dtype("<u8")
_NAME, _BESIDE_NAME = (1 << 32) - 1, 32
_NUMBERS = struct.Struct("<II")


class Spelling(NamedTuple):
    """What one spelling stands for wherever it stands, but for a name.

    meanings: the entities that it is by itself. terms: the words of concepts' names that it may be; begun: what it
    begins of these names, or names alone. digits: whether it holds a digit.
    """

    meanings: tuple[Known, ...]
    terms: Terms
    begun: Begun | None
    digits: bool


_NOTHING, _DIGITS = Spelling((), (), None, False), Spelling((), (), None, True)


class Reading(NamedTuple):
    """The words of one text as spellings of a language.

    hashes: `hash_of_form` of each word, in Kazakh of its folded spelling. names: where a word stands that may be a
    name -> the name's number, in order. telling: where words stand that stand for something else, ascending, and what
    for.
    """

    hashes: npt.NDArray[np.uint64]
    names: Mapping[int, int]
    telling: Sequence[tuple[int, Spelling]]


class Spellings(dict[str, bytes]):
    """Spelling -> sixteen bytes, for texts of one language; several threads may read by it.

    The bytes: `hash_of_form` of its form, in Kazakh of its folded spelling; the number of the name that it may be; that
    of what else it stands for.
    names, ranks: by number the names that were met, and the `rank` of each. numbers: text of a name -> its number.
    Longer spellings than are remembered stand for nothing.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._learning = Lock()
        self.names = [Entity(NAME, "", False)]
        self.ranks = array("H", [0])
        self.numbers: dict[str, int] = {}
        self._telling = [_NOTHING, _DIGITS]

    def __missing__(self, raw: str) -> bytes:
        word = word_forms(raw)
        # Kazakh counts in one alphabet, so that an edition in Latin letters has the passages of its Cyrillic twin.
        found = digest_of(fold(word.written.lower()) if self._language == "kk" else word.form)
        has_digit = _DIGIT.search(raw) is not None
        if len(raw) > _LONGEST_REMEMBERED:
            return found + _NUMBERS.pack(0, has_digit)
        with self._learning:
            told = self[raw] = found + _NUMBERS.pack(*self._learnt(word, has_digit))
        return told

    def read(self, texts: Sequence[Sequence[str]]) -> Iterator[Reading]:
        """Look up the words of some texts, as written and in order."""
        table = np.frombuffer(b"".join([b"".join(map(self.__getitem__, words)) for words in texts]), _HASH)
        told = table[1::2]
        at = told.nonzero()[0]
        places, numbers = at.tolist(), told[at].tolist()
        every = self._telling
        start = first = 0
        for words in texts:
            end = start + len(words)
            last = bisect_left(places, end, first)
            names, telling = {}, []
            for place, number in zip(places[first:last], numbers[first:last], strict=True):
                if name := number & _NAME:
                    names[place - start] = name
                if number > _NAME:
                    telling.append((place - start, every[number >> _BESIDE_NAME]))
            yield Reading(table[2 * start : 2 * end : 2], names, telling)
            start, first = end, last

    def _learnt(self, word: WordForms, has_digit: bool) -> tuple[int, int]:
        """The number of the name that a spelling may be, and that of what else it stands for."""
        terms = shipped_names().terms(word) if word.form not in STOPWORDS else ()
        ids = self._ids(word)
        meanings = tuple([KNOWN[CONCEPT][id[1:]] if id[0] == CONCEPT else KNOWN[WORD][id] for id in ids])
        name = self._number(word.written) if not meanings and _may_be_name(word) else 0
        if not meanings and not terms:
            return name, int(has_digit)
        self._telling.append(Spelling(meanings, terms, shipped_names().begun(terms), has_digit))
        return name, len(self._telling) - 1

    def _ids(self, word: WordForms) -> tuple[str, ...]:
        """What the glossary has for a word; in Kazakh texts Latin letters are first read as Kazakh."""
        if _CYRILLIC.search(word.form) is not None:
            return glossaries()[self._language].meanings(word.form)
        found = glossaries()[LATIN_KAZAKH].meanings(fold(word.written.lower())) if self._language == "kk" else ()
        return found or glossaries()["en"].meanings(word.form)

    def _number(self, name: str) -> int:
        number = self.numbers.get(name)
        if number is None:
            entity = Entity(NAME, name, False)
            # Worked out while an item is read, not in the transaction that takes it in.
            keys_of(entity)
            number = self.numbers[name] = len(self.names)
            self.names.append(entity)
            self.ranks.append(rank_of(entity))
        return number


_known = {language: Spellings(language) for language in ("ru", "kk")}


def spellings_of(language: str) -> Spellings:
    """The memory of spellings for texts of `language`; it matters for Cyrillic words alone.

    A full one is given up for a new one; who reads by it reads on.
    """
    known = "kk" if language in _KAZAKH_LANGUAGES else "ru"
    if len(_known[known]) >= _REMEMBERED:
        _known[known] = Spellings(known)
    return _known[known]


def _may_be_name(word: WordForms) -> bool:
    return (
        _SHORTEST_NAME <= len(word.written) <= _LONGEST_NAME
        and word.written[:1].isupper()
        and word.written.replace("'", "").isalpha()
        and word.form not in STOPWORDS
        and word.form not in _CALENDAR
        and word.form not in _PUBLISHERS
    )
