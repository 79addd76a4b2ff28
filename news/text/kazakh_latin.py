"""Kazakh in its Latin alphabets: one folded spelling for Cyrillic, Kazinform's acutes and the alphabet of 2021.

The drafts disagree on single letters: ı is и or й with the acutes and і in 2021, u is ұ or у, ý is у. The fold keeps
what all of them share (LANGUAGES.md section 1.2): і, и, й, i, ı -> i; ұ, ү, у and every u, and ý -> u; ы, y -> y;
accents go.
"""

from __future__ import annotations

import re
import unicodedata

from news.text import kazakh, kazakh_endings
from news.text.kazakh_endings import LONGEST_ENDING, Endings

_CYRILLIC = str.maketrans(
    dict(zip("аәбвгғдеэжзийікқлмнңоөпрстуұүфхһы", "aabvggdeejziiikqlmnnooprstuuufhhy", strict=True))
    | {"ё": "io", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia", "ь": "", "ъ": ""}
)
_LATIN = str.maketrans({"ı": "i", "ý": "u", "ŋ": "n", "ş": "sh", "ç": "ch", "ə": "a", "ɵ": "o", "'": ""})
# Letters that no other language of the news in Latin script uses as Kazakh does, and those it shares with some.
_SIGNS = frozenset("ǵğńŋñūşıýáóúäöü")
# q without u is Kazakh but for a few English words.
_BARE_Q = re.compile("q(?!u)")
_ENGLISH_WITH_BARE_Q = frozenset({"qatar", "qaeda", "qantas", "qigong", "qed", "qr", "qa", "faq"})

# Enough to see how a folded word ends.
_TO_CYRILLIC = str.maketrans("abdeghijklmnopqrstuyz", "абдегхіжклмнопқрстуыз")

# What the Latin letters may be: a letter that folds several sounds takes the endings of each.
_SOUNDS: dict[str, int] = {}
for _letter, _sound in kazakh_endings.SOUNDS.items():
    if _folded := _letter.translate(_CYRILLIC):
        _SOUNDS[_folded[-1]] = _SOUNDS.get(_folded[-1], 0) | _sound


def fold(form: str) -> str:
    """The spelling that a lower-case word shares in every alphabet; Latin words must come with their accents."""
    if form.isascii():
        return form.replace("'", "").replace("ii", "i")
    folded = form.translate(_CYRILLIC).translate(_LATIN)
    if not folded.isascii():
        folded = "".join(letter for letter in unicodedata.normalize("NFD", folded) if not unicodedata.combining(letter))
    return folded.replace("ii", "i")


def _fold_all(chains: Endings) -> Endings:
    endings: Endings = {}
    for ending, follows in chains.items():
        latin = fold(ending)
        endings[latin] = endings.get(latin, 0) | follows
    return endings


_ENDINGS = _fold_all(kazakh_endings.ENDINGS)
ENDINGS_OF_PERSONS: Endings = _fold_all(kazakh_endings.ENDINGS_OF_PERSONS)
"""`kazakh_endings.ENDINGS_OF_PERSONS` folded."""
_ENDINGS_OF_HIS = frozenset(fold(ending) for endings in kazakh_endings.ENDINGS_OF_HIS.values() for ending in endings)
# Too short to tell from the end of an English word: Germany, Israeli, Benin.
_ENDINGS_SURE_IN_ASCII = frozenset(ending for ending in _ENDINGS if len(ending) > 2) | frozenset(
    {"da", "de", "ta", "te", "qa", "ke", "dy", "di", "ty", "ti", "ny", "ni", "sy", "si"}
)


def is_signed(lower: str) -> bool:
    """Whether the lower-case Latin word bears a letter of a Kazakh alphabet."""
    if lower.isascii():
        return "q" in lower and lower not in _ENGLISH_WITH_BARE_Q and _BARE_Q.search(lower) is not None
    return not _SIGNS.isdisjoint(lower)


def stems(lower: str, endings: Endings = _ENDINGS) -> list[str]:
    """Folded spellings of everything the Latin token `lower` (lower case, accents kept) may be a Kazakh form of.

    endings: the folded chains that count; of a word without a Kazakh letter only those that English words lack.
    """
    folded = fold(lower)
    signed = is_signed(lower)
    found = [folded]
    for cut in range(max(2, len(folded) - LONGEST_ENDING), len(folded)):
        ending = folded[cut:]
        follows = endings.get(ending, 0)
        if _SOUNDS.get(folded[cut - 1], 0) & follows and (signed or ending in _ENDINGS_SURE_IN_ASCII):
            found.append(folded[:cut])
    return found


def possessed_stems(lower: str) -> list[str]:
    """Folded words in the third person's possessive that the Latin token may be a case of: mınıstrliginiń."""
    folded = fold(lower)
    return [
        folded[:cut]
        for cut in range(max(2, len(folded) - LONGEST_ENDING), len(folded))
        if folded[cut - 1] in "yi" and folded[cut:] in _ENDINGS_OF_HIS
    ]


_SOFTENED = {"k": "g", "q": "g", "p": "b"}
_DROPPING = re.compile("[aeiouy][lriu][yi][nqkpzs]$")


def lent_stems(folded: str) -> frozenset[str]:
    """`kazakh.lent_stems` for a folded word: ministrlik lends ministrlig too, halyq lends halq."""
    lent = {folded}
    if len(folded) > 2 and folded[-1] in _SOFTENED:
        lent.add(folded[:-1] + _SOFTENED[folded[-1]])
    if folded.endswith("kt"):
        lent.add(folded + "i")
    if _DROPPING.search(folded):
        lent.add(folded[:-2] + folded[-1])
    return frozenset(lent)


def is_possessed(folded: str, *, in_phrase: bool) -> bool:
    """`kazakh.is_possessed` for a folded word."""
    return kazakh.is_possessed(folded.translate(_TO_CYRILLIC), in_phrase=in_phrase)
