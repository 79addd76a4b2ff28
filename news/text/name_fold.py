"""One Latin key for a name in every script and spelling: Tokayev, Токаев, Тоқаев and Toqaev are one.

LANGUAGES.md section 2 has the measurements: equal folds alert (precision .99), the skeleton only suggests. Endings are
not this module's business; `news.text.names` cuts them first.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.fuzz import ratio

_CYRILLIC = str.maketrans(
    dict(zip("абвгғдежзийкқлмнңоөпрстуұүўфхҳһыіэәѓќ", "abvggdejziykklmnnooprstuuuufhhhiieagk", strict=True))
    | {"ё": "yo", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya"}
    | {"ь": "", "ъ": "", "є": "ye", "ї": "yi"}
)
# Letters of Latin alphabets that are not what they are without their accent.
_LATIN = str.maketrans(
    {"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "j", "ı": "i", "ý": "u", "ŋ": "n", "ə": "a", "ø": "o", "ł": "l"}
)
_SPELLINGS = (
    (re.compile("shch|sch"), "sh"),
    (re.compile("tch"), "ch"),
    (re.compile("dzh|zh|dj"), "j"),
    # "ph" before "kh": Sharipkhanov has none.
    (re.compile("ph"), "f"),
    (re.compile("kh"), "h"),
    (re.compile("gh"), "g"),
    (re.compile("ck"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("q"), "k"),
    (re.compile("w"), "v"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("c(?!h)"), "k"),
)
_SOFT_C = re.compile("c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")
_GLIDES = (
    (re.compile("i?y(?=[aou])|i(?=[au])"), "y"),
    (re.compile("i?ye|ie"), "e"),
    (re.compile("y(?![aou])"), "i"),
    # Тюрк is Türk.
    (re.compile("(?<=[bdfgjklmnprstvz])yu"), "u"),
)
_SIMILAR = 85.0
_HAS_CYRILLIC = re.compile("[\u0400-\u052f]")
_KAZAKH = frozenset("әғқңөұүһіğñŋūıǵń")
_AFTER_ROUND = re.compile("([үұө][бвгғджзкқлмнңпрстх]{1,2})[іы]")
# A short vowel in an open syllable, which Russian and English spellings of Kazakh names leave out.
_SHORT_VOWEL = re.compile("(?<=[bvgdjzklmnprstfh])i(?=[bvgdjzklmnprstfh][aeiouy])")


def fold(word: str) -> str:
    """The key of one word of a name as it stands: no ending is cut, no vowel left out."""
    lower = word.replace("İ", "i").lower().replace("'", "")
    if _HAS_CYRILLIC.search(lower):
        key = lower.replace("дж", "ж").translate(_CYRILLIC)
    else:
        key = lower if lower.isascii() else _without_accents(lower.translate(_LATIN))
        for spelling, plain in _SPELLINGS:
            key = spelling.sub(plain, key)
    key = _DOUBLED.sub(r"\1", key)
    for glide, plain in _GLIDES:
        key = glide.sub(plain, key)
    return _DOUBLED.sub(r"\1", key)


def folds(word: str, *, kazakh: bool | None = None) -> frozenset[str]:
    """All keys of one word: `fold`, and for a Kazakh spelling the keys of what Russian and English make of it.

    Нұртілеу is Нуртлеу and Nurtleu, Әбдірахманов Абдрахманов (a short і or ы in an open syllable goes); Көлгінов is
    Кульгинов; Түкімов Тукумов; ё is written е. kazakh: whether the spelling is Kazakh; None lets its letters say it.
    """
    lower = word.replace("İ", "i").lower()
    keys = {fold(word)}
    # Before e and i Latin c is also Italian (Francesco) or Turkish and Azeri (Recep, Ceyhun).
    if _SOFT_C.search(lower):
        keys.update(fold(_SOFT_C.sub(sound, lower)) for sound in ("ch", "j"))
    if "ё" in lower:
        keys.add(fold(lower.replace("ё", "е")))
    if kazakh or (kazakh is None and (lower[:1] == "ы" or not _KAZAKH.isdisjoint(lower))):
        if "ө" in lower:
            keys.add(fold(lower.replace("ө", "ү")))
        # Labial harmony, which Kazakh speaks and Russian writes: Жүнісов is Жунусов.
        keys.add(fold(_AFTER_ROUND.sub("\\1у", lower)))
        keys.update([_SHORT_VOWEL.sub("", key, count=1) for key in keys])
    return frozenset(key for key in keys if len(key) > 1) or frozenset(keys)


def skeleton(word: str) -> str:
    """The consonants of a name's key, marked for a vowel at its start and for -a at its end (Karimov, Karimova)."""
    key = fold(word)
    consonants = re.sub("[aeiouy]", "", key)
    return ("+" if key[:1] in "aeiouy" else "") + _DOUBLED.sub(r"\1", consonants) + ("a" if key.endswith("a") else "")


def same_name(one: str, other: str) -> bool:
    """Whether two names of the same number of words have a key in common for each word: this alerts."""
    left, right = _words(one), _words(other)
    return len(left) == len(right) and all(folds(a) & folds(b) for a, b in zip(left, right, strict=True))


def suggests(one: str, other: str) -> bool:
    """Whether one name may be a spelling of the other: to be proposed as an alias, never to alert."""
    left, right = _words(one), _words(other)
    return len(left) == len(right) and all(
        folds(a) & folds(b) or (skeleton(a) == skeleton(b) and ratio(fold(a), fold(b)) >= _SIMILAR)
        for a, b in zip(left, right, strict=True)
    )


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*", name)


def _without_accents(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
