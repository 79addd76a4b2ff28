"""What an item is about, comparable across languages: names, figures, the lexicon's concepts, the glossary's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache, partial
from typing import NamedTuple

from news.story.concepts import Terms, shipped_names
from news.story.figures import figures, is_year
from news.story.frequencies import BUCKETS
from news.story.glossary import glossaries
from news.story.passages import hash_of_form as hashed
from news.text.name_endings import bare_names
from news.text.name_fold import fold, skeleton
from news.text.names import name_answers
from news.text.words import QUOTES, word_forms
from news.watch.indexed import IndexedField, IndexedItem
from news.watch.stopwords import STOPWORDS

NAME, MAYBE, FIGURE, CONCEPT, WORD = "N", "n", "#", "@", "~"

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
MOST = {NAME: 32, MAYBE: 8, FIGURE: 20, CONCEPT: 24, WORD: 24}
"""How many entities of a kind are kept beside those of the title."""

_REMEMBERED, _LONGEST_REMEMBERED = 200_000, 64
_SHORTEST_NAME, _LONGEST_NAME = 3, 40
_OPENING = re.compile(rf"[.!?…:;\n][\s{QUOTES}'()–—-]*([^\W\d_]+)")
_CASED_TITLE, _FEWEST_CASED = 0.6, 3
_CYRILLIC = re.compile("[\u0400-\u052f]")
_KAZAKH_LANGUAGES = frozenset({"kk", "ky"})


class Entity(NamedTuple):
    """One thing that an item names.

    kind: NAME, MAYBE (a name, or only the first word of a sentence), FIGURE, CONCEPT or WORD. text: the name as
    written, the plain figure, the id of the concept or word. title: whether it stands in the title.
    """

    kind: str
    text: str
    title: bool


class Spelling(NamedTuple):
    """What one spelling stands for wherever it stands.

    name: as written, where it may be a name, else "". terms: words of concepts' names. meanings: kind and text of the
    entities that it is by itself.
    """

    name: str
    terms: Terms
    meanings: tuple[tuple[str, str], ...]


class Spellings(dict[str, int]):
    """Spelling -> hash of its form, for texts of one language; emptied when full. telling: what some stand for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self.telling: dict[str, Spelling] = {}

    def __missing__(self, raw: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
            self.telling.clear()
        found = hashed(word_forms(raw).form)
        if len(raw) <= _LONGEST_REMEMBERED:
            self[raw] = found
            spelling = _spelling(raw, self._language)
            if any(spelling):
                self.telling[raw] = spelling
        return found

    def hashes(self, words: Iterable[str]) -> list[int]:
        """The hashes of some words, in order."""
        return list(map(self.__getitem__, words))


_known = {language: Spellings(language) for language in ("ru", "kk")}


def spellings_of(language: str) -> Spellings:
    """The memory of spellings for texts of `language`; it matters for Cyrillic words alone."""
    return _known["kk" if language in _KAZAKH_LANGUAGES else "ru"]


def entities(indexed: IndexedItem) -> tuple[tuple[Entity, ...], str]:
    """What an item's title, lead and text name, the title's first, and the kinds of which there is more than is kept.

    Beyond the title those with the lowest `rank` are kept, so that two texts that name the same keep the same.
    """
    known = spellings_of(indexed.item.language)
    title, *others = (field for field in indexed.fields if field.name == "title" or (field.by_default and field.places))
    titled = set(_named(title, known, indexed.spellings))
    found: set[tuple[str, str]] = set()
    for field in others:
        found.update(_named(field, known, indexed.spellings))
    of_kinds: dict[str, list[str]] = {NAME: [], MAYBE: [], FIGURE: [], CONCEPT: [], WORD: []}
    for kind, text in found - titled:
        of_kinds[kind].append(text)
    sure = {text for kind, text in found | titled if kind == NAME}
    kept = [Entity(kind, text, True) for kind, text in sorted(titled) if kind != MAYBE or text not in sure]
    of_kinds[MAYBE] = [text for text in of_kinds[MAYBE] if text not in sure]
    cut = ""
    for kind, texts in of_kinds.items():
        texts.sort()
        if len(texts) > MOST[kind]:
            texts.sort(key=partial(rank, kind))
            cut += kind
        kept += [Entity(kind, text, False) for text in texts[: MOST[kind]]]
    return tuple(kept), cut


def _named(field: IndexedField, known: Spellings, spellings: Set[str]) -> Iterable[tuple[str, str]]:
    """Kind and text of what one field names, with repeats."""
    known.hashes(field.places)
    text = field.words.text
    found = [(FIGURE, figure) for figure in figures(text)]
    places: dict[int, Terms] = {}
    names = []
    for raw in known.telling.keys() & field.places.keys():
        name, terms, meanings = known.telling[raw]
        if terms:
            for place in field.places[raw]:
                places[place] = terms
        if meanings:
            found += meanings
        elif name:
            names.append((raw, name))
    spoken: set[str] = set()
    for start, end, concept in shipped_names().found(places) if places else ():
        spoken.update(field.words.raw[start:end])
        found.append((CONCEPT, concept))
    if not names or field.shouted:
        return found
    opening = _OPENING.findall("\n" + text)
    doubtful = field.name == "title" and _is_cased(field.words.raw)
    openers = set(opening)
    for raw, name in names:
        if raw in spoken:
            continue
        if not doubtful and (raw not in openers or len(field.places[raw]) > opening.count(raw)):
            found.append((NAME, name))
        elif raw.lower() not in spellings:
            found.append((MAYBE, name))
    return found


def _is_cased(raw: Sequence[str]) -> bool:
    """Whether a headline is written With a Capital for Every Word, which then tells no name."""
    long = [word for word in raw[1:] if len(word) > _SHORTEST_NAME and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return capitals >= _FEWEST_CASED and capitals >= _CASED_TITLE * len(long)


def _spelling(raw: str, language: str) -> Spelling:
    word = word_forms(raw)
    name = ""
    if (
        _SHORTEST_NAME <= len(word.written) <= _LONGEST_NAME
        and word.written[:1].isupper()
        and word.written.replace("'", "").isalpha()
        and word.form not in STOPWORDS
        and word.form not in _CALENDAR
        and word.form not in _PUBLISHERS
    ):
        name = word.written
    cyrillic = _CYRILLIC.search(word.form) is not None
    terms = shipped_names().terms(word) if word.form not in STOPWORDS else ()
    ids = glossaries()[language if cyrillic else "en"].meanings(word.form)
    meanings = tuple((CONCEPT, id[1:]) if id[0] == CONCEPT else (WORD, id) for id in ids)
    if name and not meanings:
        # Worked out while an item is read, not in the transaction that takes it in.
        keys(NAME, name)
    return Spelling(name, terms, meanings)


@lru_cache(maxsize=20_000)
def keys(kind: str, text: str) -> frozenset[str]:
    """What an entity is recognised by: two of them are one where they share a key.

    Names share a folded form with an ending cut, or all their consonants: more than alerts would allow, for a name
    that is taken for another's here is one of many that are weighed.
    """
    if kind == MAYBE:
        return keys(NAME, text)
    if kind != NAME:
        return frozenset({f"{kind}{text}"})
    if text.isupper():
        return frozenset({f"N{fold(text)}"})
    answers = {f"N{key[2:]}" for key in name_answers(text, text.lower())}
    return frozenset(answers | {f"S{bones}" for bones in _bones(text)}) or frozenset({f"N{text.lower()}"})


def _bones(name: str) -> Iterator[str]:
    for bare in set(bare_names(name.lower())):
        bones = skeleton(bare)
        if len(bare) > 4 and len(bones) > 3:
            yield bones


@lru_cache(maxsize=65_536)
def filing_key(kind: str, text: str) -> str:
    """One key under which most forms and spellings of an entity are filed: of names the first consonants."""
    if kind not in {NAME, MAYBE}:
        return f"{kind}{text}"
    if text.isupper():
        return f"N{fold(text)}"
    shortest = min(bare_names(text.lower()), key=len)
    return f"N{skeleton(shortest)[:5]}"


# What is in every third item of a press office of Central Asia says little of any of them.
_COMMON = {
    "kazakhstan": 0.15, "central_asia": 0.3, "astana": 0.3, "almaty": 0.45, "un": 0.4, "foreign_ministry": 0.3,
    "foreign_minister": 0.3, "foreign_minister_kz": 0.5, "mfa_kz": 0.3, "president_kz": 0.4, "ambassador": 0.3,
    "embassy": 0.3, "negotiations": 0.2, "europe": 0.4,
}  # fmt: skip
_OF_KINDS = {"place": 0.75, "organisation": 0.8, "office": 0.7, "topic": 0.6}
_COMMON_WORDS = frozenset(
    """minister ministry deputy president prime government meet cooperation visit region district city office council
    support programme project report statement increase open water child energy trade record million billion percent
    session company plan open call council law""".split()  # noqa: SIM905
)


@lru_cache(maxsize=65_536)
def weight(kind: str, text: str) -> float:
    """How much it says that two items share an entity, from what it is alone; a surname is 1."""
    if kind == NAME:
        return 1.0
    if kind == MAYBE:
        return 0.5
    if kind == CONCEPT:
        found = _COMMON.get(text)
        return _OF_KINDS.get(shipped_names().kinds.get(text, "place"), 0.7) if found is None else found
    if kind == WORD:
        return 0.2 if text in _COMMON_WORDS else 0.45
    if is_year(text):
        return 0.25
    digits = sum(sign.isdigit() for sign in text)
    if digits == 1:
        return 0.25
    if ":" in text or "." in text:
        return 1.0
    if digits == 2:
        return 0.4 if int(text) <= 31 else 0.7
    return 1.2


@lru_cache(maxsize=65_536)
def rank(kind: str, text: str) -> int:
    """An entity's bucket of the frequencies, 0..65535, in all its forms; by chance, so that it also picks a sample."""
    return hashed(filing_key(kind, text)) % BUCKETS
