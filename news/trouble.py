"""Troubles that the owner of an installation is told of: what happened to what, since when, and whether it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TroubleKind(StrEnum):
    """What kinds of trouble there are words for; any other short name may stand in its place."""

    SOURCE = "source"
    OFFLINE = "offline"
    DISK = "disk"
    DATABASE = "database"
    READERS = "readers"
    CHANNEL = "channel"
    GAP = "gap"
    MOVED = "moved"
    GONE = "gone"
    PAUSED = "paused"
    UNCONFIRMED = "unconfirmed"
    FEEDBACK = "feedback"


LASTING = frozenset(
    {
        *(TroubleKind.SOURCE, TroubleKind.OFFLINE, TroubleKind.DISK, TroubleKind.DATABASE),
        *(TroubleKind.READERS, TroubleKind.CHANNEL),
    }
)
"""Kinds that last until they are ended: told once however often they are noted, and once more when they are over. The
others are events: each is told."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One trouble. about: what it happened to (a source's id, an address), empty where that goes without saying.

    text: details, a line each. began_at, last_at: when it was first and last noted, `times` times in all. ended_at:
    when it was over; None where it lasts or is an event. told_at: when the owner was told of it; None before.
    """

    id: int
    kind: str
    about: str
    text: str
    began_at: datetime
    last_at: datetime
    times: int = 1
    ended_at: datetime | None = None
    told_at: datetime | None = None

    @property
    def lasts(self) -> bool:
        """Whether it is a state that is not over."""
        return self.kind in LASTING and self.ended_at is None
