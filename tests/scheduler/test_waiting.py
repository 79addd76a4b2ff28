from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.link import Link, Pending, PendingState
from news.source import AnySource, FeedSource, JsonSource, ListingSource, SitemapSource
from news.visit import Reason
from scheduler.waiting import after_failure, is_kept_as_headline
from tests.scheduler.newsroom import a_link
from tests.scheduler.office import NOW, a_draft

FEED, JSON, LISTING, SITEMAP = (
    kind(id="room", url="https://office.example/news", publisher="The newsroom")
    for kind in (FeedSource, JsonSource, ListingSource, SitemapSource)
)
FOUND = Pending(id=7, source="room", link=a_link("The register opens"), found_at=NOW)
MINUTE = timedelta(minutes=1)


def fates(reason: Reason, times: int, **answer: float) -> list[timedelta | None]:
    """What follows each of so many failures in a row: the pause, None for given up."""
    pending, found = FOUND, []
    for _ in range(times):
        pending = after_failure(pending, reason, "why", now=NOW, **answer)
        found.append(pending.next_try - NOW if pending.next_try is not None else None)
        assert (pending.state is PendingState.GIVEN_UP) == (found[-1] is None)
    assert (pending.tries, pending.tried_at, pending.reason, pending.detail) == (times, NOW, reason.value, "why")
    return found


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.CHALLENGE, Reason.SERVER_ERROR, Reason.DEADLINE])
def test_pauses_grow_and_the_fifth_failure_is_the_last(reason: Reason) -> None:
    assert fates(reason, 5) == [15 * MINUTE, 60 * MINUTE, 240 * MINUTE, 720 * MINUTE, None]


@pytest.mark.parametrize(
    "reason",
    [Reason.NOT_FOUND, Reason.GONE, Reason.NOT_AN_ARTICLE, Reason.ROBOTS, Reason.FORBIDDEN, Reason.ADDRESS],
)
def test_a_plain_answer_is_asked_for_once_more_only(reason: Reason) -> None:
    assert fates(reason, 2) == [15 * MINUTE, None]


def test_a_servers_retry_after_is_obeyed_up_to_a_day_and_never_shortens() -> None:
    assert fates(Reason.THROTTLED, 1, retry_after=7_200) == [120 * MINUTE]
    assert fates(Reason.THROTTLED, 1, retry_after=10**9) == [timedelta(days=1)]
    assert fates(Reason.THROTTLED, 2, retry_after=60) == [15 * MINUTE, 60 * MINUTE]


def test_what_only_we_broke_off_is_no_try() -> None:
    assert after_failure(FOUND, Reason.CANCELLED, "presswatch was stopped", now=NOW) == FOUND


def test_what_was_found_stays_as_it_was_found() -> None:
    failed = after_failure(FOUND, Reason.TIMEOUT, now=NOW + MINUTE)
    assert (failed.id, failed.source, failed.link, failed.found_at) == (7, "room", FOUND.link, NOW)


def given_up(reason: Reason, link: Link = FOUND.link) -> Pending:
    return replace(FOUND, link=link, reason=reason.value, state=PendingState.GIVEN_UP)


@pytest.mark.parametrize("source", [FEED, JSON, LISTING, SITEMAP], ids=lambda source: source.kind)
@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.CHALLENGE, Reason.ROBOTS, Reason.NOT_AN_ARTICLE])
def test_what_is_given_up_is_kept_as_its_list_told_it_once_it_is_given_up(source: AnySource, reason: Reason) -> None:
    assert is_kept_as_headline(given_up(reason), source)
    assert not is_kept_as_headline(replace(given_up(reason), state=PendingState.WAITING), source)


@pytest.mark.parametrize("reason", [Reason.NOT_FOUND, Reason.GONE])
def test_a_missing_page_takes_back_what_a_listing_points_to_and_nothing_that_a_feed_published(reason: Reason) -> None:
    kept = [is_kept_as_headline(given_up(reason), source) for source in (FEED, JSON, LISTING, SITEMAP)]
    assert kept == [True, True, False, False]


@pytest.mark.parametrize("title", ["", " \u202e ", "***"])
def test_where_the_list_gave_no_title_there_is_no_headline_to_keep(title: str) -> None:
    assert not is_kept_as_headline(given_up(Reason.TIMEOUT, replace(FOUND.link, said=a_draft(title))), SITEMAP)
