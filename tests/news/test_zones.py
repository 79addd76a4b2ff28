"""Zones: what a written one means, and whether this machine's data is new enough."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from news import zones
from news.dates import ZoneDataError, assert_zone_data


def test_this_machine_knows_kazakhstans_change() -> None:
    assert_zone_data()


def test_zone_data_of_before_the_change_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = timezone(timedelta(hours=6), "+06")
    monkeypatch.setattr(zones, "zone_of", lambda _name: stale)
    with pytest.raises(ZoneDataError, match="PYTHONTZPATH"):
        assert_zone_data()


@pytest.mark.parametrize(
    ("text", "hours"),
    [("+0500", 5), ("GMT +5", 5), ("-04:30", -4.5), ("EST", -5), ("z", 0), ("A", 0)],
)
def test_a_written_zone_is_its_offset(text: str, hours: float) -> None:
    found = zones.written_zone(text)
    assert found is not None
    assert found.utcoffset(datetime(2024, 6, 1)) == timedelta(hours=hours)  # noqa: DTZ001


def test_an_old_zone_name_means_the_place() -> None:
    assert zones.written_zone("ALMT") == ZoneInfo("Asia/Almaty")
    assert zones.written_zone("XYZ") is None
    assert zones.written_zone("+2500") is None
