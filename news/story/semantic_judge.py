"""Whether two items of two languages tell one event, by what they mean and what they name.

The weights are those of a study over 195 labelled pairs: the centred cosine, and half of the likeness of names; from
.52 on two items tell one event (precision .88, recall .98 there).
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from news.story.compare import Difference
from news.story.concepts import shipped_names
from news.story.entities import CONCEPT, FIGURE, NAME, WORD, Entity, weight
from news.text.name_fold import skeleton

JOINED = 0.52
"""The least score at which two items tell one event."""

_NAMES = 0.5
_MOST_SCORE = 1.5
_TELLING_FIGURE, _TELLING_PLACE = 0.7, 0.6
# Almaty is named in many items, and is a place all the same; the country and the region are not weighed so high.
_LOCAL = 0.45
_WHO_OR_WHERE = frozenset({"place", "organisation", "office"})
_OF_ONE_SIZE = 2.0
# Of the bones of two names, beyond which one may be the other as a third language writes it: Guterres, Гутерриш.
_ALIKE = 60.0
_ENCOUNTERS = frozenset({"meet", "visit", "call"})


def score(closeness: float, likeness: float) -> float:
    """What speaks for one event, -1..1.5. closeness: of the vectors, -1..1; likeness: of what both name, 0..1."""
    return closeness + _NAMES * likeness


def strength(total: float) -> float:
    """A score as the strength of a verdict, 0..1."""
    return min(1.0, max(0.0, total / _MOST_SCORE))


def is_another_event(named: Difference) -> bool:
    """Whether both name something in the other's place: a figure of one size, a place or body, other people.

    312 and 320 evacuated, a quake of 5.9 and of 4.6, the envoy of Japan and of Finland: such texts mean nearly the
    same, and only this tells them apart.
    """
    return _other_figures(named) or _other_places(named) or _other_people(named)


def happened_elsewhere(named: Difference) -> bool:
    """Whether each of two items names a town or region that the other does not, and they share none.

    A flood near Aktobe and a flood drill in Almaty have their words in common. Countries say nothing: both name them.
    """
    if any(_is_local(mine) for mine, _ in named.shared):
        return False
    return all(any(map(_is_local, side)) for side in (named.only_new, named.only_old))


def _other_figures(named: Difference) -> bool:
    if any(_is_telling_figure(mine) for mine, _ in named.shared):
        return False
    mine, theirs = (
        [float(one.text) for one in side if _is_telling_figure(one) and _is_number(one.text)]
        for side in (named.only_new, named.only_old)
    )
    return any(
        one.is_integer() == other.is_integer() and max(one, other) < _OF_ONE_SIZE * min(one, other)
        for one in mine
        for other in theirs
    )


def _other_places(named: Difference) -> bool:
    """Whether each headline has a place, body or office that the other item lacks, and they have none in common."""
    if any(_is_telling_place(mine) and mine.title for mine, _ in named.shared):
        return False
    mine, theirs = (
        any(one.title and _is_telling_place(one) for one in side) for side in (named.only_new, named.only_old)
    )
    return mine and theirs


def _other_people(named: Difference) -> bool:
    """Whether both tell of somebody's meeting, visit or call, and each headline has a name that the other item lacks.

    Elsewhere a name alone is no veto: many have their own spelling in each language, and a law is a capital letter too.
    """
    if not any(mine.kind == WORD and mine.text in _ENCOUNTERS for mine, _ in named.shared):
        return False
    mine, theirs = (_headlined(side) for side in (named.only_new, named.only_old))
    return _any_unlike(mine, theirs) and _any_unlike(theirs, mine)


def _headlined(side: Sequence[Entity]) -> Sequence[str]:
    """The bones of the names in a headline; no acronyms."""
    return [skeleton(one.text.lower()) for one in side if one.kind == NAME and one.title and not one.text.isupper()]


def _any_unlike(names: Sequence[str], others: Sequence[str]) -> bool:
    return any(all(ratio(name, other) < _ALIKE for other in others) for name in names)


def _is_telling_figure(one: Entity) -> bool:
    return one.kind == FIGURE and weight(one.kind, one.text) >= _TELLING_FIGURE


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and float(text) > 0


def _is_local(one: Entity) -> bool:
    kinds = shipped_names().kinds
    return one.kind == CONCEPT and kinds.get(one.text, "") == "place" and weight(one.kind, one.text) >= _LOCAL


def _is_telling_place(one: Entity) -> bool:
    if one.kind != CONCEPT or weight(one.kind, one.text) < _TELLING_PLACE:
        return False
    return shipped_names().kinds.get(one.text, "place") in _WHO_OR_WHERE
