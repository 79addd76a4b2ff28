"""Text that was UTF-8, was read in another charset and was written down so: "РњРёСЂ" and "ÐœÐ¸Ñ€" for "Мир".

The bytes are still there, so it can be undone: runs of signs that only such an accident produces are turned back into
bytes and read as UTF-8. A run that does not come out as letters of our languages stays as it is.
"""

from __future__ import annotations

import re

# What stands for the bytes 80 to BF (98 is no sign of windows-1251; decoders write U+0098 or U+FFFD for it).
_CYRILLIC_SIGNS = {
    **{bytes([byte]).decode("cp1251"): byte for byte in range(0x80, 0xC0) if byte != 0x98},
    "\x98": 0x98,
    "\ufffd": 0x98,
}
_LATIN_SIGNS = {
    **{chr(byte): byte for byte in range(0x80, 0xC0)},
    **{sign: byte for byte in range(0x80, 0xA0) if (sign := bytes([byte]).decode("cp1252", "ignore"))},
}


def _one_of(signs: dict[str, int]) -> str:
    return "[" + "".join(map(re.escape, signs)) + "]"


_C, _L = _one_of(_CYRILLIC_SIGNS), _one_of(_LATIN_SIGNS)
# Leading bytes of what our languages need: C2-C3 Latin, D0-D3 Cyrillic, E2 84/E2 80 № and typographic signs.
_PAIR_1251 = f"(?:[РСТУ]{_C}|[ВГ]{_C}|в[Ђ„]{_C})"
_LETTER_1252, _SIGN_1252 = f"[\xd0-\xd3]{_L}", f"(?:[\xc2\xc3]{_L}|\xe2[\x80\u20ac\x84\u201e]{_L})"
# Natural text has "С…" and "Т»", but not three such pairs as one word; beside such a word, lone pairs are letters too.
_RUN_1251 = re.compile(f"(?:{_PAIR_1251}[\x20-\x7e\n]*)+")
_WORD_1251 = re.compile(f"{_PAIR_1251}{{3}}")
_WORDS_1251 = re.compile(f"{_PAIR_1251}+")
_SIGNS_1251 = re.compile(f"(?:в[Ђ„]{_C})+")  # "вЂ™" for ’, "в„–" for №
_WORDS_1252 = re.compile(f"(?:{_LETTER_1252}|{_SIGN_1252})+")
# No language of ours writes these pairs at all ("â€™" for ’, "Ã©" for é), but noise may: one has to touch a letter, or
# be Cyrillic in a row.
_EVIDENT_1252 = re.compile(f"(?:{_LETTER_1252}){{3}}|[A-Za-z]{_SIGN_1252}|{_SIGN_1252}[A-Za-z]")
_LETTERS = re.compile(
    "[\u0400-\u045f\u0490-\u0493\u049a-\u049d\u04a2\u04a3\u04ae-\u04b3\u04ba\u04bb\u04d8\u04d9\u04e8\u04e9"
    "\xa0-\xff\u2010-\u203a\u2116\u2122\\s]+"
)
# Without any of these there is nothing to undo; they are looked for fifty times as fast.
_LEADS_1251 = tuple(re.compile(f"{lead}{_C}") for lead in "РСТУВГ")
_SUSPECT = (*"ÂÃÐÑÒÓâ", "вЂ", "в„", "ќ", "Ќ")
# "Ќазаќстан": KZ-1048 that was read as windows-1251. Macedonian has ќ as well, but neither ы nor і.
_KZ_IN_1251 = "ЈјЄєЌќЅѕҐґЎўЇїЋћ"
_KZ_1048 = str.maketrans(_KZ_IN_1251, _KZ_IN_1251.encode("cp1251").decode("kz1048"))


def without_mojibake(text: str) -> str:
    """The text with doubly encoded places read right; the very text where there are none."""
    if text.isascii() or not is_suspect(text):
        return text
    text = _RUN_1251.sub(_undone_run, text)
    text = _SIGNS_1251.sub(lambda found: _as_utf_8(found[0], _CYRILLIC_SIGNS, "cp1251"), text)
    if _EVIDENT_1252.search(text):
        text = _WORDS_1252.sub(lambda found: _as_utf_8(found[0], _LATIN_SIGNS, "cp1252"), text)
    if re.search("[ќЌ]", text) and re.search("[ыі]", text):
        text = text.translate(_KZ_1048)
    return text


def is_suspect(text: str) -> bool:
    """Whether a text holds signs that doubly encoded text has; a quick look, natural text may have them too."""
    return any(sign in text for sign in _SUSPECT) or any(lead.search(text) for lead in _LEADS_1251)


def _undone_run(run: re.Match[str]) -> str:
    if not _WORD_1251.search(run[0]):
        return run[0]
    return _WORDS_1251.sub(lambda found: _as_utf_8(found[0], _CYRILLIC_SIGNS, "cp1251"), run[0])


def _as_utf_8(place: str, signs: dict[str, int], charset: str) -> str:
    try:
        written = b"".join(bytes([signs[sign]]) if sign in signs else sign.encode(charset) for sign in place)
        read = written.decode("utf-8")
    except UnicodeError:
        return place
    return read if _LETTERS.fullmatch(read) else place
