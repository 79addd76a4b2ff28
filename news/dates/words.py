"""The words of dates in English, Russian and Kazakh (Cyrillic, and Latin of 2018 and 2021), as tables over one fold.

The fold brings a text to small letters and Latin Kazakh to one spelling, so that "Qańtar" (qz.inform.kz) and "Qañtar"
(alphabet of 2021) are one word. Cyrillic letters stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_LATIN = str.maketrans({"ı": "i", "ŋ": "n", "ə": "a"})
_COMBINING = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """The text in the spelling of the tables below: small, one kind of dash and space, Latin letters without marks."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES | _APOSTROPHES)
    letters = (
        _bare(sign) if (sign > "\x7f" and sign < "\u0370") or "\u1e00" <= sign < "\u1f00" else sign for sign in plain
    )
    return "".join(letters).lower().translate(_LATIN)


def _bare(sign: str) -> str:
    return _COMBINING.sub("", unicodedata.normalize("NFD", sign))


# Stems to which case and possessive endings are added; longer spellings first where one begins another.
_STEMS: dict[int, tuple[str, ...]] = {
    1: ("январ", "қаңтар", "kantar"),
    2: ("феврал", "ақпан", "akpan"),
    3: ("март", "наурыз", "nauriz", "nauryz", "naurys", "nayryz"),
    4: ("апрел", "сәуір", "sauir", "sayir"),
    5: ("мамыр", "mamyr", "mamir"),
    6: ("июн", "маусым", "mausym", "mausim", "maysym"),
    7: ("июл", "шілде", "shilde", "silde"),
    8: ("август", "тамыз", "tamyz", "tamiz"),
    9: ("сентябр", "қыркүйек", "kyrkuiek", "kyrkuyek", "kirkuiek"),
    10: ("октябр", "қазан", "kazan"),
    11: ("ноябр", "қараша", "karasha", "karasa"),
    12: ("декабр", "желтоқсан", "jeltoksan"),
}
# Whole words only: Russian May and the English names take no endings, abbreviations take a dot.
_WHOLE: dict[int, tuple[str, ...]] = {
    1: ("january", "jan", "янв", "қаң"),
    2: ("february", "feb", "фев", "февр", "ақп"),
    3: ("march", "mar", "мар", "нау"),
    4: ("april", "apr", "апр", "сәу"),
    5: ("may", "май", "мая", "мае", "мам"),
    6: ("june", "jun", "мау"),
    7: ("july", "jul", "шіл"),
    8: ("august", "aug", "авг", "там"),
    9: ("september", "sept", "sep", "сен", "сент", "қыр"),
    10: ("october", "oct", "окт", "қаз"),
    11: ("november", "nov", "ноя", "нояб", "қар"),
    12: ("december", "dec", "дек", "жел"),
}
_NUMBERS = {word: number for number, words in _WHOLE.items() for word in words}
_LONG = sorted(((stem, number) for number, stems in _STEMS.items() for stem in stems), key=lambda pair: -len(pair[0]))
# Endings: наурыз-ында-ғы, Latin the same; Russian январ-я. No word of news longer than that begins with a month.
MONTH = (
    r"(?<![^\W\d_])(?:(?:"
    + "|".join(stem.replace("k", "[kq]").replace("j", "(?:j|zh)") for stem, _ in _LONG)
    + r")[^\W\d_]{0,8}"
    r"|(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r"))(?![^\W\d_])"
)


def month_number(word: str) -> int:
    """The number of a month as `MONTH` finds it in folded text."""
    whole = _NUMBERS.get(word)
    if whole is not None:
        return whole
    spelling = word.replace("q", "k").replace("zh", "j")
    return next(number for stem, number in _LONG if spelling.startswith(stem))
