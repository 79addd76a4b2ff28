"""Numbers of the archive's rows: they grow with the time that items are of, so what is newest is found first."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from news.item import Item

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""What is stated to be older, or was before there were pages, is filed under this instant."""

_A_SECOND = 1 << 20
# Room for versions of the same second, and for those of other rules of what a word is.
_AN_ITEM = 1 << 3
HIGHEST = int((datetime(9999, 12, 1, tzinfo=UTC) - _EPOCH) / _SECOND) * _A_SECOND
"""Above the number of any row."""


def moment_of(item: Item, first_seen: datetime) -> datetime:
    """The instant an item is of: as published (noon of a bare day), else first seen; never later than first seen."""
    published = item.published
    if published is None:
        return first_seen
    at = published.at or _noon(published.day, published.zone)
    return max(EARLIEST, min(at, first_seen))


def first_doc(at: datetime) -> int:
    """The lowest number of the second of `at`."""
    return (at - _EPOCH) // _SECOND * _A_SECOND


def doc_of(at: datetime, item_id: int) -> int:
    """The number of an item of the second of `at`: of one second the item that came later has the higher."""
    return first_doc(at) + item_id * _AN_ITEM % _A_SECOND


def moment_of_doc(doc: int) -> datetime:
    """The second that a row's item is of."""
    return _EPOCH + doc // _A_SECOND * _SECOND


def month_of(doc: int) -> int:
    """The month of a row, in UTC, as 202611."""
    moment = moment_of_doc(doc)
    return moment.year * 100 + moment.month


def _noon(day: date, zone: str) -> datetime:
    try:
        return datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
    except (KeyError, ValueError, OSError, OverflowError):
        return datetime.combine(day, time(12), UTC)
