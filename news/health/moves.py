"""Where a source has moved to: permanent redirects, counted until they can be believed. Pure.

One permanent redirect proves little: sites answer so while they are rebuilt, and a captive portal answers so for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

TIMES = 3
"""Visits that a permanent redirect must have answered, over LASTING, before it is believed."""

LASTING = timedelta(days=1)

ASKED_AGAIN = timedelta(days=7)
"""A source that moved is asked for at its declared address so often, to see whether that still leads away."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A permanent redirect as it was seen: by which declaration the source is read, from when to when, how often.

    followed: whether it stays within the site, so that the new address may be asked for; another site's never is.
    settled_at: when it was believed and told; None before.
    """

    reading: str
    target: str
    followed: bool
    first_at: datetime
    last_at: datetime
    times: int = 1
    settled_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The move as plain values."""
        return {
            "reading": self.reading,
            "target": self.target,
            "followed": self.followed,
            "first_at": self.first_at.isoformat(),
            "last_at": self.last_at.isoformat(),
            "times": self.times,
            "settled_at": self.settled_at and self.settled_at.isoformat(),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Move:
        """The move that `as_json` gave."""
        instants = {name: values[name] and datetime.fromisoformat(values[name]) for name in _INSTANTS}
        return cls(**{**values, **instants})


_INSTANTS = ("first_at", "last_at", "settled_at")


def seen(before: Move | None, *, reading: str, target: str, followed: bool, at: datetime) -> Move:
    """The move after a visit to the declared address was answered by a permanent redirect to `target`."""
    if before is None or (before.reading, before.target) != (reading, target):
        return Move(reading=reading, target=target, followed=followed, first_at=at, last_at=at)
    move = replace(before, times=before.times + 1, last_at=at, followed=followed)
    if move.settled_at is None and move.times >= TIMES and move.last_at - move.first_at >= LASTING:
        return replace(move, settled_at=at)
    return move


def address_now(move: Move | None, *, reading: str, failed: bool, now: datetime) -> str:
    """The address at which a source is to be asked for instead of its declared one; empty for the declared one.

    failed: the last visit was not answered; then the declared address is asked, which may lead elsewhere by now.
    """
    if move is None or move.settled_at is None or not move.followed or move.reading != reading or failed:
        return ""
    return move.target if now < move.last_at + ASKED_AGAIN else ""
