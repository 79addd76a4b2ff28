"""The names of feeds: they cannot be guessed, and end when what they are of starts anew."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FeedKind(StrEnum):
    """What a feed is of; the value is the first letter of its name."""

    WATCH = "w"
    RECIPIENT = "r"


@dataclass(frozen=True, kw_only=True)
class FeedName:
    """What a name says: a watch or recipient by number, and the signature, which is not checked yet."""

    kind: FeedKind
    id: int
    signature: str


_NAME: Final = re.compile(r"(?P<kind>[wr])(?P<id>[1-9][0-9]{0,17})-(?P<signature>[a-z2-7]{32})")
_BYTES: Final = 20


def feed_name(kind: FeedKind, number: int, *, generation: int, key: bytes) -> str:
    """Return the name of a feed, the part of its address before ".atom" or ".json".

    generation: of a recipient (`Subscriptions.generation`); 0 for a watch. key: `App.key`.
    """
    said = f"presswatch feed {kind.value} {number} {generation}".encode()
    digest = hmac.new(key, said, hashlib.sha256).digest()[:_BYTES]
    return f"{kind.value}{number}-{base64.b32encode(digest).decode().lower()}"


def read_name(name: str) -> FeedName | None:
    """Return what a name says of itself; None for what cannot be one."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return FeedName(kind=FeedKind(found["kind"]), id=int(found["id"]), signature=found["signature"])


def is_name(name: str, kind: FeedKind, number: int, *, generation: int, key: bytes) -> bool:
    """Whether `name` is the one of this feed; takes as long whatever is wrong with it."""
    return hmac.compare_digest(name.encode(), feed_name(kind, number, generation=generation, key=key).encode())
