"""How often a site asks to be visited: what its headers say, what the head of its feed says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawler.read.pace import fresh_for, pace_of
from news.health.pace import Pace

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
SYNDICATION = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"


def said(head: str, after: str = "") -> Pace:
    return pace_of(f"<rss {SYNDICATION}><channel>{head}<item><title>One</title></item>{after}</channel></rss>".encode())


@pytest.mark.parametrize(
    ("head", "pause"),
    [
        ("", None),
        ("<ttl>60</ttl>", HOUR),
        ("<ttl> 5 </ttl>", HOUR / 12),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
        ("<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>\n2</sy:updateFrequency>", HOUR / 2),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 24 * HOUR),
        ("<sy:updatePeriod>sometimes</sy:updatePeriod>", None),
        ("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
    ],
)
def test_the_pause_that_a_feed_asks_for(head: str, pause: timedelta | None) -> None:
    assert said(head).pause == pause


def test_an_entrys_own_words_are_none_of_its_feeds() -> None:
    assert said("", after="<item><description><ttl>60</ttl></description></item>") == Pace()


@pytest.mark.parametrize(
    ("head", "hours", "days"),
    [
        ("<skipHours><hour>0</hour><hour>23</hour></skipHours>", {0, 23}, set()),
        ("<skipHours><hour>24</hour><hour>99</hour></skipHours>", {0}, set()),
        ("<skipDays><day>Saturday</day>\n<day>sunday</day><day>Someday</day></skipDays>", set(), {5, 6}),
        (f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in range(24))}</skipHours>", set(), set()),
    ],
)
def test_hours_and_days_that_a_feed_skips(head: str, hours: set[int], days: set[int]) -> None:
    assert (said(head).hours, said(head).days) == (hours, days)


DATE = "Sun, 22 Nov 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public, max-age=300"}, 300),
        ({"cache-control": 'max-age="300"'}, 300),
        ({"cache-control": "MAX-AGE=300", "age": "100"}, 200),
        ({"cache-control": "max-age=300", "age": "400"}, None),
        ({"cache-control": "max-age=0, must-revalidate"}, None),
        ({"cache-control": "no-cache, max-age=300"}, None),
        ({"cache-control": "no-store"}, None),
        ({"cache-control": "s-maxage=900"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"expires": "Sun, 22 Nov 2026 08:10:00 GMT", "date": DATE}, 600),
        ({"expires": "Sun, 22 Nov 2026 07:00:00 GMT", "date": DATE}, None),
        ({"expires": "0", "date": DATE}, None),
        ({"expires": "Sun, 22 Nov 2026 08:10:00 GMT"}, None),
        ({"cache-control": "max-age=60", "expires": "Sun, 22 Nov 2026 08:10:00 GMT", "date": DATE}, 60),
    ],
)
def test_how_long_a_server_calls_its_answer_fresh(headers: dict[str, str], seconds: int | None) -> None:
    assert fresh_for(headers) == (None if seconds is None else seconds * SECOND)
