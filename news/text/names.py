"""Persons: what `name:"Given Surname"` asks for, what a token answers, and when the words beside a surname speak
against it.

A surname hits when its folded key, endings cut, is that of the watch. A given name or an initial that is another's
speaks against it (Айгуль Абдрахманова is not Кайрат Абдрахманов); a surname that is short or a word needs support:
the given name, an initial, a title or another word of the watch near it (LANGUAGES.md section 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from news.text import kazakh_latin, russian
from news.text.forms import Key, answered_keys, asked_keys
from news.text.name_endings import bare_names
from news.text.name_fold import fold, folds
from news.text.name_words import ENGLISH_WORDS, TITLES, given_name_folds
from news.text.words import word_forms

NEAR = 5
"""Support is looked for this many words to each side."""

_SHORT = 4
_HIS_GENITIVE = ("ова", "ева", "ёва", "ина", "ына")
# Patronymics stand between the given name and the surname and are nobody's given name.
_PATRONYMICS = tuple(
    "ович евич ич овна евна ична ұлы улы қызы кызы ovich evich ovna evna uly kyzy qyzy".split()  # noqa: SIM905
)
# An initial by every letter that a name's first sound is abbreviated to.
_INITIALS = {
    "a": "aаәя",
    "e": "eеэy",
    "i": "iиыіy",
    "j": "jжzдdй",
    "y": "yюяйijё",
    "h": "hхһkг",
    "k": "kқкqc",
    "s": "sсшcщц",
    "c": "cчцсk",
    "t": "tтцc",
    "g": "gғг",
    "v": "vвwф",
    "f": "fфpv",
    "u": "uұүу",
    "o": "oөо",
    "p": "pп",
    "b": "bб",
    "d": "dдj",
    "l": "lл",
    "m": "mм",
    "n": "nн",
    "r": "rр",
    "z": "zз",
}


@dataclass(frozen=True, kw_only=True)
class NamePattern:
    """What a person's name asks for. A token is meant where its `name_answers` have a key in common.

    surname: of the surname's token. given: of the given names and all else the name holds. initial: of an abbreviated
    given name. needs_support: the surname alone is no hit.
    """

    surname: frozenset[Key]
    given: frozenset[Key]
    initial: frozenset[Key]
    needs_support: bool


def name_pattern(words: Sequence[str]) -> NamePattern:
    """The pattern of a name's words in order, as `Words.written` gives them; the surname comes last.

    Where a patronymic comes last the name was written surname first (Тоқаев Қасым-Жомарт Кемелұлы). Raises ValueError
    for no words.
    """
    if not words:
        raise ValueError("a name has at least one word")
    at = 0 if len(words) > 2 and is_patronymic(words[-1]) else len(words) - 1
    surname = words[at]
    others = [word for position, word in enumerate(words) if position != at]
    given = [word for word in others if not is_patronymic(word)]
    lower = surname.lower()
    return NamePattern(
        surname=frozenset(f"n:{key}" for key in folds(surname)),
        given=frozenset(f"n:{key}" for word in given if len(word) > 1 for key in folds(word)),
        initial=frozenset(f"i:{letter}" for word in given for letter in _first_letters(word)),
        needs_support=_is_short(surname) or _is_word(lower),
    )


def name_answers(written: str, form: str, *, shouted: bool = False) -> frozenset[Key]:
    """What a token may be of a name: n: its folded key with endings cut, i: an initial.

    Empty unless the token is capitalised and not ALL CAPITALS, which are abbreviations or a headline.
    shouted: the whole text is capitals (`is_shouted`); then they are read as a name.
    """
    if not written[:1].isupper():
        return frozenset()
    if len(written) == 1:
        return frozenset({f"i:{form}"})
    if written.isupper() and not shouted:
        return frozenset()
    lower = written.replace("İ", "i").lower()
    kazakh = kazakh_latin.is_signed(lower) or None
    return frozenset(f"n:{key}" for bare in set(bare_names(lower)) for key in folds(bare, kazakh=kazakh) if key)


def is_shouted(written: Sequence[str]) -> bool:
    """Whether a title is in capitals: four words or more, none with a lower-case letter."""
    return sum(word.isalpha() for word in written) >= 4 and not any(letter.islower() for w in written for letter in w)


def is_patronymic(word: str) -> bool:
    """Whether `word` ends like a patronymic."""
    return len(word) > 4 and word.lower().endswith(_PATRONYMICS)


def contradicts(
    pattern: NamePattern, before: Sequence[str], after: Sequence[str], *, surname: str = "", opens: bool = False
) -> bool:
    """Whether the words beside a surname name somebody else.

    before, after: the words as `Words.written` gives them directly before the surname (nearest last) and after it
    (nearest first), up to the first punctuation other than the full stop of an initial; three on each side are enough.
    surname: the surname's token as written; then a form that is his genitive or her nominative (Абдрахманова) is told
    apart as far as the words allow. opens: it is the first word of its text or sentence.
    """
    verdicts = [*_verdicts(pattern, reversed(before)), *_verdicts(pattern, iter(after))]
    if True in verdicts:
        return False
    if False in verdicts and (pattern.given or pattern.initial):
        return True
    return bool(surname) and _is_hers(pattern, surname, before, after, opens=opens)


def _is_hers(pattern: NamePattern, surname: str, before: Sequence[str], after: Sequence[str], *, opens: bool) -> bool:
    """Whether a surname in -ова and its like is her nominative, where the pattern is of a man."""
    if not surname.lower().endswith(_HIS_GENITIVE) or any(f"n:{key}" in pattern.surname for key in folds(surname)):
        return False
    # Beside his genitive the given name is in the genitive too: Кайрата Абдрахманова, but Айгуль Абдрахманова.
    if any(_is_bare_given_name(word) for word in (*before[-1:], *after[:1])):
        return True
    follows = after[0] if after else ""
    if follows.endswith(("ла", "лась")) and follows.islower():
        return True
    # No sentence opens with a genitive, but one may with his accusative: Абдрахманова назначили послом.
    return opens and not before and not follows.islower()


def _verdicts(pattern: NamePattern, words: Iterator[str]) -> list[bool]:
    """Of the words outwards from a surname that name a person: whether each is the pattern's person."""
    verdicts = []
    for word in words:
        if is_patronymic(word):
            continue
        answers = _answers(word)
        if len(word) == 1 and word.isupper():
            # К. Б. Абдрахманов: any of the initials may be the given name's.
            verdicts.append(bool(answers & pattern.initial))
            continue
        if answers & pattern.given:
            verdicts.append(True)
        elif not verdicts and is_given_name(word):
            verdicts.append(False)
        break
    return verdicts


def supports(pattern: NamePattern, near: Sequence[str]) -> bool:
    """Whether a word near a surname (`NEAR` to each side, as written) is the given name, its initial or a title.

    A pattern of a surname alone is supported by any given name or initial.
    """
    anyone = not pattern.given and not pattern.initial
    for word in near:
        if _answers(word) & (pattern.given | pattern.initial):
            return True
        if anyone and ((len(word) == 1 and word.isupper() and word.isalpha()) or is_given_name(word)):
            return True
        if answered_keys(*word_forms(word)) & title_keys():
            return True
    return False


def _is_bare_given_name(word: str) -> bool:
    return word[:1].isupper() and not given_name_folds().isdisjoint(folds(word))


def is_given_name(word: str) -> bool:
    """Whether the capitalised `word` of a text is a common given name, in any case of Russian or Kazakh."""
    if not word[:1].isupper() or word.isupper():
        return False
    lower = word.lower()
    if not given_name_folds().isdisjoint(key[2:] for key in _answers(word)):
        return True
    return "\u0400" <= lower[0] <= "\u052f" and russian.is_given_name(lower)


@lru_cache(maxsize=1)
def title_keys() -> frozenset[Key]:
    """Keys of the titles that support a name, in `answered_keys`' lanes."""
    return frozenset(key for title in TITLES.split() for key in asked_keys([title])[0])


@lru_cache(maxsize=16_384)
def _answers(word: str) -> frozenset[Key]:
    return name_answers(word, word_forms(word).form)


def _first_letters(word: str) -> frozenset[str]:
    """Letters by which `word` is abbreviated, in both scripts."""
    first = word[0].lower()
    sound = fold(word)[:1]
    return frozenset({first, *_INITIALS.get(sound, "")})


@lru_cache(maxsize=1)
def _english_word_folds() -> frozenset[str]:
    return frozenset(fold(word) for word in ENGLISH_WORDS)


def _is_short(surname: str) -> bool:
    return len(fold(surname)) <= _SHORT


def _is_word(lower: str) -> bool:
    keys = folds(lower)
    if not given_name_folds().isdisjoint(keys) or not _english_word_folds().isdisjoint(keys):
        return True
    return "\u0400" <= lower[0] <= "\u052f" and russian.is_common_word(lower)
