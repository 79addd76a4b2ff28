from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawler.inbox import Response
from crawler.paging import Stop
from news.source import FeedSource, Paging, SitemapSource
from news.visit import Reason, VisitResult
from scheduler.depth import begun, turned
from storage import Backfill
from tests.scheduler.newsroom import NEWSROOM, listed
from tests.scheduler.office import NOW

SINCE = date(2026, 9, 1)
PAGED = replace(NEWSROOM, paging=Paging(url="https://office.example/news?page={page}"))
LATER = NOW + timedelta(hours=1)


def begin(before: Backfill | None = None, *, since: date = SINCE, waiting: bool = False) -> Backfill:
    return begun(before, PAGED, since, waiting=waiting, now=LATER)


UNDER_WAY = Backfill(
    source="room", reading=PAGED.reading_fingerprint, since=SINCE, started_at=NOW, next_page=7, last_page="digest"
)
ENDED = replace(UNDER_WAY, finished_at=NOW)


def test_it_begins_behind_the_page_that_a_usual_visit_reads() -> None:
    assert begin() == Backfill(
        source="room", reading=PAGED.reading_fingerprint, since=SINCE, started_at=LATER, next_page=1
    )
    sitemap = SitemapSource(id="map", url="https://office.example/sitemap.xml", publisher="Office")
    feed = FeedSource(id="feed", url="https://office.example/rss", publisher="Office")
    assert [begun(None, one, SINCE, waiting=False, now=NOW).next_page for one in (sitemap, feed)] == [0, 0]


def test_what_broke_off_goes_on_where_it_was_also_to_another_day() -> None:
    assert begin(UNDER_WAY) == UNDER_WAY
    assert begin(UNDER_WAY, since=date(2020, 1, 1)) == replace(UNDER_WAY, since=date(2020, 1, 1))


def test_what_has_ended_begins_anew_once_nothing_of_it_waits() -> None:
    assert begin(ENDED).next_page == 1
    assert begin(ENDED, waiting=True) == ENDED
    assert begin(ENDED, waiting=True, since=SINCE + timedelta(days=1)) == ENDED
    assert begin(ENDED, waiting=True, since=SINCE - timedelta(days=1)).next_page == 1


def test_pages_of_another_declaration_were_others() -> None:
    assert begin(replace(UNDER_WAY, reading="another")).next_page == 1


def page(*titles: str, stop: Stop = Stop.MOST) -> Response:
    return replace(listed(*titles), stop=stop)


def refused(reason: Reason, result: VisitResult, stop: Stop) -> Response:
    response = page(stop=stop)
    return replace(response, visit=replace(response.visit, reason=reason, result=result))


def test_a_page_that_was_read_moves_it_on() -> None:
    after = turned(UNDER_WAY, page("One", "Two"), now=LATER)
    assert after is not None
    assert (after.next_page, after.finished_at) == (8, None)
    other = turned(after, page("Two", "Three"), now=LATER)
    assert other is not None
    assert (other.next_page, other.finished_at) == (9, None)


@pytest.mark.parametrize("stop", [Stop.ENDED, Stop.OLDER, Stop.REPEATED])
def test_it_is_over_where_the_crawl_says_so(stop: Stop) -> None:
    after = turned(UNDER_WAY, page("One", stop=stop), now=LATER)
    assert after is not None
    assert after.finished_at == LATER


def test_it_is_over_where_the_list_shows_its_last_page_once_more() -> None:
    after = turned(UNDER_WAY, page("One", "Two"), now=LATER)
    assert after is not None
    again = turned(after, page("One", "Two"), now=LATER)
    assert again is not None
    assert again.finished_at == LATER


@pytest.mark.parametrize("reason", [Reason.NOT_FOUND, Reason.NO_ENTRIES])
def test_no_page_where_the_next_should_be_is_the_end(reason: Reason) -> None:
    result = VisitResult.EMPTY if reason is Reason.NO_ENTRIES else VisitResult.HARD
    after = turned(UNDER_WAY, refused(reason, result, Stop.ENDED), now=LATER)
    assert after is not None
    assert after.finished_at == LATER
    assert turned(replace(UNDER_WAY, next_page=0), refused(reason, result, Stop.ENDED), now=LATER) is None


def test_trouble_that_may_pass_leaves_it_where_it_is_and_a_broken_member_is_passed_over() -> None:
    assert turned(UNDER_WAY, refused(Reason.TIMEOUT, VisitResult.SOFT, Stop.FAILED), now=LATER) is None
    assert turned(UNDER_WAY, refused(Reason.ROBOTS, VisitResult.REFUSED, Stop.ROBOTS), now=LATER) is None
    assert turned(UNDER_WAY, refused(Reason.TIMEOUT, VisitResult.SOFT, Stop.MOST), now=LATER) is None
    after = turned(UNDER_WAY, refused(Reason.NOT_FOUND, VisitResult.HARD, Stop.MOST), now=LATER)
    assert after is not None
    assert (after.next_page, after.finished_at) == (8, None)
