"""The words of a text, normalised, with the place of each in the text as given (LANGUAGES.md section 3).

The pattern below cuts the text as given, so offsets need no map: what could split or join a word (soft hyphens,
zero-width characters, combining marks, the dots of U.N.) is part of the word it stands in and is removed from that
word's form. White space of any width is white space, and signs that NFKC would turn into letters (№, ™) stay signs.
Everything dearer is done once for each distinct spelling in the life of the process.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from news.text.remembered import LONGEST, Remembered, same

APOSTROPHES = "'’‘ʼʻ`´"
DASHES = "-‐‑‒–—―−"
QUOTES = '"«»“”„‟'
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
CAPITALS = "A-ZÀ-ÖØ-ÞЀ-ЯӘҒҚҢӨҰҮҺ"
_MARKS = "\u0300-\u036f"

WORD = re.compile(
    # Abbreviation dots, U.N. or С.Ш.А.: two to eight capitals each with its dot. "К.Б.Абдрахманов" must still split, so
    # no letter may follow, and a run that failed is not tried again from its second letter.
    rf"(?<!\w\.)(?:[{CAPITALS}]\.){{2,8}}+(?!\w)"
    # Letters and digits; inside, an apostrophe before a letter, combining marks and invisible characters. Possessive
    # quantifiers keep one endless word linear.
    rf"|[^\W_]++(?:(?:[{APOSTROPHES}](?=[^\W_])|[{_MARKS}{INVISIBLE}]++)[^\W_]*+)*+"
)
# What may stand between two neighbouring words of a phrase: white space and quotation marks («Астана» халықаралық қаржы
# орталығы), or one hyphen without any.
_JOINT = re.compile(rf"[\s{INVISIBLE}{QUOTES}]+|[{INVISIBLE}]*[{DASHES}][{INVISIBLE}]*")
_REMOVED = re.compile(f"[{INVISIBLE}]")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_TRAILING = re.compile(f"[{INVISIBLE}]+$")

_LATIN_TO_CYRILLIC = dict(zip("ABCEHKMOPTXYIaceopxyihəƏɵƟ", "АВСЕНКМОРТХУІасеорхуіһәӘөӨ", strict=True))
_CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in _LATIN_TO_CYRILLIC.items() if latin.isascii()}
_TO_CYRILLIC = str.maketrans(_LATIN_TO_CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC_TO_LATIN)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259\u0275]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ACCENTED_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]*|[A-Za-z][\u0300-\u036f]+")


class WordForms(NamedTuple):
    """One word's two forms. written: case, accents and ё kept; form: lower case, ё as е, Latin accents removed."""

    written: str
    form: str


def word_forms(raw: str) -> WordForms:
    """Both forms of one word as `WORD` cut it; longer ones are compared by their first 64 code points."""
    return _memo[raw]


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one text in order; everything but `raw` is worked out when first asked for.

    text: the text as given. raw: each word as `WORD` cut it, which may hold invisible characters and abbreviation dots.
    """

    text: str
    raw: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The words in lower case, repaired, comparable."""
        return tuple([_memo[raw].form for raw in self.raw])

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The words repaired but with their own case, accents and ё."""
        return tuple([_memo[raw].written for raw in self.raw])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word starts, in code points of `text`."""
        starts = []
        end = 0
        for raw in self.raw:
            # Nothing between two words could begin a word, so the next word is the first place where it can be found.
            start = self.text.find(raw, end)
            starts.append(start)
            end = start + len(raw)
        return tuple(starts)

    def span(self, index: int) -> tuple[int, int]:
        """Start and end of one word in code points of `text`; `text[start:end]` is the word as given."""
        start, raw = self.starts[index], self.raw[index]
        if raw[-1].isalnum() or not (trailing := _TRAILING.search(raw[-LONGEST:])):
            return start, start + len(raw)
        return start, start + len(raw) - len(trailing.group())

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next: empty where they are neighbours, else the bare punctuation."""
        between = self.text[self.span(index)[1] : self.starts[index + 1]]
        if between == " " or _JOINT.fullmatch(between):
            return ""
        return _REMOVED.sub("", between).strip()


def tokenise(text: str) -> Words:
    """Cut `text` into words; linear in its length whatever it holds."""
    return Words(text=text, raw=tuple(WORD.findall(text)))


def _normalise(raw: str) -> WordForms:
    raw = raw[:LONGEST]
    if raw.isascii():
        written = raw.replace(".", "").replace("`", "'")
        return WordForms(written, same(written.lower(), written))
    written = _REMOVED.sub("", unicodedata.normalize("NFKC", raw))
    written = _APOSTROPHE.sub("'", written).replace(".", "")
    written = _one_script(written)[:LONGEST]
    # Python lowers İ to i and a combining dot, a mark that no query would hold.
    form = written.replace("İ", "i").lower().replace("ё", "е")
    return WordForms(same(written, raw), same(_ACCENTED_LATIN.sub(_bare_letter, form), raw))


def _one_script(word: str) -> str:
    """Repair look-alike letters in a word of two scripts, towards the majority; only if that leaves one script.

    Before case folding, because Latin H is Cyrillic Н but h is һ. Words of one script are never touched (COP, PA).
    """
    latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
    if not latin or not cyrillic:
        return word
    if latin > cyrillic:
        repaired = word.translate(_TO_LATIN)
        return word if _CYRILLIC.search(repaired) else repaired
    repaired = word.translate(_TO_CYRILLIC)
    return word if _LATIN.search(repaired) else repaired


def _bare_letter(found: re.Match[str]) -> str:
    # Only Latin letters come here: й is и and a breve to Unicode, so accents of Cyrillic words are letters.
    letter = unicodedata.normalize("NFD", found.group())[0]
    return letter if letter.isascii() else found.group()


_memo = Remembered(_normalise)
