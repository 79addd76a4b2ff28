"""What a feed dropped while nobody read it is read by the source's other ways, or told as a possible gap: once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from news.health import NoticeKind
from news.source import ArticleRules, LinkRules, ListingSource, Paging, SitemapSource
from storage import Store
from tests.scheduler.moving_on import MovingOn, Reader, feed, headline
from tests.scheduler.office import NOW, add_recipient, look_for, told_titles

HOUR = timedelta(hours=1)
_hosts = itertools.count(1)


@pytest.fixture
def office() -> Iterator[MovingOn]:
    with MovingOn(f"127.3.0.{next(_hosts)}", began=NOW - 2 * HOUR) as site:
        site.published = 12
        yield site


@pytest.fixture(autouse=True)
def with_shared_crawling(shared_crawling: None) -> None:
    """Have the crawling of all tests started."""


def listing(site: MovingOn) -> ListingSource:
    return ListingSource(
        id="office",
        url=f"{site.address}/list",
        publisher="The office",
        language="en",
        zone="UTC",
        links=LinkRules(entry="li"),
        paging=Paging(url=f"{site.address}/list?page={{page}}", most=6),
        articles=ArticleRules(title=("h1",), body=("p",)),
    )


def sitemap(site: MovingOn) -> SitemapSource:
    return SitemapSource(
        id="office", url=f"{site.address}/sitemap.xml", publisher="The office", language="en", zone="UTC"
    )


def headlines(first: int, last: int) -> set[str]:
    return {headline(number) for number in range(first, last + 1)}


def test_thirty_entries_that_a_feed_of_ten_dropped_are_a_gap_told_once_with_from_and_to(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    reader = Reader(store, feed(office), in_loop)
    reader.visit()
    reader.clock.passes(hours=5)
    office.published += 30
    reader.visit()
    gap = (NoticeKind.GAP, NOW, office.stated(33))
    assert reader.told() == [gap]
    assert reader.titles() == headlines(3, 12) | headlines(33, 42)
    reader.clock.passes(hours=1)
    office.published += 3
    reader.visit()
    assert reader.told() == [gap]


@pytest.mark.parametrize("way", [listing, sitemap])
def test_what_the_feed_dropped_is_read_by_another_way_alerts_like_any_news_and_is_told_as_read_back(
    store: Store, office: MovingOn, in_loop: Any, way: Any
) -> None:
    add_recipient(store)
    look_for(store, "register")
    reader = Reader(store, feed(office, way(office)), in_loop)
    reader.visit()
    reader.clock.passes(hours=5)
    office.published += 30
    before = set(told_titles(store))
    visit = reader.visit()
    assert reader.told() == [(NoticeKind.READ_BACK, NOW, office.stated(33))]
    assert reader.titles() == headlines(3, 42), "what was published before the first visit is no part of the gap"
    assert set(told_titles(store)) - before == headlines(13, 42)
    assert (visit.new, visit.entries) == (10 + 20, 10), "the visit is the feed's, its count grows by the articles"
    state = store.read_now(lambda unit: unit.visits.state("office"))
    assert state is not None
    assert state.missed is None
    assert state.reading == reader.source.reading_fingerprint, "the feed stays the source's way"
    asked = len(office.asked)
    reader.clock.passes(hours=1)
    reader.visit()
    lists = [path for _, path in office.asked[asked:] if not path.startswith("/news/")]
    assert lists == ["/rss"], "the other ways are left alone again"


def test_another_way_that_fails_is_asked_again_and_the_gap_told_when_it_stays_closed(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    reader = Reader(store, feed(office, listing(office)), in_loop)
    reader.visit()
    office.broken.add("/list")
    office.published += 30
    reader.clock.passes(hours=4)
    for told in (0, 0, 1, 1):
        reader.clock.passes(hours=1)
        reader.visit()
        assert len(reader.told()) == told
    assert reader.told() == [(NoticeKind.GAP, NOW, office.stated(33))]


def test_a_gap_that_a_crash_left_open_is_closed_by_the_next_visit(store: Store, office: MovingOn, in_loop: Any) -> None:
    reader = Reader(store, feed(office, listing(office)), in_loop)
    reader.visit()
    office.broken.add("/list")
    office.published += 30
    reader.clock.passes(hours=5)
    reader.visit()
    assert reader.told() == []
    office.broken.clear()
    reader.clock.passes(hours=1)
    reader.visit()
    assert reader.told() == [(NoticeKind.READ_BACK, NOW, office.stated(33))]
    assert reader.titles() == headlines(3, 42)


def test_a_list_with_pages_is_read_back_to_what_is_known(store: Store, office: MovingOn, in_loop: Any) -> None:
    reader = Reader(store, listing(office), in_loop)
    reader.visit()
    reader.clock.passes(hours=5)
    office.published += 30
    assert reader.visit().pages == 5
    assert reader.told() == []
    assert reader.titles() >= headlines(5, 42)


def test_a_list_that_moved_on_further_than_its_pages_reach_leaves_a_gap_whatever_is_pinned_to_its_top(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    few = replace(listing(office), paging=Paging(url=f"{office.address}/list?page={{page}}", most=2))
    reader = Reader(store, few, in_loop)
    reader.visit()
    reader.clock.passes(hours=5)
    office.published += 30
    assert reader.visit().pages == 2
    assert reader.told() == [(NoticeKind.GAP, NOW, reader.clock())]


def test_a_source_of_which_it_was_told_that_it_failed_is_told_as_read_back(
    store: Store, office: MovingOn, in_loop: Any
) -> None:
    reader = Reader(store, feed(office), in_loop)
    reader.visit()
    office.broken.add("/rss")
    for _ in range(4):
        reader.clock.passes(hours=1)
        reader.visit()
    office.broken.clear()
    reader.clock.passes(hours=1)
    reader.visit()
    kinds = [kind for kind, _, _ in reader.told()]
    assert kinds == [NoticeKind.STATE, NoticeKind.STATE, NoticeKind.READ_BACK]
    assert reader.told()[-1] == (NoticeKind.READ_BACK, NOW + HOUR, reader.clock())
