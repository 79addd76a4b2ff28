"""What the archive indexes of a word: one token for all its spellings that answer the same keys.

A token is the word in lower case with its accents; an abbreviation keeps its case and has "=" before it, so that WHO is
found apart from who. Which tokens a word of a query means is looked up by their keys, the very ones that alerts go by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from news.text.forms import Key, answered_keys
from news.text.names import name_answers
from news.text.remembered import Remembered, same
from news.text.words import word_forms

# What an index of words would take for the end of one. A word is letters and digits, but NFKC makes (1) of one sign.
_NO_LETTER = re.compile(r"[\x00-&(-/:-@\[-`{-\x7f]")
_ABBREVIATION = "="


class Token(NamedTuple):
    """One spelling's token.

    form: how beginnings of words are compared. capital: whether the spelling may be a person's name. shade: a byte of
    the token, that tells most other tokens from it.
    """

    token: str
    form: str
    capital: bool
    shade: int


def token_of(raw: str) -> Token:
    """The token of a word as `WORD` cut it."""
    return _memo[raw]


def tokens_of(raws: Iterable[str]) -> list[str]:
    """The tokens of some words."""
    return [_memo[raw].token for raw in raws]


def shades_of(raws: Iterable[str]) -> bytes:
    """The shades of some words' tokens."""
    return bytes([_memo[raw].shade for raw in raws])


def shade_of(token: str) -> int:
    """The byte of a token that `Token.shade` is."""
    return crc32(token.encode(errors="replace")) & 0xFF


def keys_of(raw: str) -> frozenset[Key]:
    """The keys by which a word's token is looked up, but for its own form, by which it is looked up as it is."""
    written, form = word_forms(raw)
    return answered_keys(written, form) - {f"w:{form}"}


def name_keys_of(raw: str) -> frozenset[Key]:
    """The keys by which the token of a capitalised word is looked up as a surname, also in a headline of capitals."""
    written, form = word_forms(raw)
    return frozenset(key for key in name_answers(written, form, shouted=True) if key.startswith("n:"))


def forms_of(keys: Iterable[Key]) -> frozenset[str]:
    """The forms that are asked for as they are."""
    return frozenset(key.removeprefix("w:") for key in keys if key.startswith("w:"))


@lru_cache(maxsize=8_192)
def key_number(key: Key) -> int:
    """A key as a number of 48 bits, the same on every machine: two keys of one number only cost a look in vain."""
    return int.from_bytes(blake2b(key.encode(errors="replace"), digest_size=6).digest(), "big")


def _token(raw: str) -> Token:
    written, form = word_forms(raw)
    short = written[:1].isupper() and any(key.startswith("c:") for key in answered_keys(written, form))
    token = _ABBREVIATION + whole(written) if short else whole(written.replace("İ", "i").lower())
    return Token(same(token, form), form, len(written) > 1 and written[:1].isupper(), shade_of(token))


_memo = Remembered(_token)


def whole(word: str) -> str:
    """The word, or its beginning, as an index takes it for one: never empty, and without signs that would cut it."""
    return _NO_LETTER.sub("", word) or _ABBREVIATION
