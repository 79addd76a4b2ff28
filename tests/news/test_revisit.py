"""When a page is read again, and when its absence is a withdrawal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from news.item import Draft
from news.link import Link, Pending
from news.revisit import LOOKED_FOR, PAUSE, Revisit, after_miss, after_reading, after_trouble, first_revisit
from news.visit import Validators

FOUND = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KNOWN = Validators(etag='"one"')


def hours(number: float) -> datetime:
    """So many hours after the page was found."""
    return FOUND + timedelta(hours=number)


def planned() -> Revisit:
    """A page that was just read for the first time."""
    link = Link(url="https://press.example/1", said=Draft(title="A release"))
    return first_revisit(7, Pending(id=3, source="press", link=link, found_at=FOUND), KNOWN, now=FOUND)


def next_hours(revisit: Revisit) -> float | None:
    """In how many hours after it was found a page is read next."""
    return None if revisit.next_visit is None else (revisit.next_visit - FOUND) / timedelta(hours=1)


def test_a_page_is_read_again_after_1_6_24_and_72_hours_and_then_no_more() -> None:
    revisit, seen = planned(), []
    while revisit.next_visit is not None:
        seen.append(next_hours(revisit))
        # The visit of its source comes a little later than planned.
        revisit = after_reading(revisit, None, now=revisit.next_visit + timedelta(minutes=20))
    assert seen == [1, 6, 24, 72]
    assert (revisit.step, revisit.validators) == (4, KNOWN)


def test_what_was_missed_while_nothing_ran_is_not_made_up_for() -> None:
    assert next_hours(after_reading(planned(), None, now=hours(30))) == 72
    assert next_hours(after_trouble(planned(), now=hours(2))) == 6


def test_a_page_missing_three_times_over_six_hours_is_withdrawn() -> None:
    revisit = planned()
    for place, hour in enumerate((1.0, 4.5, 8.0), 1):
        assert not revisit.is_withdrawn
        revisit = after_miss(revisit, site_is_well=True, now=hours(hour))
        assert revisit.misses == place
    assert revisit.is_withdrawn
    assert next_hours(revisit) == 24  # it may come back
    back = after_reading(revisit, Validators(etag='"two"'), now=hours(24))
    assert (back.is_withdrawn, back.misses, back.validators.etag) == (False, 0, '"two"')


def test_misses_close_together_are_no_withdrawal() -> None:
    revisit = planned()
    for minute in range(5):
        revisit = after_miss(revisit, site_is_well=True, now=hours(1 + minute / 60))
    assert not revisit.is_withdrawn


def test_a_miss_on_a_failing_site_counts_for_nothing_and_is_looked_into_again() -> None:
    revisit = planned()
    for hour in range(1, 100, 4):
        revisit = after_miss(revisit, site_is_well=False, now=hours(hour))
        assert revisit.next_visit is not None
    assert (revisit.misses, revisit.is_withdrawn) == (0, False)
    given_up = after_miss(revisit, site_is_well=False, now=FOUND + LOOKED_FOR + timedelta(hours=1))
    assert given_up.next_visit is None


def test_trouble_between_two_misses_ends_no_search() -> None:
    missed = after_miss(planned(), site_is_well=True, now=hours(72.5))
    troubled = after_trouble(missed, now=hours(76))
    assert next_hours(troubled) == 76 + PAUSE / timedelta(hours=1)
    again = after_miss(troubled, site_is_well=True, now=hours(80))
    assert after_miss(again, site_is_well=True, now=hours(84)).is_withdrawn
    assert after_trouble(missed, now=FOUND + LOOKED_FOR + timedelta(hours=1)).next_visit is None
