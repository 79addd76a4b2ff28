"""An item's words as they are stored: where each stands and what it is about, so that no text is cut up a second time.

A word is two bytes. One is the shade of its token, by which a query passes over nearly all that it does not ask for.
The other is where it stands: two bits of the distance from the word before it (one to four characters), six of its
length (1 to 63); what does not fit is a zero byte, and two numbers of four bytes beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from operator import sub
from struct import Struct, error
from typing import cast, overload

from news.item import Item
from news.text.words import Words
from news.watch.indexed import IndexedItem, assemble, places_of, texts_of
from news.watch.tokens import shade_of, shades_of, token_of

TOKENISER = 1
"""What words are and which keys they answer. Raise it with every change of either: the archive is then indexed anew."""

# How many words, in a text of how many characters.
_HEAD = Struct("<II")
_BESIDE = Struct("<II")
_WIDEST, _LONGEST = 4, 63
_MARKED = b"\1"
# Of a byte that says where a word stands: how long it is, and how far its end is from that of the word before it.
_LENGTHS = bytes(sign & _LONGEST for sign in range(256))
_STEPS = bytes((sign >> 6) + 1 + (sign & _LONGEST) for sign in range(256))


class Sought:
    """The tokens that a query knows: all that an item needs to be known of to decide whether the query finds it.

    prefixes: beginnings of forms that it knows besides.
    """

    def __init__(self, tokens: Iterable[str], prefixes: Iterable[str] = ()) -> None:
        self._tokens, self._prefixes = frozenset(tokens), tuple(prefixes)
        shades = frozenset(map(shade_of, self._tokens))
        self._marks = None if self._prefixes else bytes(shade in shades for shade in range(256))

    def has(self, raw: str) -> bool:
        """Whether the query knows this spelling."""
        token = token_of(raw)
        return token.token in self._tokens or token.form.startswith(self._prefixes)

    def likely(self, shades: bytes) -> Iterable[int]:
        """The places among words of these shades where the query may know the word, ascending."""
        if self._marks is None:
            return range(len(shades))
        marked = shades.translate(self._marks)
        places = []
        at = marked.find(_MARKED)
        while at >= 0:
            places.append(at)
            at = marked.find(_MARKED, at + 1)
        return places


def pack(indexed: IndexedItem) -> bytes:
    """The words of an item, field by field; linear in their number."""
    return b"".join(_packed(field.words) for field in indexed.fields)


def unpack(item: Item, packed: bytes, sought: Sought | None = None) -> IndexedItem:
    """The item with the words that `pack` noted of this very version of it: what `index_item` would give.

    sought: then only the spellings that it has are among the item's spellings and places, which is all that its own
    query asks for. Raises ValueError for what `pack` did not write of this item.
    """
    at = 0
    words, places = [], []
    for text in texts_of(item):
        noted, shades, at = _noted(text, packed, at)
        words.append(noted)
        places.append(places_of(noted) if sought is None else _places(noted, shades, sought))
    if at != len(packed):
        raise ValueError("these words are of another item")
    return assemble(item, words, places)


def _packed(words: Words) -> bytes:
    # A word always has a sign before it: the first one is given one, so that no distance is zero.
    end = -1
    places, beside = bytearray(), bytearray()
    for start, raw in zip(words.starts, words.raw, strict=True):
        gap, length = start - end, len(raw)
        if gap <= _WIDEST and length <= _LONGEST:
            places.append((gap - 1) << 6 | length)
        else:
            places.append(0)
            beside += _BESIDE.pack(gap, length)
        end = start + length
    return _HEAD.pack(len(words), len(words.text)) + shades_of(words.raw) + places + beside


def _places(words: Words, shades: bytes, sought: Sought) -> dict[str, list[int]]:
    """Where the words stand that are sought."""
    raws = words.raw
    places: dict[str, list[int]] = {}
    for at in sought.likely(shades):
        raw = raws[at]
        if raw in places:
            places[raw].append(at)
        elif sought.has(raw):
            places[raw] = [at]
    return places


class _Cut(Sequence[str]):
    """The words of a text, cut out of it when asked for: a query asks for few of them, and of most fields for none."""

    def __init__(self, text: str, signs: bytes, beside: bytes) -> None:
        self._text, self._signs, self._beside = text, signs, beside
        self._bounds: tuple[list[int], list[int]] | None = None

    def __len__(self) -> int:
        return len(self._signs)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        starts, ends = self._bounds or self.bounds()
        if isinstance(at, slice):
            return [self._text[start:end] for start, end in zip(starts[at], ends[at], strict=True)]
        return self._text[starts[at] : ends[at]]

    def __iter__(self) -> Iterator[str]:
        return iter(self[:])

    def bounds(self) -> tuple[list[int], list[int]]:
        """Where each word starts and ends."""
        if self._bounds is None:
            lengths = [*self._signs.translate(_LENGTHS)]
            steps = [*self._signs.translate(_STEPS)]
            if self._beside:
                odd = (at for at, sign in enumerate(self._signs) if not sign)
                for at, (gap, length) in zip(odd, _BESIDE.iter_unpack(self._beside), strict=True):
                    steps[at], lengths[at] = gap + length, length
            # Before the first word stands a sign that the text has not.
            steps[:1] = [step - 1 for step in steps[:1]]
            ends = [*accumulate(steps)]
            self._bounds = [*map(sub, ends, lengths)], ends
        return self._bounds


class _Kept(Words):
    """Words whose places need not be looked for."""

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(cast("_Cut", self.raw).bounds()[0])


_NONE = Words(text="", raw=())


def _noted(text: str, packed: bytes, at: int) -> tuple[Words, bytes, int]:
    """The words of one field noted from byte `at` on, their shades, and where the note ends."""
    try:
        count, length = _HEAD.unpack_from(packed, at)
    except error as cut_off:
        raise ValueError("these words are cut off") from cut_off
    if length != len(text):
        raise ValueError("these words are of another text")
    at += _HEAD.size
    if not count and not length:
        return _NONE, b"", at
    shades, signs = packed[at : at + count], packed[at + count : at + 2 * count]
    at += 2 * count
    beside = packed[at : at + _BESIDE.size * signs.count(0)]
    if len(signs) != count or len(beside) != _BESIDE.size * signs.count(0):
        raise ValueError("these words are cut off")
    raw = cast("tuple[str, ...]", _Cut(text, signs, beside))
    return _Kept(text=text, raw=raw), shades, at + len(beside)
