"""What an item is about, comparable across languages: names, figures, the lexicon's concepts, the glossary's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from news.story.concepts import shipped_names
from news.story.figures import is_year
from news.story.frequencies import BUCKETS
from news.story.passages import hash_of_form as hashed
from news.text.name_endings import bare_names
from news.text.name_fold import fold, skeleton
from news.text.names import name_answers
from news.text.remembered import Kept

NAME, MAYBE, FIGURE, CONCEPT, WORD = "N", "n", "#", "@", "~"

_REMEMBERED = 16_384
_Told = TypeVar("_Told")


class Entity(NamedTuple):
    """One thing that an item names.

    kind: NAME, MAYBE (a name, or only the first word of a sentence), FIGURE, CONCEPT or WORD. text: the name as
    written, the plain figure, the id of the concept or word. title: whether it stands in the title.
    """

    kind: str
    text: str
    title: bool


@lru_cache(maxsize=8_192)
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


@lru_cache(maxsize=8_192)
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


@lru_cache(maxsize=8_192)
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


@lru_cache(maxsize=8_192)
def rank(kind: str, text: str) -> int:
    """An entity's bucket of the frequencies, 0..65535, in all its forms; by chance, so that it also picks a sample."""
    return hashed(filing_key(kind, text)) % BUCKETS


class Known(NamedTuple):
    """An entity with what is worked out of it once.

    entity: as it is beside a title. weight, rank, filing: its `weight`, `rank` and `filing_key`. order: ascending from
    the weightiest on, equals by their rank, which is the same in every language.
    """

    entity: Entity
    weight: float
    rank: int
    filing: str
    order: int


def _known(kind: str, text: str) -> Known:
    weighs, ranks = weight(kind, text), rank(kind, text)
    return Known(
        entity=Entity(kind, text, False),
        weight=weighs,
        rank=ranks,
        filing=filing_key(kind, text),
        order=ranks - round(weighs * 100) * BUCKETS,
    )


KNOWN: Mapping[str, Mapping[str, Known]] = {
    kind: Kept(partial(_known, kind), most=_REMEMBERED) for kind in (NAME, MAYBE, FIGURE, CONCEPT, WORD)
}
"""Kind and text of an entity -> what is known of it."""


def _of_entities(told: Callable[[str, str], _Told]) -> Callable[[Entity], _Told]:
    """What is told of an entity, worked out once."""

    def asked(one: Entity) -> _Told:
        return told(one.kind, one.text)

    return Kept(asked, most=_REMEMBERED).__getitem__


keys_of = _of_entities(keys)
"""The `keys` of an entity, remembered."""

weight_of = _of_entities(weight)
"""The `weight` of an entity, remembered."""

rank_of = _of_entities(rank)
"""The `rank` of an entity, remembered."""
