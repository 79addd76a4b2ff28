"""The articles of a list: each with an outcome of its own, in turn, nothing half when the process stops (P5, P13)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pytest

from crawler.inbox import Errand, Response
from news.errors import StorageError
from news.link import Pending
from news.visit import Reason, VisitResult
from tests.crawler.crawls import NOW, Shelf, crawling, errand, listing, visited
from tests.fakesite import FakeSite
from tests.fakesite.acts import ACTS

SEVEN = [f"/article?n={number}" for number in range(1, 8)]
MIXED = [*SEVEN[:3], "/never", *SEVEN[3:5], "/status?code=404", "/challenge", *SEVEN[5:]]


def test_of_ten_articles_three_fail_by_name_and_seven_are_read(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = MIXED
    shelf = in_loop(visited([Errand(source=listing(site.url("/list"), id="list"))]))

    assert len(shelf.of("list").links) == shelf.of("list").visit.entries == 10
    assert shelf.read == SEVEN
    assert shelf.failed == {
        "/never": Reason.TIMEOUT,
        "/status?code=404": Reason.NOT_FOUND,
        "/challenge": Reason.CHALLENGE,
    }
    assert [pending.link.url for pending in shelf.waiting] == [
        site.url("/never"), site.url("/status?code=404"), site.url("/challenge")
    ]  # fmt: skip


def test_what_an_article_brings(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = SEVEN[:1]
    (article,) = in_loop(visited([Errand(source=listing(site.url("/list")))])).articles

    assert article.result is VisitResult.OK
    assert article.draft is not None
    assert (article.draft.title, article.draft.language) == ("Part 1 of the report", "en")
    assert "volunteers of three districts" in article.draft.text
    assert article.draft.published is not None
    assert article.draft.published.isoformat() == "2026-11-22T07:30:00+05:00"
    (asked,) = site.asked("/article")
    assert asked.headers["accept"].startswith("text/html")
    assert "if-none-match" not in asked.headers


def test_a_page_is_asked_for_under_the_address_that_readers_open(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = [f"{SEVEN[0]}&utm_source=rss"]
    in_loop(visited([Errand(source=listing(site.url("/list")))]))

    assert [asked.path for asked in site.asked("/article")] == [SEVEN[0]]


@pytest.mark.parametrize(
    ("path", "result", "reason"),
    [
        ("/status?code=410", VisitResult.HARD, Reason.GONE),
        ("/status?code=403", VisitResult.REFUSED, Reason.FORBIDDEN),
        ("/status?code=503&retry_after=120", VisitResult.SOFT, Reason.SERVER_ERROR),
        ("/pdf", VisitResult.HARD, Reason.NOT_AN_ARTICLE),
        ("/empty", VisitResult.HARD, Reason.NOT_AN_ARTICLE),
        ("/endless", VisitResult.HARD, Reason.TOO_LARGE),
        ("/reset", VisitResult.SOFT, Reason.CONNECTION),
        ("/forbidden", VisitResult.REFUSED, Reason.ROBOTS),
        ("/firewall", VisitResult.SOFT, Reason.CHALLENGE),
        ("/dropped", VisitResult.SOFT, Reason.TRUNCATED),
        ("/redirect?to=http://example.org/article", VisitResult.REFUSED, Reason.ADDRESS),
        ("/redirect?to=/", VisitResult.HARD, Reason.NOT_AN_ARTICLE),
    ],
)
def test_articles_that_do_not_come(
    in_loop: Any, site: FakeSite, path: str, result: VisitResult, reason: Reason
) -> None:
    site.lists["news/1"] = [path]
    (article,) = in_loop(visited([Errand(source=listing(site.url("/list")))])).articles

    assert (article.result, article.reason, article.draft) == (result, reason, None), article
    assert article.retry_after == (120 if "retry_after" in path else None)


def test_a_redirect_and_the_address_that_the_page_calls_its_own(in_loop: Any, site: FakeSite) -> None:
    own = site.url("/article/part-2")
    site.lists["news/1"] = ["/redirect?to=/article%3Fn%3D1", f"/article?n=2&canonical={own}"]
    first, second = in_loop(visited([Errand(source=listing(site.url("/list")))])).articles

    assert first.draft is not None
    assert first.draft.url == site.url("/article?n=1")
    assert second.draft is not None
    assert second.draft.url == own


def test_an_address_that_every_page_calls_its_own_makes_no_item_of_them_all(in_loop: Any, site: FakeSite) -> None:
    for constant in ("/press/latest", "/article", "/article?lang=ru"):
        site.lists["news/1"] = [f"{path}&canonical={quote(site.url(constant))}" for path in SEVEN[:3]]
        articles = in_loop(visited([Errand(source=listing(site.url("/list")))])).articles

        assert len({article.draft.url for article in articles if article.draft}) == 3


def test_after_not_modified_what_is_left_is_read(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = ["/status?code=503", *SEVEN[:1]]
    source, shelf = listing(site.url("/list")), Shelf()
    in_loop(visited([Errand(source=source)], shelf))
    validators = shelf.responses[0].validators
    assert validators is not None
    in_loop(visited([Errand(source=source, validators=validators)], shelf))

    assert shelf.responses[1].visit.result is VisitResult.NOT_MODIFIED
    assert [article.reason for article in shelf.articles] == [Reason.SERVER_ERROR, Reason.NONE, Reason.SERVER_ERROR]


def test_a_list_that_fails_leaves_its_articles_alone(in_loop: Any, site: FakeSite) -> None:
    source, shelf = listing(site.url("/list")), Shelf()
    site.lists["news/1"] = ["/status?code=503"]
    in_loop(visited([Errand(source=source)], shelf))
    del site.lists["news/1"]
    in_loop(visited([Errand(source=source)], shelf))

    assert shelf.responses[1].visit.reason is Reason.NOT_FOUND
    assert len(shelf.articles) == 1


def test_hung_articles_delay_no_other_host(in_loop: Any, site: FakeSite) -> None:
    with FakeSite(host="127.1.5.1") as hung:
        hung.lists["news/1"] = ["/never?n=1", "/never?n=2", "/article?n=3"]
        site.lists["news/1"] = SEVEN
        errands = [Errand(source=listing(one.url("/list"), id=one.host)) for one in (hung, site)]
        began = time.monotonic()
        shelf = in_loop(visited([*errands, errand(site.url("/feed"), id="feed")], timeout=2.0, deadline=20.0))
        ended = site.seen[-1].ended - began

    assert shelf.failed == {"/never?n=1": Reason.TIMEOUT, "/never?n=2": Reason.TIMEOUT}
    assert shelf.read.count("/article?n=3") == 2
    assert ended < 3.5
    assert len(shelf.of("feed").drafts) == 3


def test_the_visits_deadline_leaves_the_rest_for_the_next_one(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = [f"/slow?seconds=0.6&n={number}" for number in range(20)]
    shelf = in_loop(visited([Errand(source=listing(site.url("/list"), id="list"))], deadline=2.0))

    assert shelf.of("list").visit.result is VisitResult.OK
    assert 0 < len(shelf.articles) < 4
    assert Reason.DEADLINE not in shelf.failed.values()  # what was under way at the end is not counted as tried
    assert len(shelf.waiting) == 20


@pytest.mark.parametrize(
    ("paths", "asked"),
    [
        (["/status?code=429", *SEVEN], 0),
        (["/status?code=503&retry_after=60", *SEVEN], 0),
        ([*(f"/status?code=500&n={number}" for number in range(3)), *SEVEN], 0),
        ([*(f"/status?code=404&n={number}" for number in range(3)), *SEVEN], 7),
        (["/status?code=500&n=1", "/status?code=500&n=2", SEVEN[0], "/status?code=500&n=3", *SEVEN[1:]], 7),
    ],
    ids=["429", "Retry-After", "three in a row", "three that are gone", "three but not in a row"],
)
def test_a_site_in_trouble_is_left_alone_until_the_next_visit(
    in_loop: Any, site: FakeSite, paths: list[str], asked: int
) -> None:
    site.lists["news/1"] = paths
    in_loop(visited([Errand(source=listing(site.url("/list")))]))

    assert len(site.asked("/article")) == asked


def test_one_that_takes_all_the_time_is_told_so(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = ["/never", *SEVEN[:2]]
    shelf = in_loop(visited([Errand(source=listing(site.url("/list")))], timeout=30.0, deadline=2.0))

    assert shelf.failed == {"/never": Reason.DEADLINE}
    assert shelf.read == SEVEN[:2]


def test_what_a_slow_list_left_no_time_for_is_not_counted_as_tried(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = ["/never"]

    class SlowShelf(Shelf):
        async def accept(self, response: Response) -> Sequence[Pending]:
            await asyncio.sleep(3.2 - response.visit.took)
            return await super().accept(response)

    shelf = in_loop(visited([Errand(source=listing(site.url("/list")))], SlowShelf(), deadline=4.0))

    assert shelf.articles == []
    assert len(shelf.waiting) == 1


def test_a_redirect_to_the_front_page_is_none_of_an_article_however_it_reads(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = ["/redirect?to=/"]
    with pytest.MonkeyPatch.context() as changed:
        changed.setitem(ACTS, "", ACTS["article"])
        (article,) = in_loop(visited([Errand(source=listing(site.url("/list")))])).articles

    assert (article.reason, article.draft) == (Reason.NOT_AN_ARTICLE, None)


def test_stopping_hands_in_nothing_half(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = [SEVEN[0], "/never", SEVEN[1]]

    async def stop_amid() -> tuple[float, Shelf]:
        shelf = Shelf()
        async with crawling(timeout=30.0, deadline=60.0) as subject:
            crawl = asyncio.ensure_future(
                subject.crawl([Errand(source=listing(site.url("/list")))], shelf, now=lambda: NOW)
            )
            while not shelf.articles:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.3)  # the hung one is under way
            began = time.monotonic()
            await subject.stop(2.0)
            took = time.monotonic() - began
            await asyncio.gather(crawl, return_exceptions=True)
        return took, shelf

    took, shelf = in_loop(stop_amid())

    assert took < 3.0
    assert len(shelf.responses) == 1
    assert (shelf.read, shelf.failed) == (SEVEN[:1], {})
    assert len(shelf.waiting) == 2


@pytest.mark.parametrize(("error", "asked"), [(StorageError("no space"), 1), (RuntimeError("one of ours"), 3)])
def test_articles_that_cannot_be_stored_stay(in_loop: Any, site: FakeSite, error: Exception, asked: int) -> None:
    site.lists["news/1"] = SEVEN[:3]
    shelf = in_loop(visited([Errand(source=listing(site.url("/list")))], Shelf(refuse_articles=error)))

    assert len(shelf.waiting) == 3
    assert len(site.asked("/article")) == asked
