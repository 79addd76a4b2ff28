from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from news.item import Stated
from news.source import Clock, Standing
from news.story.first import Appearance, Order, first_of, order
from news.story.voice import Voice, voice

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def told(minutes: float | None, *, every: int = 30, clock: Clock = Clock.EXACT, seen: float = 600) -> Appearance:
    """An item published so many minutes after noon, or on that day where None, by a source visited `every` minutes."""
    at = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Appearance(
        stated=Stated(day=date(2026, 11, 22), zone="UTC", at=at),
        seen_at=NOON + timedelta(minutes=seen),
        clock=clock,
        every=timedelta(minutes=every),
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([told(0)], [told(31)], Order.BEFORE),
        ([told(0)], [told(30)], Order.CLOSE),
        ([told(0)], [told(45, every=60)], Order.CLOSE),
        ([told(0, every=60)], [told(45)], Order.CLOSE),
        ([told(90), told(0)], [told(45)], Order.BEFORE),
        ([told(0, clock=Clock.DAY)], [told(300)], Order.UNKNOWN),
        ([told(None)], [told(300)], Order.UNKNOWN),
        ([told(0)], [told(300), told(None)], Order.UNKNOWN),
        ([told(0), told(None)], [told(300)], Order.BEFORE),
        ([], [told(300)], Order.UNKNOWN),
    ],
)
def test_a_telling_is_before_another_only_where_the_clocks_say_so(
    ours: list[Appearance], theirs: list[Appearance], expected: Order
) -> None:
    mirrored = {Order.BEFORE: Order.AFTER}
    assert order(ours, theirs) is expected
    assert order(theirs, ours) is mirrored.get(expected, expected)


def test_an_hour_later_than_the_moment_of_seeing_is_no_hour() -> None:
    assert order([told(0)], [told(300, seen=60)]) is Order.UNKNOWN


def test_the_first_of_several_is_before_each_of_them_or_nobody_is() -> None:
    assert first_of([[told(120)], [told(0)], [told(60)]]) == 1
    assert first_of([[told(120)], [told(0)], [told(20)]]) is None
    assert first_of([[told(120)], [told(0)], [told(None)]]) is None
    assert first_of([[told(0)]]) is None


def test_a_story_is_official_as_soon_as_a_ministry_or_the_un_tells_it() -> None:
    assert voice([Standing.MEDIA, Standing.AGENCY, Standing.UN]) is Voice.OFFICIAL
    assert voice([Standing.OFFICIAL]) is Voice.OFFICIAL
    assert voice([Standing.MEDIA, Standing.AGENCY]) is Voice.AGENCY_ONLY
    assert voice([Standing.AGGREGATOR, Standing.MEDIA]) is Voice.MEDIA_ONLY
