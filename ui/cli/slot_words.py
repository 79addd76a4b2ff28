"""Slots of digests as people call them."""

from __future__ import annotations

_WITHOUT_HOUR = {"instant": "alert", "manual": "on request"}


def slot_words(slot: str) -> str:
    """Return the slot's name where it has one in the calendar, such as 2026-11-22; else what kind of digest it was."""
    kind, slash, _ = slot.partition("/")
    return _WITHOUT_HOUR.get(kind, slot) if slash else slot
