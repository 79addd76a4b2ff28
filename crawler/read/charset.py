"""In which charset bytes are written that are no UTF-8: by how much the letters look like Russian, Kazakh or European.

A declaration is believed while its reading is nearly as good as the best one; servers declare charsets that their
pages left behind years ago. Kazakh has two code pages of its own (KZ-1048 and PT154), which pages declare as
windows-1251.
"""

from __future__ import annotations

import codecs
import re

# Tried in this order; of equally good ones the first wins.
CANDIDATES = ("cp1251", "kz1048", "ptcp154", "koi8-r", "iso8859-5", "cp866", "cp1252")
_KAZAKH = ("kz1048", "ptcp154")
_KAZAKH_ALONE = frozenset("қңә")
# What the Encoding Standard reads under these labels; Latin-1's control signs are nobody's text.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_SAMPLE = 20_000
_NEARLY = 0.1
_PLAUSIBLE = 0.55
# Letters by how often Russian and Kazakh texts use them: a wrong code page shows the rare ones, or the wrong case.
_WEIGHTS = {
    **dict.fromkeys("оаеинтсрвлкыдмпу", 1.0),
    **dict.fromkeys("язьбгчйхқңғіәшө", 0.6),
    **dict.fromkeys("жюцщэфъёұүһ", 0.15),
    **dict.fromkeys("їєґў", 0.15),
    # Lone accented letters of European names and words.
    **dict.fromkeys("áàâäãåæçéèêëíìîïñóòôöõøúùûüßşğışčžšœ", 0.8),
}
_SIGNS = frozenset("«»“”„‘’–—…№§°©®•·\xa0€£½¼¾™‹›−")
_WRONG_CASE, _CAPITALS = 0.3, 0.9
_NO_TEXT = -0.5
_BESIDE_LATIN = re.compile("[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
_PLACES = re.compile(rb"[A-Za-z]?[\x80-\xff]+[A-Za-z]?")
_TOGETHER = re.compile(rb"[\x80-\xff]{2}")
_HIGH = re.compile("[^\x00-\x7f]+")


def charset_of(body: bytes, declared: str) -> tuple[str, bool]:
    """The charset that suits a body which is no UTF-8, and whether its letters look like a text at all.

    declared: the charset that header or page names; empty where none does. Without high bytes it is windows-1252.
    """
    named = known(declared)
    if named and named != "utf-8" and named not in (*CANDIDATES, "cp1254"):
        # Nobody declares Chinese or Greek by default, and our letters cannot judge it.
        return named, _is_readable(body, named)
    sample = _sample(body)
    scores = {name: _fit(sample, name) for name in CANDIDATES}
    best = max(CANDIDATES, key=lambda name: scores[name])
    if best in _KAZAKH and not _KAZAKH_ALONE.intersection(sample.decode(best, "replace").lower()):
        best = "cp1251"  # what differs are letters that Ukrainian has in their places
    if not _TOGETHER.search(sample) and scores["cp1252"] >= _PLAUSIBLE:
        best = "cp1252"  # "£5", "Konoé": no word of Cyrillic is one letter long throughout
    if named in scores and scores[named] >= scores[best] - _NEARLY and not (named == "cp1251" and best in _KAZAKH):
        best = named
    elif named and named != "utf-8" and scores[best] < _PLAUSIBLE:
        best = named  # nothing fits; then the page's own word is all there is
    return best, scores.get(best, 0.0) >= _PLAUSIBLE


def _is_readable(body: bytes, charset: str) -> bool:
    try:
        body.decode(charset)
    except UnicodeError:
        return False
    return True


def known(label: str) -> str:
    """The charset that a label means on the web; empty where it is none that holds text."""
    try:
        name = codecs.lookup(label.strip()).name if label else ""
        "".encode(name or "utf-8")
    except (LookupError, UnicodeError, ValueError):  # no such charset, or one of Python's transformations (base64)
        return ""
    # The punycode codecs hold host names.
    if name in ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"):
        return ""
    return _MEANT.get(name, name)


def _sample(body: bytes) -> bytes:
    """The places around high bytes, since markup and English words tell nothing."""
    return b"<".join(_PLACES.findall(body[: 40 * _SAMPLE]))[:_SAMPLE]


def _fit(sample: bytes, charset: str) -> float:
    """How well a sample reads in a charset: the mean weight of its letters, below 1; 0 where it cannot be read."""
    try:
        text = sample.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return 0.0
    score, counted = 0.0, 0
    for run in _HIGH.findall(text):
        letters = [sign for sign in run if sign not in _SIGNS]
        counted += len(letters)
        all_capitals = len(letters) > 1 and all(sign.isupper() for sign in letters)
        score += sum(_weight(sign, before, all_capitals) for before, sign in zip(["", *letters], letters, strict=False))
        # Accented letters stand alone; a row of them is Cyrillic in a wrong charset.
        if len(run) > 2 and all("\xc0" <= sign <= "\xff" for sign in run):
            score -= 0.8 * len(run)
    if not counted:
        return _PLAUSIBLE if any(sign in _SIGNS for sign in text) else 0.0
    return (score - 0.8 * len(_BESIDE_LATIN.findall(text))) / counted


def _weight(sign: str, before: str, all_capitals: bool) -> float:
    if not sign.isalpha():
        return _NO_TEXT
    weight = _WEIGHTS.get(sign.lower(), 0.0)
    if all_capitals:
        return weight * _CAPITALS
    return weight * _WRONG_CASE if sign.isupper() and before.isalpha() else weight
