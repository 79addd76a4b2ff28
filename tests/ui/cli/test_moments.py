from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.cli.desk import NOW
from ui.cli.exits import Misuse
from ui.cli.moments import ago, local, period, until


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("7d", timedelta(days=7)),
        ("12h", timedelta(hours=12)),
        (" 2 W ", timedelta(days=14)),
        ("30m", timedelta(minutes=30)),
    ],
)
def test_a_period_is_a_number_and_a_unit(text: str, length: timedelta) -> None:
    assert period(text) == length


@pytest.mark.parametrize("text", ["", "7", "d", "0d", "-3d", "7 months", "1d12h", "99999w", "٣d x"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Misuse, match="write for example 7d"):
        period(text)


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=50), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(minutes=119), "119 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(days=9), "9 days ago"),
        (-timedelta(minutes=5), "just now"),
    ],
)
def test_how_long_ago(back: timedelta, words: str) -> None:
    assert ago(NOW - back, now=NOW) == words


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(timedelta(minutes=10), "in 10 min"), (timedelta(hours=3), "in 3 h"), (-timedelta(hours=1), "now")],
)
def test_how_long_until(ahead: timedelta, words: str) -> None:
    assert until(NOW + ahead, now=NOW) == words


def test_an_hour_is_shown_on_the_desks_clock() -> None:
    assert local(NOW, "Asia/Almaty") == "2026-11-22 08:00"
