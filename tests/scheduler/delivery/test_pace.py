"""How fast a run may go."""

from __future__ import annotations

from scheduler.delivery.pace import Pace


def test_without_a_rate_there_is_no_end() -> None:
    pace = Pace.begin({"email": 0}, {})
    for _ in range(1_000):
        assert not pace.note("email", throttled=False)
    assert pace.resting == set()


def test_a_rate_counts_what_was_sent_within_the_last_minute() -> None:
    pace = Pace.begin({"email": 10}, {"email": 8})
    pace.note("email", throttled=False)
    assert pace.resting == set()
    pace.note("email", throttled=False)
    assert pace.resting == {"email"}
    assert Pace.begin({"email": 10}, {"email": 10}).resting == {"email"}


def test_two_in_a_row_that_ask_for_less_end_the_run_one_does_not() -> None:
    pace = Pace.begin({}, {})
    asked = [pace.note("email", throttled=throttled) for throttled in (True, False, True, True)]
    assert asked == [False, False, False, True]


def test_channels_are_counted_apart() -> None:
    pace = Pace.begin({}, {})
    assert not pace.note("email", throttled=True)
    assert not pace.note("webhook", throttled=True)
