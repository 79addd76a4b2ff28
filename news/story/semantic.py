"""What an item is about, as a vector: the same story in two languages lies near itself where few names are shared.

A text's vector is made where the model is (`semantic_model`), travels with its draft, and is compared with each
language's mean taken out (`semantic_means`): uncentred, all texts of one language look alike.
"""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from news.boilerplate import split_text
from news.item import Draft

Vector = NDArray[np.float32]
"""384 numbers, of length 1."""

DIMENSIONS = 384

_SENTENCES = 2
_LONGEST = 600
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”)]*\s+(?=[\"«“„(]*[^\W\d_a-zа-яёәіңғүұқөһ]|\d)|\n+")
_HEAD = struct.Struct("<f")


class Embedder(Protocol):
    """Makes vectors of texts."""

    def embed(self, text: str) -> Vector:
        """The text's vector, `DIMENSIONS` numbers of length 1."""
        ...


def with_meaning(draft: Draft, embedder: Embedder, *, notices: tuple[str, ...] = ()) -> Draft:
    """The draft with its packed vector. notices: what its site puts into every text, as a source declares it."""
    return replace(draft, meaning=pack(embedder.embed(told(draft, notices))))


def told(draft: Draft, notices: tuple[str, ...] = ()) -> str:
    """What is embedded of a draft: its title and first two sentences, without what only surrounds the text."""
    body = split_text(draft.text or draft.summary, title=draft.title, notices=notices).body or draft.summary
    body = body.strip().removeprefix(draft.title).strip()
    start = " ".join(one.strip() for one in _SENTENCE_END.split(body, maxsplit=_SENTENCES)[:_SENTENCES])
    return f"{draft.title}. {start}".strip(" .")[:_LONGEST]


def pack(vector: Vector) -> bytes:
    """The vector in a byte a number, and their scale before them: 388 bytes."""
    scale = float(np.abs(vector).max()) / 127 or 1.0
    numbers: bytes = np.rint(vector / scale).astype(np.int8).tobytes()
    return _HEAD.pack(scale) + numbers


def unpack(packed: bytes) -> Vector | None:
    """The vector of packed bytes, of length 1; None for other bytes, and for a vector without a direction."""
    if len(packed) != _HEAD.size + DIMENSIONS:
        return None
    # The scale is for who reads the bytes otherwise: a vector of length 1 has none.
    return directed(np.frombuffer(packed, np.int8, offset=_HEAD.size).astype(np.float32))


def directed(vector: Vector) -> Vector | None:
    """The vector at length 1, None where it is of no length."""
    length = float(np.linalg.norm(vector))
    return (vector / np.float32(length)).astype(np.float32) if length > 1e-6 else None
