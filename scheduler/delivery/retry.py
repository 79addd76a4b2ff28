"""When a delivery that failed is tried again: pauses that grow, and an end."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60, 120, 240))
"""Pause after the first attempt, the second, ...; the last one stays."""

GIVEN_UP_AFTER = 36
"""Attempts after which a message is given up: some five days, as RFC 5321 section 4.5.4.1 advises."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` attempts (1 or more), None when it is time to give up."""
    if attempts >= GIVEN_UP_AFTER:
        return None
    return now + PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]
