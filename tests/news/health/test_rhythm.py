from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.health.rhythm import usual_pause
from tests.news.health.histories import OFFICE, a_visit

WEDNESDAY = datetime(2025, 9, 17, 6, tzinfo=UTC)
SUNDAY = datetime(2025, 9, 21, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("new", "now", "factor"),
    [
        ([0] * 9, WEDNESDAY, 2),
        ([0] * 9, SUNDAY, 3),
        ([1] * 9, WEDNESDAY, 0.75),
        ([1, 0, 0, 1, 0, 0, 1, 0, 0], WEDNESDAY, 1.5),
        ([1, 0, 1, 0, 1, 0, 1, 0, 1], WEDNESDAY, 1),
        ([0, 0, 0, 0, 0, 0, 0, 12, 0], WEDNESDAY, 0.5),
        ([20, 0, 0, 0, 0, 0, 0, 0, 0], WEDNESDAY, 2),
        ([0] * 8, SUNDAY, 1),
    ],
    ids=["silent", "on Sunday", "busy", "seldom", "as declared", "half turned over", "first visit", "too few"],
)
def test_the_pause_follows_what_visits_bring_within_bounds(new: list[int], now: datetime, factor: float) -> None:
    visits = [a_visit(now - timedelta(hours=9 - n), new=count, entries=20) for n, count in enumerate(new)]
    assert usual_pause(OFFICE, visits, now=now) == OFFICE.every * factor
