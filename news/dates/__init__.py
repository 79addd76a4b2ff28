"""Dates as publishers write them: machine forms first, our own patterns next, a library last, nothing in the future.

Every way of reading is a function in `_READERS`, tried in order. A result keeps its precision: a day stays a day.
An hour without an offset is one of the source's zone on that very day; of the hour that Kazakhstan's clocks showed
twice on 29 February 2024 (23:00 to 23:59 in the zones that were UTC+6) it is the first, at UTC+6 (`fold=0`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from news.dates.library import read_by_library
from news.dates.machine import read_epoch, read_iso, read_rfc_822
from news.dates.phrases import read_phrase
from news.dates.relative import read_relative
from news.dates.written import Question, Written
from news.item import Stated
from news.source import Clock
from news.zones import ZoneDataError, assert_zone_data, written_zone, zone_of

__all__ = ["ZoneDataError", "assert_zone_data", "in_the_future", "parse_date"]

# What an unattended clock drifts. An hour more is a wrong zone: the publisher's server missed a change of its clock.
DRIFT = timedelta(minutes=15)
_LONGEST = 100
_COMMENT = re.compile(r"\(((?:[^()\\]|\\.)*)\)")
# RFC 822 allows nested comments; no date has deeper ones.
_DEEPEST = 4

_READERS: tuple[Callable[[Question], Written | None], ...] = (
    read_iso,
    read_rfc_822,
    read_epoch,
    read_phrase,
    read_relative,
    read_by_library,
)


def parse_date(text: str, *, language: str, zone: str, now: datetime, clock: Clock = Clock.EXACT) -> Stated | None:
    """Read a stated date; None where it names no day, or one that lies in the future.

    language: BCP 47 tag, a hint for what our own patterns do not know. zone: IANA zone of hours written without an
    offset. now: aware instant of the fetch, the base of "yesterday" and of dates without a year (the latest past one).
    clock=DAY: the hour and offset are nominal; the day is the one written, never shifted into another zone.
    Of several days ("2-3 May", "published ..., updated ...") it is the first. An hour that is still to come cannot be
    believed: the date keeps the day alone.
    """
    tidy, comments = _without_comments(text[: 4 * _LONGEST])
    if not tidy or len(tidy) > _LONGEST:
        return None
    local_zone = zone_of(zone)
    written = _read(Question(text=tidy, language=language.lower(), now=now.astimezone(local_zone)))
    if written is None:
        return None
    day = Stated(day=written.day, zone=zone)
    if written.hour is not None and clock is Clock.EXACT:
        instant = _instant(written, written.zone or _zone_in(comments) or local_zone)
        if instant is None:
            return None
        if instant - now <= DRIFT:
            at = instant.astimezone(local_zone)
            return Stated(day=at.date(), zone=zone, at=at)
    return None if in_the_future(day, now=now) else day


def in_the_future(stated: Stated, *, now: datetime) -> bool:
    """Whether a date lies further ahead than a clock drifts; a day does so before it has begun in its zone."""
    if stated.at is not None:
        return stated.at.astimezone(UTC) - now > DRIFT
    return stated.day > now.astimezone(zone_of(stated.zone)).date()


def _read(question: Question) -> Written | None:
    return next((written for read in _READERS if (written := read(question)) is not None), None)


def _instant(written: Written, zone: tzinfo) -> datetime | None:
    if written.hour is None:
        return None
    try:
        return datetime.combine(written.day, written.hour, tzinfo=zone).astimezone(UTC)
    except OverflowError:  # year 1 or 9999, shifted over the edge of the calendar
        return None


def _without_comments(text: str) -> tuple[str, list[str]]:
    """The text on one line without what stands in brackets, and that."""
    comments: list[str] = []
    for _ in range(_DEEPEST):
        found = _COMMENT.findall(text)
        if not found:
            break
        comments += found
        text = _COMMENT.sub(" ", text)
    return " ".join(text.split()), comments


def _zone_in(comments: list[str]) -> tzinfo | None:
    # "14:05 (МСК)"; a single letter in brackets is no zone but a footnote.
    return next((zone for comment in comments if len(comment) > 1 and (zone := written_zone(comment))), None)
