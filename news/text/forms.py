"""What the words of a watch ask for and what a word of a text answers to: keys in common mean a form in common.

Each key names its lane, so that a reading of one language never meets that of another by chance:
w: a surface form. c: an abbreviation with its case. e: an English lemma. k: a Kazakh stem in Cyrillic, p: one in the
third person's possessive. l: a Kazakh stem of a Latin token, lp: its possessive. q: the same folded stem of a
Cyrillic token, for watches in Latin Kazakh; qp: its possessive. Neither side knows the language of the text: a wrong
guess must not lose a hit (LANGUAGES.md section 0, point 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from news.text import english, kazakh, kazakh_endings, kazakh_latin, russian
from news.text.words import word_forms

Key = str

_KAZAKH_LETTERS = frozenset("әғқңөұүһі")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")
_LONGEST_ABBREVIATION = 6
# МИДа, МИДом, NGOs; Kazakh endings, where the hyphen before them is left out, come from their chains.
_ENDINGS_OF_ABBREVIATIONS = frozenset({"s", "а", "у", "е", "ы", "и", "ом", "ем", "ов", "ам", "ами", "ах"})
# English words as a Cyrillic name would be spelt in Latin letters.
_FALSE_FRIENDS = frozenset({"german", "roman"})
# Abbreviations that in a headline in capitals are as likely the word (un is flour in Latin Kazakh). Not those of rarer
# words: whoever writes ВОЗ in capitals hardly means a cart.
_WORDS_IN_CAPITALS = frozenset(
    {
        "act",
        "aid",
        "all",
        "am",
        "an",
        "are",
        "at",
        "can",
        "care",
        "is",
        "it",
        "may",
        "no",
        "on",
        "or",
        "pace",
        "star",
        "un",
        "us",
        "who",
        "will",
        "мир",
    }
)
# Shorter words alone are not looked for in the other alphabet: сан is no "san", мен no "men".
_SHORTEST_ACROSS = 5
_SHORTEST_LATIN_NAME = 6


def is_abbreviation(written: str) -> bool:
    """Whether a word of a watch is an abbreviation, compared with its case: two to six capitals."""
    return 2 <= len(written) <= _LONGEST_ABBREVIATION and written.isalpha() and all(map(str.isupper, written))


def is_abbreviation_like_word(written: str) -> bool:
    """Whether an abbreviation's letters are a common word, which a headline in capitals writes the same way."""
    return written.lower() in _WORDS_IN_CAPITALS and is_abbreviation(written)


def asked_keys(words: Sequence[str], *, place: bool = False) -> tuple[frozenset[Key], ...]:
    """What each word of one term is filed under.

    words: a word, or a phrase's words in order, as `Words.written` gives them. place: they are a place's name in its
    dictionary form, not a case of another word (Семей is no genitive of семья). A token hits a word when its answered
    keys hold one of the word's.
    """
    return _asked(tuple(words), place)


def answered_keys(written: str, form: str) -> frozenset[Key]:
    """What a token of a text answers to, from its `Words.written` and `Words.forms`; depends on nothing else."""
    keys = {f"w:{form}", *_abbreviations(written)}
    if _CYRILLIC.search(form):
        found = kazakh.stems(form)
        keys.update([f"k:{stem}" for stem in found])
        keys.update([f"q:{kazakh_latin.fold(stem)}" for stem in found])
        for stem in kazakh.possessed_stems(form):
            keys.add(f"p:{stem}")
            keys.add(f"qp:{kazakh_latin.fold(stem)}")
    elif _LATIN.search(form):
        bare = english.without_possessive(form)
        keys.add(f"w:{bare}")
        keys.update([f"e:{lemma}" for lemma in english.lemmas(bare)])
        lower = _lower(written)
        keys.update([f"l:{stem}" for stem in kazakh_latin.stems(lower)])
        keys.update([f"lp:{stem}" for stem in kazakh_latin.possessed_stems(lower)])
    return frozenset(keys)


def _abbreviations(written: str) -> Iterator[Key]:
    if not written[:2].isupper():
        return
    bare = english.without_possessive(written)
    capitals = next((at for at, letter in enumerate(bare) if not letter.isupper()), len(bare))
    if not 2 <= capitals <= _LONGEST_ABBREVIATION:
        return
    ending = bare[capitals:]
    if not ending or ending in _ENDINGS_OF_ABBREVIATIONS or ending in kazakh_endings.ENDINGS:
        yield f"c:{bare[:capitals]}"


def _lower(written: str) -> str:
    """Lower case with the accents kept: they tell Kazakh letters apart."""
    return written.replace("İ", "i").lower()


@lru_cache(maxsize=4096)
def _asked(words: tuple[str, ...], place: bool) -> tuple[frozenset[Key], ...]:
    # A word in another case than the nominative is governed by the phrase's head and stays; without a head all move.
    headed = place or (
        len(words) > 1 and any(_reads_russian(word) and russian.has_nominative(word.lower()) for word in words)
    )
    latin_kazakh = any(kazakh_latin.is_signed(_lower(word)) for word in words if not is_abbreviation(word))
    asked = []
    for position, word in enumerate(words):
        standing = _Standing(alone=len(words) == 1, last=position == len(words) - 1)
        if is_abbreviation(word):
            keys = {f"c:{word}"}
        elif _reads_cyrillic(word):
            keys = {*_asked_in_russian(word, headed=headed), *_asked_in_kazakh(word, standing)}
        elif _LATIN.search(word_forms(word).form):
            keys = {*_asked_in_english(word), *_asked_in_latin_kazakh(word, standing, signed=latin_kazakh)}
        else:
            keys = {f"w:{word_forms(word).form}"}
        asked.append(frozenset(keys))
    return tuple(asked)


class _Standing(NamedTuple):
    """Where a word stands in its term."""

    alone: bool
    last: bool


def _reads_cyrillic(word: str) -> bool:
    return _CYRILLIC.search(word_forms(word).form) is not None


def _reads_russian(word: str) -> bool:
    return _reads_cyrillic(word) and _KAZAKH_LETTERS.isdisjoint(word.lower()) and not is_abbreviation(word)


def _asked_in_russian(word: str, *, headed: bool) -> Iterator[Key]:
    yield f"w:{word_forms(word).form}"
    if _reads_russian(word):
        for form in russian.inflected(word, alone=not headed):
            yield f"w:{form}"


def _asked_in_english(word: str) -> Iterator[Key]:
    form = english.without_possessive(word_forms(word).form)
    yield f"w:{form}"
    if word[0].isupper():
        yield from (f"w:{name}" for name in english.name_forms(form))
    else:
        yield from (f"e:{lemma}" for lemma in english.lemmas(form))


def _asked_in_kazakh(word: str, standing: _Standing) -> Iterator[Key]:
    """Cyrillic Kazakh, and the same word in the Latin alphabets."""
    form = word_forms(word).form
    folded = kazakh_latin.fold(form)
    if not standing.last:
        # Words inside a phrase stand unchanged, but a possessive may be owner of what follows: Республикасының.
        if kazakh.is_possessed(form):
            yield f"w:{form}{'ның' if form[-1] == 'ы' else 'нің'}"
        yield f"l:{folded}"
        return
    yield from (f"k:{stem}" for stem in kazakh.lent_stems(form))
    possessed = kazakh.is_possessed(form, in_phrase=not standing.alone)
    if possessed:
        yield f"p:{form}"
    doubtful = len(folded) < _SHORTEST_ACROSS or folded in _FALSE_FRIENDS
    if standing.alone and doubtful and not kazakh_latin.is_signed(folded):
        return
    yield from (f"l:{kazakh_latin.fold(stem)}" for stem in kazakh.lent_stems(form))
    if possessed:
        yield f"lp:{folded}"


def _asked_in_latin_kazakh(word: str, standing: _Standing, *, signed: bool) -> Iterator[Key]:
    """Latin Kazakh for a term that bears a Kazakh letter, in both scripts; endings alone for other long names."""
    folded = kazakh_latin.fold(_lower(word))
    if not signed:
        if standing.alone and word[0].isupper() and len(word) >= _SHORTEST_LATIN_NAME:
            yield f"l:{folded}"
        return
    for stem in kazakh_latin.lent_stems(folded) if standing.last else (folded,):
        yield f"l:{stem}"
        yield f"q:{stem}"
    if standing.last and kazakh_latin.is_possessed(folded, in_phrase=not standing.alone):
        yield f"lp:{folded}"
        yield f"qp:{folded}"


def explained_forms(words: Sequence[str]) -> dict[str, list[str]]:
    """A readable selection of the forms that a term catches, by the language it is read in: "en", "ru", "kk".

    For people: a language is named only where the term is a likely one of it, while the keys also hold unlikely
    readings.
    """
    *before, last = words
    written = " ".join(words)

    def ends(forms: Iterable[str]) -> list[str]:
        return list(dict.fromkeys([written, *(" ".join([*before, form]) for form in forms)]))

    if not any(_reads_cyrillic(word) for word in words):
        explained = {"en": ends(_readable_english(last))}
        if any(kazakh_latin.is_signed(_lower(word)) for word in words if not is_abbreviation(word)):
            explained["kk"] = [written]
        return explained
    if is_abbreviation(last):
        hyphened = [f"{last}-{form[len(last) :]}" for form in kazakh.readable_forms(last.lower())[:3]]
        explained = {"kk": ends(hyphened)}
        return explained if _is_kazakh(words) else {"ru": ends([last + "а", last + "у", last + "ом"]), **explained}
    kazakh_forms = ends(_with_capital(form, last) for form in kazakh.readable_forms(word_forms(last).form))
    if _is_kazakh(words):
        return {"kk": kazakh_forms}
    russian_forms = russian.by_case(words) or ends(
        _with_capital(form, last) for form in sorted(russian.inflected(last), key=len)
    )
    if len(words) > 1 or russian.is_adjective(last.lower()):
        return {"ru": russian_forms}
    return {"ru": russian_forms, "kk": kazakh_forms}


def _is_kazakh(words: Sequence[str]) -> bool:
    return any(not _KAZAKH_LETTERS.isdisjoint(word.lower()) for word in words)


def _readable_english(word: str) -> list[str]:
    if word[-1].isdigit():
        return []
    if is_abbreviation(word):
        return [word + "'s", word + "s"]
    plural = sorted(english.name_forms(word.lower()) - {word.lower()}, key=len)[-1:]
    return [_with_capital(form, word) for form in plural] + [word + "'s"]


def _with_capital(form: str, word: str) -> str:
    return form[:1].upper() + form[1:] if word[:1].isupper() else form
