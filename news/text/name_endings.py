"""The bare names that a capitalised token of a text may be a form of, in Russian, Kazakh and English."""

from __future__ import annotations

from collections.abc import Iterator

from news.text import kazakh, kazakh_endings, kazakh_latin
from news.text.english import without_possessive

_SHORTEST = 3
_HARD = frozenset("бвгджзклмнпрстфхцчшщ")
# Ending of a form -> what stands in its place in the bare name. His names in -ов and hers in -ова are kept apart:
# Абдрахмановой is hers alone, Абдрахманова and Абдрахманову may be either's.
_OF_SURNAMES = {
    "ым": ("",),
    "ыми": ("",),
    "ых": ("",),
    "ы": ("",),
    "а": ("",),
    "е": ("",),
    "у": ("", "а"),
    "ой": ("а",),
}
_OF_ADJECTIVES = {
    "ого": ("ий", "ый", "ой"),
    "ому": ("ий", "ый", "ой"),
    "им": ("ий",),
    "ым": ("ый",),
    "ом": ("ий", "ый", "ой"),
    "ой": ("ая",),
    "ую": ("ая",),
}
_OF_HARD = {
    "а": ("",),
    "у": ("", "а"),
    "ом": ("",),
    "ем": ("",),
    "е": ("", "а"),
    "ы": ("а",),
    "и": ("а",),
    "ой": ("а",),
}
_OF_SOFT = {
    "я": ("й", "ь"),
    "ю": ("й", "ь", "я"),
    "ем": ("й", "ь"),
    "е": ("й", "ь", "я"),
    "и": ("ь", "я"),
    "ей": ("я",),
}
_SURNAMES = ("ов", "ев", "ёв", "ин", "ын")


def bare_names(lower: str) -> Iterator[str]:
    """Every bare name that the lower-case token (accents and ё kept) may be a form of, itself first; with repeats."""
    yield lower
    if "\u0400" <= lower[0] <= "\u052f":
        yield from _russian(lower)
        yield from kazakh.stems(lower, kazakh_endings.ENDINGS_OF_PERSONS)[1:]
    else:
        bare = without_possessive(lower)
        yield bare
        yield from kazakh_latin.stems(bare, kazakh_latin.ENDINGS_OF_PERSONS)[1:]


def _russian(lower: str) -> Iterator[str]:
    for size in (1, 2, 3):
        stem, ending = lower[:-size], lower[-size:]
        if len(stem) < _SHORTEST:
            return
        if stem.endswith(_SURNAMES):
            endings = _OF_SURNAMES
        elif stem.endswith(("ск", "цк")):
            endings = _OF_ADJECTIVES
        elif stem[-1] in _HARD:
            endings = _OF_HARD
        else:
            endings = _OF_SOFT
        yield from (stem + replaced for replaced in endings.get(ending, ()))
        if endings is _OF_HARD or endings is _OF_SURNAMES:
            yield from (stem + replaced for replaced in _OF_SOFT.get(ending, ()) if replaced != "й")
