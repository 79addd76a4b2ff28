"""The language versions of one release by one publisher: what one says and another does not, and which is awaited.

Editions are items that share the publisher's own id. Figures and persons are compared, nothing else: they read alike
in every language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, permutations

from news.item import Item
from news.source import AnySource
from news.story.figures import figures
from news.text.names import is_given_name, is_patronymic, name_answers
from news.text.words import tokenise

LATE = timedelta(days=1)
"""After that an edition that is usually there is told as missing."""

FEWEST = 5
"""Releases it takes to say how long an edition usually takes."""

_MOST = 8
_SMALLEST = 11  # smaller figures are written as words in one language and as digits in the other


@dataclass(frozen=True, kw_only=True)
class Lack:
    """What one edition has and another lacks: figures in plain digits, persons as the one that has them writes them."""

    language: str
    has: str
    figures: tuple[str, ...]
    persons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """An edition that is not there. since: when the first was seen; usual: how long it takes as a rule, if known."""

    language: str
    since: datetime
    late: bool
    usual: timedelta | None


def lacking(editions: Sequence[Item]) -> tuple[Lack, ...]:
    """Compare every two editions in different languages, each way; those without a text are left out."""
    read = [one for one in editions if one.text or one.lead]
    told = {one.id: f"{one.title}\n{one.lead}\n{one.text}" for one in read}
    numbers = {key: _figures(text) for key, text in told.items()}
    people = {key: _persons(text) for key, text in told.items()}
    names = {key: _name_keys(text) for key, text in told.items()}
    found = []
    for one, other in permutations(read, 2):
        if one.language == other.language:
            continue
        lacks = Lack(
            language=one.language,
            has=other.language,
            figures=tuple(figure for figure in numbers[other.id] if figure not in numbers[one.id])[:_MOST],
            persons=tuple(name for name, keys in people[other.id].items() if not keys & names[one.id])[:_MOST],
        )
        if lacks.figures or lacks.persons:
            found.append(lacks)
    return tuple(found)


def expected_languages(item: Item, sources: Iterable[AnySource]) -> frozenset[str]:
    """The languages in which the publisher of an item brings out its releases, by the sources that are read.

    The publishers of one portal share a family, and what one of them brings out says nothing of the others.
    """
    enabled = [one for one in sources if one.enabled]
    own = next((one for one in enabled if one.id == item.source and one.family), None)
    if own is None:
        return frozenset()
    same = (one for one in enabled if (one.family, one.publisher) == (own.family, own.publisher))
    return frozenset(one.language for one in same if one.language)


def awaited(
    seen: Mapping[str, datetime], expected: Collection[str], *, usual: Mapping[str, timedelta], now: datetime
) -> tuple[Awaited, ...]:
    """The expected editions that are not there. seen: when the edition in each language was first seen, one at least.

    usual: how long after the first one an edition comes as a rule. Late is what takes longer than that, and a day.
    """
    since = min(seen.values())
    return tuple(
        Awaited(
            language=language,
            since=since,
            late=now - since >= max(LATE, usual.get(language, LATE)),
            usual=usual.get(language),
        )
        for language in sorted(set(expected) - set(seen))
    )


def usual_delays(releases: Iterable[Mapping[str, datetime]]) -> dict[str, timedelta]:
    """How long after the first edition each language comes: the median, of FEWEST releases that have it at least."""
    delays: dict[str, list[timedelta]] = {}
    for seen in releases:
        first = min(seen.values())
        for language, instant in seen.items():
            if len(seen) > 1:
                delays.setdefault(language, []).append(instant - first)
    return {language: sorted(found)[len(found) // 2] for language, found in delays.items() if len(found) >= FEWEST}


def _figures(text: str) -> dict[str, None]:
    found = (figure for figure in figures(text) if ":" not in figure)
    return dict.fromkeys(figure for figure in found if "." in figure or int(figure) >= _SMALLEST)


def _persons(text: str) -> dict[str, frozenset[str]]:
    """The surnames that stand beside a given name, with the keys they are compared by."""
    words = tokenise(text)
    found: dict[str, frozenset[str]] = {}
    for (given, surname), (_, form) in zip(pairwise(words.written), pairwise(words.forms), strict=True):
        if is_given_name(given) and not is_patronymic(surname):
            keys = name_answers(surname, form)
            if len(surname) > 2 and keys and not any(keys & other for other in found.values()):
                found[f"{given} {surname}"] = keys
    return found


def _name_keys(text: str) -> frozenset[str]:
    words = tokenise(text)
    pairs = zip(words.written, words.forms, strict=True)
    return frozenset(key for written, form in set(pairs) for key in name_answers(written, form))
