"""The Russian forms of a watch's word: its paradigm, worked out once when the watch is compiled.

The watch's word is expanded and the text's are looked up as they stand: a nominative has one paradigm, a token of a
text often several (LANGUAGES.md section 1.1: F .979 against .959 for analysing the text). pymorphy3 loads at the
first word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from news.text.russian_names import HER_SURNAMES, HIS_SURNAMES, foreign_name_forms, surname_forms

# Readings less likely than this share of the likeliest are left out: посол the salting beside посол the ambassador.
_LEAST_SHARE = 0.15
_DECLINED = frozenset({"NOUN", "ADJF", "NUMR", "PRTF"})
_CONJUGATED = frozenset({"INFN", "VERB", "GRND"})
_PROPER = frozenset({"Name", "Surn", "Patr", "Geox"})
# Comparatives and superlatives are words of their own; short participles and forms of speech are not news.
_OUTSIDE = frozenset({"COMP", "Supr", "PRTS", "Infr", "Slng", "Arch", "Erro"})

# Forms that are nearly always another, far commoner word: "после" is the locative of "посол" once in a thousand times.
_FUNCTION_WORDS = frozenset(
    """без весь во вот все всем да для до если за из им ими их или как когда ли между мне мои мой моя мы на над нам
    нами не него нее ней нем ним но ну об он она они от перед по под после потом при про раз сам свои свой
    своя со там те тем то того тоже той только том тому уж уже хотя чем через что чтобы эти это этом этот""".split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def _analyser() -> Any:
    # It costs 40 MB and a quarter of a second: only processes that compile watches load it.
    import pymorphy3  # type: ignore[import-untyped,unused-ignore]

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=1024)
def nominatives(form: str) -> tuple[Any, ...]:
    """The readings of the lower-case `form` in which it is a dictionary form of a declined word, likeliest first."""
    readings = [
        reading
        for reading in _analyser().parse(form)
        if reading.tag.POS in _DECLINED
        and "nomn" in reading.tag
        and not {"Name", "plur"} <= reading.tag.grammemes
        and not _OUTSIDE & reading.tag.grammemes
    ]
    least = _LEAST_SHARE * max((reading.score for reading in readings), default=0.0)
    return tuple(reading for reading in readings if reading.score >= least)


def is_given_name(form: str) -> bool:
    """Whether the dictionary holds the lower-case `form` as a form of a given name first of all, and of no place."""
    readings = _analyser().parse(form)
    first = readings[0]
    return first.is_known and "Name" in first.tag and not any("Geox" in reading.tag for reading in readings)


def is_common_word(form: str) -> bool:
    """Whether the dictionary holds the lower-case `form` as a word that is nobody's name."""
    return any(reading.is_known and not _PROPER & reading.tag.grammemes for reading in _analyser().parse(form))


@lru_cache(maxsize=1024)
def inflected(word: str, *, alone: bool = True) -> frozenset[str]:
    """Every form of `word`, lower case with ё as е, itself among them.

    word: as written; its capital says that it may be a name. alone: False for a word of a phrase that has a nominative
    elsewhere; then a word that is in another case is governed by it and stays (дел in Министерство иностранных дел).
    """
    typed = word.lower()
    readings = nominatives(typed)
    is_name = word[:1].isupper()
    found = {typed}
    known = any(reading.is_known for reading in readings)
    # What is written as a name and may be one has no plural: Орёл the town is not Орлов.
    only_one = is_name and any({"Name", "Geox"} & reading.tag.grammemes for reading in readings)
    for reading in readings:
        found.update(_forms(reading, only_one=only_one or (is_name and not known)))
    if is_name or not readings:
        found.update(surname_forms(typed))
        if is_name and not known:
            found.update(foreign_name_forms(typed))
    if alone and not readings and not (is_name and typed.endswith(HIS_SURNAMES + HER_SURNAMES)):
        found.update(_forms_of_oblique(typed, named=is_name))
    plain = {form.replace("ё", "е") for form in found}
    return frozenset(form for form in plain if form == typed.replace("ё", "е") or form not in _FUNCTION_WORDS)


def _forms(reading: Any, *, only_one: bool) -> Iterable[str]:
    tags = reading.tag.grammemes
    gender = next((gender for gender in ("masc", "femn") if gender in tags), None)
    # A given name or a place has no plural that is still its own (борисов of Борис); a family has, if it declines like
    # one: the plural of a name in a consonant is another family's name (Касымбек, Касымбеков).
    family = "Surn" in tags and reading.word.endswith(HIS_SURNAMES) and gender == "masc"
    singular = "plur" not in tags and (only_one or bool(tags & _PROPER)) and not family
    for form in reading.lexeme:
        grammemes = form.tag.grammemes
        # The lexeme of a participle is the whole verb (минувший, минут).
        if form.tag.POS not in _DECLINED and form.tag.POS != "ADJS":
            continue
        if grammemes & _OUTSIDE or (singular and "plur" in grammemes):
            continue
        # The short neuter is the adverb (чрезвычайно), a word of its own.
        if form.tag.POS == "ADJS" and "neut" in grammemes:
            continue
        # The lexeme of a surname holds his forms and hers.
        if "Surn" in tags and gender and {"masc", "femn"} & grammemes and gender not in grammemes:
            continue
        yield form.word


def _forms_of_oblique(typed: str, *, named: bool) -> Iterable[str]:
    """Forms of a word that was typed in another case (беженцев), or of a verb (эвакуировать)."""
    for reading in _analyser().parse(typed)[:1]:
        if _OUTSIDE & reading.tag.grammemes or "Apro" in reading.tag:
            continue
        if reading.tag.POS in _DECLINED:
            yield from _forms(reading, only_one=named)
        elif reading.tag.POS in _CONJUGATED and reading.is_known:
            yield from (form.word for form in reading.lexeme if form.tag.POS in _CONJUGATED)


def by_case(words: Sequence[str]) -> list[str]:
    """The term in its own case, the genitive, dative, instrumental and prepositional, as a reader expects to see them.

    Words governed by the phrase's head stay as they are; empty where no word has a nominative in the dictionary.
    """
    readings = [next(iter(nominatives(word.lower())), None) for word in words]
    if not any(reading is not None and reading.is_known for reading in readings):
        return []
    terms = []
    for case in ("nomn", "gent", "datv", "ablt", "loct"):
        forms = []
        for word, reading in zip(words, readings, strict=True):
            form = reading.inflect({case}) if reading is not None else None
            plain = word if form is None or case == "nomn" else form.word.replace("ё", "е")
            if plain in _FUNCTION_WORDS:
                break
            forms.append(plain.capitalize() if word[:1].isupper() else plain)
        else:
            terms.append(" ".join(forms))
    return list(dict.fromkeys(terms))


def has_nominative(word: str) -> bool:
    """Whether `word` can head a phrase as it is written."""
    return bool(nominatives(word.lower()))


def is_adjective(form: str) -> bool:
    """Whether the lower-case `form` is read as an adjective first of all."""
    return next((reading.tag.POS == "ADJF" for reading in nominatives(form)), False)
