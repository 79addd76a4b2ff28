"""What an item names: found in its title, lead and text, a bounded sample of it kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from operator import attrgetter
from typing import NamedTuple

from news.story.concepts import shipped_names
from news.story.entities import CONCEPT, FIGURE, KNOWN, MAYBE, NAME, WORD, Entity, Known
from news.story.figures import figures
from news.story.spellings import Reading, Spellings
from news.text.words import QUOTES
from news.watch.indexed import IndexedField

MOST = {NAME: 32, MAYBE: 8, FIGURE: 20, CONCEPT: 24, WORD: 24}
"""How many entities of a kind are kept beside those of the title."""

_SHORTEST_NAME = 3
_OPENING = re.compile(rf"[.!?…:;\n][\s{QUOTES}'()–—-]*([^\W\d_]+)")
_CASED_TITLE, _FEWEST_CASED = 0.6, 3


class Naming(NamedTuple):
    """What an item names.

    entities: all that is kept, those of the title first. cut_kinds: the kinds of which there is more beside the title.
    names: the kept names, ascending by their `rank`. others: what is kept but for names.
    """

    entities: tuple[Entity, ...]
    cut_kinds: str
    names: Sequence[Entity]
    others: Sequence[Known]


class _Found(NamedTuple):
    """names: by number, in the order of the text. others: kind -> text -> what is known of it."""

    names: dict[int, None]
    others: dict[str, dict[str, Known]]


def named_in(
    title: IndexedField,
    others: Iterable[IndexedField],
    readings: Mapping[str, Reading],
    known: Spellings,
    spellings: Set[str],
) -> Naming:
    """Find what a title and other fields name.

    readings: of each of these fields by its name, by `known`. spellings: all their words as written. Beyond the title
    those with the lowest `rank` are kept, so that two texts that name the same keep the same.
    """
    titled, found = _nothing(), _nothing()
    _add_named(title, readings[title.name], known, spellings, titled)
    for field in others:
        _add_named(field, readings[field.name], known, spellings, found)
    for one in (titled, found):
        for text in list(one.others[MAYBE]):
            number = known.numbers.get(text)
            if number in titled.names or number in found.names:
                del one.others[MAYBE][text]
    rank = known.ranks.__getitem__
    # Equals in the order of the text.
    names = sorted([number for number in found.names if number not in titled.names], key=rank)
    cut = NAME * (len(names) > MOST[NAME])
    del names[MOST[NAME] :]
    of_title = [one for _, ones in sorted(titled.others.items()) for _, one in sorted(ones.items())]
    beside = []
    for kind, ones in found.others.items():
        rest = [ones[text] for text in sorted(ones.keys() - titled.others[kind].keys())]
        if len(rest) > MOST[kind]:
            rest.sort(key=_RANK)
            cut += kind
        beside += rest[: MOST[kind]]
    every = known.names
    return Naming(
        entities=(
            *[Entity(one.entity.kind, one.entity.text, True) for one in of_title],
            *[Entity(NAME, every[number].text, True) for number in titled.names],
            *[every[number] for number in names],
            *[one.entity for one in beside],
        ),
        cut_kinds=cut,
        names=[every[number] for number in sorted([*titled.names, *names], key=rank)],
        others=[*of_title, *beside],
    )


_RANK = attrgetter("rank")


def _nothing() -> _Found:
    return _Found({}, {MAYBE: {}, FIGURE: {}, CONCEPT: {}, WORD: {}})


def _add_named(field: IndexedField, reading: Reading, known: Spellings, spellings: Set[str], found: _Found) -> None:
    """Add to `found` what one field names; what means something by itself is no name."""
    text, raw = field.words.text, field.words.raw
    others = found.others
    begun, follow, digits = [], {}, []
    for place, (meanings, terms, begins, has_digit) in reading.telling:
        for meant in meanings:
            others[meant.entity.kind][meant.entity.text] = meant
        if terms:
            follow[place] = terms
        if begins is not None:
            begun.append((place, begins))
        if has_digit:
            digits.append(raw[place])
    for figure in figures(text, digits):
        others[FIGURE][figure] = KNOWN[FIGURE][figure]
    places = reading.names
    # Number of a name -> how often it stands elsewhere than where a sentence begins.
    names: dict[int, int] = {}
    for number in places.values():
        names[number] = names.get(number, 0) + 1
    for start, end, concept in shipped_names().found(begun, follow):
        others[CONCEPT][concept] = KNOWN[CONCEPT][concept]
        for place in range(start, end):
            names.pop(places.get(place, 0), None)
    if not names or field.shouted:
        return
    if field.name == "title" and _is_cased(raw):
        names = dict.fromkeys(names, 0)
    else:
        for opening in map(known.numbers.get, _OPENING.findall("\n" + text)):
            if opening in names:
                names[opening] -= 1
    for number, times in names.items():
        if times > 0:
            found.names[number] = None
        elif (name := known.names[number].text).lower() not in spellings:
            others[MAYBE][name] = KNOWN[MAYBE][name]


def _is_cased(raw: Sequence[str]) -> bool:
    """Whether a headline is written With a Capital for Every Word, which then tells no name."""
    long = [word for word in raw[1:] if len(word) > _SHORTEST_NAME and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return capitals >= _FEWEST_CASED and capitals >= _CASED_TITLE * len(long)
