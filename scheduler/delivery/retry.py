"""When a delivery that failed is tried again: pauses that grow, and an end."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60, 120, 240))
"""Pause after the first attempt, the second, ...; the last one stays. Greylisting wants to see the first ones."""

GIVEN_UP_AFTER = 36
"""Attempts after which a message is given up: some five days, as RFC 5321 section 4.5.4.1 advises."""

SHORTEST_HOLD, LONGEST_HOLD = timedelta(minutes=1), timedelta(minutes=10)
"""How long a channel in trouble of its own is left alone: never so long that all of its mail is late for hours."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` attempts (1 or more), None when it is time to give up."""
    if attempts >= GIVEN_UP_AFTER:
        return None
    return now + PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


def held_until(queued_at: datetime, now: datetime) -> datetime:
    """Return until when a channel is left alone whose own trouble met a message queued at `queued_at`.

    The longer that message has waited, the longer the pause. It is never given up for such trouble: no recipient and
    no message is to blame, and what waits goes out once the server answers again.
    """
    waited = max(now - queued_at, timedelta())
    return now + min(SHORTEST_HOLD + waited / 2, LONGEST_HOLD)
