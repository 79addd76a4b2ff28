"""What the spellings of a language stand for, worked out once in the life of the process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from news.story.concepts import Begun, Terms, shipped_names
from news.story.entities import CONCEPT, NAME, WORD, Entity, keys_of
from news.story.glossary import glossaries
from news.story.passages import digest_of
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
_REMEMBERED, _LONGEST_REMEMBERED = 60_000, 64
_SHORTEST_NAME, _LONGEST_NAME = 3, 40
_CYRILLIC = re.compile("[\u0400-\u052f]")
_KAZAKH_LANGUAGES = frozenset({"kk", "ky"})


class Spelling(NamedTuple):
    """What one spelling stands for wherever it stands.

    raw: the spelling. name: as written, where it may be a name, else "". meanings: kind and text of the entities that
    it is by itself. begun: what it begins of concepts' names of several words, or names alone.
    """

    raw: str
    name: str
    meanings: tuple[tuple[str, str], ...]
    begun: Begun | None


class Reading(NamedTuple):
    """The words of a text as spellings of a language.

    hashes: `hash_of_form` of each word. telling: each distinct spelling that stands for something. places: where stand
    those that begin a concept's name, ascending; begun: what each of these begins.
    """

    hashes: npt.NDArray[np.uint64]
    telling: Sequence[Spelling]
    places: Sequence[int]
    begun: Sequence[Begun]


class Spellings(dict[str, bytes]):
    """Spelling -> sixteen bytes, for texts of one language: eight of its form, eight for the number of its telling.

    terms: of the spellings that were asked for the words of concepts' names. Longer spellings than are remembered stand
    for nothing.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self.terms: dict[str, Terms] = {}
        # By number; an odd number is of one that begins a concept's name, and 0 of all that stand for nothing.
        self._telling: list[Spelling] = []
        self.forget()

    def __missing__(self, raw: str) -> bytes:
        word = word_forms(raw)
        found = digest_of(word.form)
        if len(raw) > _LONGEST_REMEMBERED:
            return found + _NUMBER.pack(0)
        told = self[raw] = found + _NUMBER.pack(self._learn(raw, word))
        return told

    def read(self, words: Iterable[str]) -> Reading:
        """Look up the words of a text as written."""
        table = np.frombuffer(b"".join(map(self.__getitem__, words)), _HASHES).reshape(-1, 2)
        numbers = table[:, 1]
        beginnings = np.flatnonzero(numbers & _BEGINS)
        telling = self._telling
        return Reading(
            hashes=table[:, 0],
            telling=[telling[number] for number in set(numbers.tolist()) if number],
            places=beginnings.tolist(),
            begun=[begun for number in numbers[beginnings].tolist() if (begun := telling[number].begun) is not None],
        )

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self.telling.clear()
        self.terms.clear()

    def _learn(self, raw: str, word: WordForms) -> None:
        terms = shipped_names().terms(word) if word.form not in STOPWORDS else ()
        if terms:
            self.terms[raw] = terms
        cyrillic = _CYRILLIC.search(word.form) is not None
        ids = glossaries()[self._language if cyrillic else "en"].meanings(word.form)
        meanings = tuple([(CONCEPT, id[1:]) if id[0] == CONCEPT else (WORD, id) for id in ids])
        name = word.written if not meanings and _may_be_name(word) else ""
        if name:
            # Worked out while an item is read, not in the transaction that takes it in.
            keys_of(Entity(NAME, name, False))
        spelling = Spelling(name, meanings, shipped_names().begun(terms))
        if any(spelling):
            self.telling[raw] = spelling


_known = {language: Spellings(language) for language in ("ru", "kk")}


def spellings_of(language: str) -> Spellings:
    """The memory of spellings for texts of `language`; it matters for Cyrillic words alone.

    It is emptied here where it is full, and so never while an item is read.
    """
    known = _known["kk" if language in _KAZAKH_LANGUAGES else "ru"]
    if len(known) >= _REMEMBERED:
        known.forget()
    return known


def _may_be_name(word: WordForms) -> bool:
    return (
        _SHORTEST_NAME <= len(word.written) <= _LONGEST_NAME
        and word.written[:1].isupper()
        and word.written.replace("'", "").isalpha()
        and word.form not in STOPWORDS
        and word.form not in _CALENDAR
        and word.form not in _PUBLISHERS
    )
