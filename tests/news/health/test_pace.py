"""A site's wishes are a lower bound, within reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.health.pace import UNSAID, Pace, not_before

NOW = datetime(2026, 11, 20, 21, 20, tzinfo=UTC)
"""A Friday evening in Greenwich."""

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EVERY = 30 * MINUTE


@pytest.mark.parametrize(
    ("pace", "fresh_for", "after"),
    [
        (UNSAID, None, 0 * MINUTE),
        (Pace(pause=HOUR), None, HOUR),
        (UNSAID, 45 * MINUTE, 45 * MINUTE),
        (Pace(pause=HOUR), 10 * MINUTE, HOUR),
        (Pace(pause=24 * HOUR), None, 4 * EVERY),
        (UNSAID, timedelta(days=365), 4 * EVERY),
        (Pace(hours=frozenset({21, 22})), None, 100 * MINUTE),
        (Pace(hours=frozenset({22})), None, 0 * MINUTE),
        (Pace(hours=frozenset({22}), pause=HOUR), None, 100 * MINUTE),
        (Pace(days=frozenset({4, 5, 6})), None, 4 * EVERY),
        (Pace(hours=frozenset({21})), timedelta(days=9), 4 * EVERY),
    ],
)
def test_what_a_site_wishes_is_kept_up_to_four_pauses(
    pace: Pace, fresh_for: timedelta | None, after: timedelta
) -> None:
    assert not_before(NOW, EVERY, pace=pace, fresh_for=fresh_for) - NOW == after


def test_a_pace_is_stored_whole() -> None:
    for pace in (UNSAID, Pace(pause=90 * MINUTE, hours=frozenset({0, 23}), days=frozenset({6}))):
        assert Pace.from_json(pace.as_json()) == pace
