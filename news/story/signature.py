"""What an item is known by: sampled passages, names, figures and title, in a few hundred bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from news.watch.indexed import IndexedItem

_VERSION = 0
_FILED = 14
_COUNTED = 48
_KEPT = 128
_HEAD = struct.Struct("<BIH")


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What is kept of an item to compare it with others.

    filed_under: what the item is looked up by, at most some thirty non-negative integers below 2**47; two items that
    share one that is a cross-language key (`is_cross_key`), or three others, may tell one story. counted: distinct
    buckets (see `Frequencies`) in which the item counts once. Neither is packed: both are empty after `unpack`.
    shingles: ascending 32-bit hashes of passages of three words, the lowest of all. words: length of the text.
    """

    filed_under: tuple[int, ...] = ()
    counted: tuple[int, ...] = ()
    shingles: tuple[int, ...] = ()
    words: int = 0

    def pack(self) -> bytes:
        """The bytes that `unpack` reads."""
        return _HEAD.pack(_VERSION, self.words, len(self.shingles)) + struct.pack(
            f"<{len(self.shingles)}I", *self.shingles
        )

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """The signature without what it is filed under and counted in; raises ValueError for other bytes."""
        try:
            version, words, count = _HEAD.unpack_from(packed)
            shingles = struct.unpack_from(f"<{count}I", packed, _HEAD.size)
        except struct.error as error:
            raise ValueError("not a signature") from error
        if version != _VERSION:
            raise ValueError(f"a signature of version {version}")
        return cls(words=words, shingles=shingles)


_CROSS = 1 << 46


def is_cross_key(filed: int) -> bool:
    """Whether an integer of `filed_under` is a cross-language key, which makes two items lookalikes by itself."""
    return bool(filed & _CROSS)


def sign(indexed: IndexedItem) -> Signature:
    """Work out an item's signature from the words that `index_item` cut; linear in their number."""
    forms: list[str] = []
    for field in indexed.fields:
        if field.name == "text" or (field.name == "lead" and field.by_default):
            forms += field.words.forms
    hashes = {
        int.from_bytes(blake2b(" ".join(three).encode(errors="ignore"), digest_size=8).digest(), "little")
        for three in zip(forms, forms[1:], forms[2:], strict=False)
    }
    lowest = sorted(hashes)[:_KEPT]
    return Signature(
        filed_under=tuple(one >> 18 for one in lowest[:_FILED]),
        counted=tuple(sorted({one & 0xFFFF for one in lowest[:_COUNTED]})),
        shingles=tuple(one >> 32 for one in lowest),
        words=len(forms),
    )
