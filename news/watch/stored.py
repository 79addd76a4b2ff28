"""An item's words as they are stored: where each stands, so that nothing is cut into words a second time.

A word is one byte: two bits of the distance from the word before it (one to four characters), six of its length (1 to
63). What does not fit is a zero byte and two numbers of four bytes. A text of five hundred words takes as many bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from struct import Struct, error

import numpy as np

from news.item import Item
from news.text.words import Words
from news.watch.indexed import IndexedItem, assemble, texts_of

TOKENISER = 1
"""What words are and which keys they answer. Raise it with every change of either: the archive is then indexed anew."""

_COUNT = Struct("<I")
_LONG = Struct("<II")
_WIDEST, _LONGEST = 4, 63
_ESCAPE = b"\0"


def pack(indexed: IndexedItem) -> bytes:
    """Where the words of an item stand, field by field; linear in their number."""
    return b"".join(_COUNT.pack(len(field.words)) + _packed(field.words) for field in indexed.fields)


def unpack(item: Item, packed: bytes, *, keep: Callable[[str], bool] | None = None) -> IndexedItem:
    """The item with the words that `pack` noted of this very version of it: what `index_item` would give.

    keep: of the spellings only those that it says yes to get `places`; the words themselves stay whole. Raises
    ValueError for what `pack` did not write.
    """
    return assemble(item, list(_unpacked(texts_of(item), packed)), keep=keep)


def _packed(words: Words) -> bytes:
    # A word always has a sign before it: the first one is given one, so that no distance is zero.
    end = -1
    packed = bytearray()
    for start, raw in zip(words.starts, words.raw, strict=True):
        gap, length = start - end, len(raw)
        if gap <= _WIDEST and length <= _LONGEST:
            packed.append((gap - 1) << 6 | length)
        else:
            packed += _ESCAPE + _LONG.pack(gap, length)
        end = start + length
    return bytes(packed)


def _unpacked(texts: tuple[str, ...], packed: bytes) -> Iterator[Words]:
    at = 0
    try:
        for text in texts:
            (count,) = _COUNT.unpack_from(packed, at)
            at += _COUNT.size
            starts, ends, at = _places(packed, at, count)
            if ends and ends[-1] > len(text):
                raise ValueError("these words are of another text")
            words = Words(text=text, raw=tuple([text[start:end] for start, end in zip(starts, ends, strict=True)]))
            # Where `Words` itself keeps them once it has worked them out.
            words.__dict__["starts"] = tuple(starts)
            yield words
    except error as cut:
        raise ValueError("these words are cut off") from cut
    if at != len(packed):
        raise ValueError("these words are of another item")


def _places(packed: bytes, at: int, count: int) -> tuple[list[int], list[int], int]:
    """Starts and ends of `count` words noted from byte `at` on, and where the note ends."""
    noted = np.frombuffer(packed, np.uint8, count, at) if at + count <= len(packed) else np.zeros(1, np.uint8)
    if noted.all():
        lengths = (noted & _LONGEST).astype(np.int64)
        ends = np.cumsum(lengths + (noted >> 6) + 1) - 1
        return (ends - lengths).tolist(), ends.tolist(), at + count
    starts, ends_, end = [], [], -1
    for _ in range(count):
        if at < len(packed) and packed[at]:
            gap, length = (packed[at] >> 6) + 1, packed[at] & _LONGEST
            at += 1
        else:
            gap, length = _LONG.unpack_from(packed, at + 1)
            at += 1 + _LONG.size
        starts.append(end + gap)
        end += gap + length
        ends_.append(end)
    return starts, ends_, at
