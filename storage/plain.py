"""Dates, enclosures and drafts as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from news.item import Draft, Enclosure, Stated

_DEFAULTS = {one.name: one.default for one in fields(Draft)}
_STATED = ("published", "updated")
_LISTS = ("authors", "tags")


def plain_stated(stated: Stated) -> list[str | None]:
    """A stated date as [day, zone, instant in UTC or null]."""
    at = stated.at
    return [stated.day.isoformat(), stated.zone, at.astimezone(UTC).isoformat() if at else None]


def stated_from(plain: Sequence[str | None] | None) -> Stated | None:
    """The stated date that `plain_stated` wrote down."""
    if plain is None:
        return None
    day, zone, at = plain
    return stated_of(date.fromisoformat(day) if day else None, zone, datetime.fromisoformat(at) if at else None)


def stated_of(day: date | None, zone: str | None, at: datetime | None) -> Stated | None:
    """A stated date of its three parts, its instant shown in its zone."""
    if day is None or zone is None:
        return None
    return Stated(day=day, zone=zone, at=at.astimezone(_zone(zone)) if at else None)


def plain_enclosures(enclosures: Iterable[Enclosure]) -> list[list[str | int | None]]:
    """Enclosures as [address, type, length] each."""
    return [[one.url, one.type, one.length] for one in enclosures]


def enclosures_from(plain: Iterable[Sequence[Any]]) -> tuple[Enclosure, ...]:
    """The enclosures that `plain_enclosures` wrote down."""
    return tuple(Enclosure(url=url, type=kind, length=length) for url, kind, length in plain)


def plain_draft(draft: Draft) -> dict[str, Any]:
    """A draft by the names of its fields; what it does not have is left out."""
    said = {name: getattr(draft, name) for name, default in _DEFAULTS.items() if getattr(draft, name) != default}
    said |= {name: plain_stated(said[name]) for name in _STATED if name in said}
    if draft.enclosures:
        said["enclosures"] = plain_enclosures(draft.enclosures)
    return said


def draft_from(plain: dict[str, Any]) -> Draft:
    """The draft that `plain_draft` wrote down; a field that this program no longer knows is passed over."""
    said = {name: value for name, value in plain.items() if name in _DEFAULTS}
    said |= {name: stated_from(said[name]) for name in _STATED if name in said}
    said |= {name: tuple(said[name]) for name in _LISTS if name in said}
    if "enclosures" in said:
        said["enclosures"] = enclosures_from(said["enclosures"])
    return Draft(**said)


def _zone(name: str) -> tzinfo:
    """The zone a date was stated in; one that this machine's table does not have shows its instants in UTC."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC
