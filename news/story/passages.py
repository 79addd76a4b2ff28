"""A text as the hashes of its passages of three words: shuffled, shortened or wrapped, it keeps most of them."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

_ONE, _TWO, _THREE = (np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_MIX, _SHIFT = np.uint64(0xFF51AFD7ED558CCD), np.uint64(32)


def passages(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The distinct hashes of three neighbouring words each, ascending and evenly spread; `words` is a hash a word."""
    if len(words) < 3:
        return np.empty(0, np.uint64)
    mixed = words[:-2] * _ONE ^ words[1:-1] * _TWO ^ words[2:] * _THREE
    mixed ^= mixed >> _SHIFT
    mixed *= _MIX
    mixed ^= mixed >> _SHIFT
    mixed.sort()
    distinct = np.ones(len(mixed), bool)
    np.not_equal(mixed[1:], mixed[:-1], out=distinct[1:])
    kept: npt.NDArray[np.uint64] = mixed[distinct]
    return kept


def digest(what: bytes) -> bytes:
    """Eight bytes for some bytes, the same in every process."""
    return blake2b(what, digest_size=8).digest()


def digest_of(form: str) -> bytes:
    """Eight bytes for a word or any text: `hash_of_form`, the lowest first."""
    return digest(form.encode("utf-8", "replace"))


def hash_of(what: bytes) -> int:
    """64 bits of some bytes."""
    return int.from_bytes(digest(what), "little")


def hash_of_form(form: str) -> int:
    """64 bits of a word or any text."""
    return int.from_bytes(digest_of(form), "little")
