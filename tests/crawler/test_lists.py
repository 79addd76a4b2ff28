"""Lists on the wire: pages turned and left, alternatives in one visit, indexes of sitemaps, reading back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crawler.inbox import Depth, Errand, Response
from crawler.paging import Stop
from news.link import Link
from news.source import JsonFields, LinkRules, ListingSource, Paging
from news.urls import canonical_url
from news.visit import Reason, Validators, VisitResult
from tests.crawler.crawls import Shelf, errand, json_errand, listing, sitemap, visited
from tests.fakesite import FakeSite

READ_BEFORE = Validators(body_hash="of another day")
SINCE = date(2026, 10, 1)


def paged(site: FakeSite, **declared: Any) -> ListingSource:
    paging = Paging(url=site.url("/list?page={page}"), most=4)
    return listing(site.url("/list"), **({"id": "list", "paging": paging} | declared))


def articles(*numbers: int) -> list[str]:
    return [f"/article?n={number}" for number in numbers]


def numbers(links: tuple[Link, ...]) -> list[int]:
    return [int(link.url.rpartition("=")[2]) for link in links]


def knowing(site: FakeSite, *paths: str) -> Shelf:
    return Shelf(stored=frozenset(canonical_url(site.url(path)).key for path in paths))


def read(in_loop: Any, errand: Errand, shelf: Shelf | None = None) -> Response:
    (response,) = in_loop(visited([errand], shelf)).responses
    return response  # type: ignore[no-any-return]


def test_the_first_visit_reads_the_newest_page_only(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {"news/1": articles(9, 8), "news/2": articles(7, 6)}
    response = read(in_loop, Errand(source=paged(site)))

    assert numbers(response.links) == [9, 8]
    assert (response.visit.pages, response.stop) == (1, Stop.MOST)
    assert [seen.path for seen in site.asked("/list")] == ["/list"]


def test_a_gap_is_closed_down_to_what_is_known(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {f"news/{page}": articles(20 - 2 * page, 19 - 2 * page) for page in range(1, 5)}
    shelf = knowing(site, "/article?n=13")
    response = read(in_loop, Errand(source=paged(site), validators=READ_BEFORE), shelf)

    assert numbers(response.links) == [18, 17, 16, 15, 14, 13]
    assert (response.visit.pages, response.visit.entries, response.stop) == (3, 6, Stop.KNOWN)
    assert response.visit.detail == ""
    assert response.validators is not None


@pytest.mark.parametrize(
    ("pages", "stop", "detail"),
    [
        ({2: (8, 9)}, Stop.REPEATED, "not caught up (repeated)"),
        ({2: (7,), 3: (6,), 4: (5,), 5: (4,)}, Stop.MOST, "not caught up (most)"),
        ({2: (7,)}, Stop.ENDED, ""),  # 404 past the last page
        ({2: (7,), 3: ()}, Stop.ENDED, ""),
    ],
)
def test_where_turning_pages_ends(
    in_loop: Any, site: FakeSite, pages: dict[int, tuple[int, ...]], stop: Stop, detail: str
) -> None:
    site.lists["news/1"] = articles(9, 8)
    site.lists |= {f"news/{page}": articles(*listed) for page, listed in pages.items()}
    response = read(in_loop, Errand(source=paged(site), validators=READ_BEFORE))

    assert response.visit.result is VisitResult.OK
    assert (response.stop, response.visit.detail) == (stop, detail)
    assert len(site.asked("/list")) <= 4


@pytest.mark.parametrize(
    ("path", "stop", "told"),
    [
        ("/forbidden?page={page}", Stop.ROBOTS, "page 2: robots_txt"),
        ("/status?code=500&n={page}", Stop.FAILED, "page 2: server_error (500); not caught up (failed)"),
        ("/never?n={page}", Stop.FAILED, "page 2: timeout"),
    ],
)
def test_a_further_page_that_does_not_come_is_told_and_the_first_is_kept(
    in_loop: Any, site: FakeSite, path: str, stop: Stop, told: str
) -> None:
    site.lists["news/1"] = articles(9, 8)
    source = paged(site, paging=Paging(url=site.url(path)))
    response = read(in_loop, Errand(source=source, validators=READ_BEFORE))

    assert response.visit.result is VisitResult.OK
    assert numbers(response.links) == [9, 8]
    assert response.stop == stop
    assert told in response.visit.detail
    assert not site.asked("/forbidden")


@pytest.mark.parametrize(
    ("path", "missed"),
    [
        ("/forbidden?page={page}", False),
        ("/status?code=404&n={page}", False),
        ("/status?code=500&n={page}", True),
        ("/never?n={page}", True),
    ],
)
def test_pages_that_may_come_later_are_remembered_and_no_304_hides_them(
    in_loop: Any, site: FakeSite, path: str, missed: bool
) -> None:
    site.lists["news/1"] = articles(9, 8)
    source = paged(site, paging=Paging(url=site.url(path)))
    response = read(in_loop, Errand(source=source, validators=READ_BEFORE))

    assert response.gap is missed
    assert (response.validators is None) is missed


def test_a_visit_reads_so_many_bytes_and_tells_where_it_stopped(
    in_loop: Any, site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.spiders.lists.MOST_BYTES", 10)
    site.lists |= {"news/1": articles(9, 8), "news/2": articles(7, 6)}
    response = read(in_loop, Errand(source=paged(site), validators=READ_BEFORE))
    assert (response.visit.pages, response.stop, response.short) == (1, Stop.BYTES, True)
    assert "not caught up (bytes)" in response.visit.detail


def test_a_gap_that_was_missed_is_closed_below_what_is_known(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {f"news/{page}": articles(20 - 2 * page, 19 - 2 * page) for page in range(1, 5)}
    shelf = knowing(site, *articles(18, 17, 12, 11))
    source = paged(site)
    seen = read(in_loop, Errand(source=source, validators=READ_BEFORE))
    assert seen.validators is not None
    response = read(in_loop, Errand(source=source, validators=seen.validators, gap=True), shelf)

    assert numbers(response.links) == list(range(18, 10, -1))
    assert (response.visit.result, response.stop, response.gap) == (VisitResult.OK, Stop.KNOWN, False)
    assert response.visit.detail == ""
    assert response.validators is not None


def test_a_pinned_card_ends_no_catching_up(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {"news/1": articles(1, 18, 17, 16), "news/2": articles(1, 15, 14, 13)}
    response = read(in_loop, Errand(source=paged(site), validators=READ_BEFORE), knowing(site, *articles(1, 14, 13)))

    assert numbers(response.links) == [1, 18, 17, 16, 15, 14, 13]
    assert (response.visit.pages, response.stop) == (2, Stop.KNOWN)


def test_json_counts_pages_in_its_body(in_loop: Any, site: FakeSite) -> None:
    body = {"query": "news(_page: {page})", "variables": {"page": "{page}"}}
    fields = JsonFields(link="https://example.org/{title}")
    asked = json_errand(site.url("/graphql"), method="POST", body=body, paging=Paging(most=3), fields=fields)
    read(in_loop, replace(asked, depth=Depth(since=SINCE, pages=2)))

    assert [json.loads(seen.body) for seen in site.asked("/graphql")] == [
        {"query": "news(_page: 1)", "variables": {"page": 1}},
        {"query": "news(_page: 2)", "variables": {"page": 2}},
    ]


def test_the_first_way_that_yields_something_is_the_visit(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = articles(9, 8)
    first = errand(site.url("/status?code=404"), id="ways", validators=READ_BEFORE)
    ways = (
        replace(first.source, url=site.url("/webpage")),
        sitemap(site.url("/sitemap"), id="ways"),
        listing(site.url("/list"), id="ways"),
    )
    response = read(in_loop, replace(first, others=ways))

    assert response.source == ways[1]
    assert response.visit.result is VisitResult.OK
    assert numbers(response.links) == [9, 8]
    assert f"instead of feed {first.source.url}: not_found" in response.visit.detail
    assert f"instead of feed {ways[0].url}: not_a_feed" in response.visit.detail
    assert response.validators is not None
    assert not site.asked("/list")


def test_where_no_way_yields_anything_the_first_is_told_with_the_others(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = articles(9)
    first = errand(site.url("/status?code=404"), id="ways")
    empty = listing(site.url("/list"), id="ways", links=LinkRules(entry=".gone"))
    response = read(in_loop, replace(first, others=(empty,)))

    assert (response.source, response.visit.reason) == (first.source, Reason.NOT_FOUND)
    assert response.visit.detail == f"404; nor by listing {empty.url}: no_entries"


def test_a_host_that_asks_for_patience_is_not_asked_by_another_way(in_loop: Any, site: FakeSite) -> None:
    first = errand(site.url("/status?code=429&retry_after=60"), id="ways")
    with FakeSite(host="127.1.6.1") as elsewhere:
        others = tuple(replace(first.source, url=one.url("/feed")) for one in (site, elsewhere))
        response = read(in_loop, replace(first, others=others))

    assert response.source == others[1]
    assert not site.asked("/feed")


def test_a_selector_that_finds_nothing_is_a_fault_with_its_name(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = articles(9)
    response = read(in_loop, Errand(source=paged(site, links=LinkRules(entry=".gone"))))

    assert (response.visit.result, response.visit.reason) == (VisitResult.EMPTY, Reason.NO_ENTRIES)
    assert response.visit.detail == 'the selector ".gone" finds nothing on the page'
    assert response.validators is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/challenge", Reason.CHALLENGE),
        ("/firewall", Reason.CHALLENGE),
        ("/feed", Reason.NOT_A_PAGE),
        ("/pdf", Reason.NOT_A_PAGE),
        ("/webpage", Reason.NO_ENTRIES),
        ("/status?code=403", Reason.FORBIDDEN),
    ],
)
def test_what_comes_instead_of_a_list_page(in_loop: Any, site: FakeSite, path: str, reason: Reason) -> None:
    response = read(in_loop, Errand(source=listing(site.url(path))))

    assert response.visit.reason is reason, response.visit


def test_a_web_page_instead_of_a_sitemap(in_loop: Any, site: FakeSite) -> None:
    response = read(in_loop, Errand(source=sitemap(site.url("/webpage"))))

    assert (response.visit.result, response.visit.reason) == (VisitResult.HARD, Reason.NOT_A_SITEMAP)


def members(*names: str) -> list[str]:
    return [f"/sitemap?name={name}" for name in names]


def test_an_index_is_read_through_its_newest_members(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {f"{name}/1": articles(number) for number, name in enumerate("abcde")}
    site.lists["index/1"] = [*members("a"), "/status?code=500", *members("c", "d", "e")]
    response = read(in_loop, Errand(source=sitemap(site.url("/sitemap_index"))))

    assert numbers(response.links) == [0, 2]
    assert response.visit.result is VisitResult.OK
    left_out = "3 of the index's 5 sitemaps were read"
    assert response.visit.detail == f"{left_out}; {site.url('/status?code=500')}: server_error (500)"
    assert (response.visit.pages, response.stop) == (3, Stop.MOST)
    assert response.validators == Validators()  # an index that is not modified says nothing of its members


def test_what_is_left_out_of_a_member_is_told(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {"a/1": articles(*range(2_002)), "index/1": members("a")}
    response = read(in_loop, Errand(source=sitemap(site.url("/sitemap_index"))))

    left_out = "the first and the last 1000 of 2002 undated entries were read"
    assert response.visit.detail == f"{site.url('/sitemap?name=a')}: {left_out}"
    assert len(response.links) == 2_000


def test_an_index_whose_members_all_fail_failed(in_loop: Any, site: FakeSite) -> None:
    site.lists["index/1"] = ["/status?code=500", "/status?code=404"]
    response = read(in_loop, Errand(source=sitemap(site.url("/sitemap_index"))))

    assert (response.visit.result, response.visit.reason) == (VisitResult.SOFT, Reason.SERVER_ERROR)
    assert response.validators is None


def test_an_index_within_an_index_is_told(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {"inner/1": members("a"), "index/1": ["/sitemap_index?name=inner"]}
    response = read(in_loop, Errand(source=sitemap(site.url("/sitemap_index"))))

    assert (response.visit.result, response.visit.reason) == (VisitResult.HARD, Reason.WRONG_SHAPE)
    assert "an index within an index" in response.visit.detail


def test_an_index_none_of_whose_members_is_wanted_is_empty(in_loop: Any, site: FakeSite) -> None:
    site.lists["index/1"] = members("a")
    response = read(in_loop, Errand(source=sitemap(site.url("/sitemap_index"), nested="news")))

    assert response.visit.reason is Reason.NO_ENTRIES
    assert response.visit.detail == 'none of 1 entries contains "news"'


def test_reading_back_goes_on_where_it_was_left(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {f"news/{page}": articles(20 - 2 * page, 19 - 2 * page) for page in range(1, 7)}
    shelf = knowing(site, "/article?n=14")
    depth = Depth(since=SINCE, pages=2, first=2)
    response = read(in_loop, Errand(source=paged(site), validators=READ_BEFORE, depth=depth), shelf)

    assert [seen.path for seen in site.asked("/list")] == ["/list?page=3", "/list?page=4"]
    assert numbers(response.links) == [14, 13, 12, 11]
    assert (response.visit.pages, response.stop, response.depth) == (2, Stop.MOST, depth)
    assert response.validators is None


def test_reading_back_past_the_end(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = articles(1)
    paging = read(in_loop, Errand(source=paged(site), depth=Depth(since=SINCE, pages=2, first=5)))
    alone = read(in_loop, Errand(source=paged(site, paging=None), depth=Depth(since=SINCE, pages=2, first=1)))
    index = sitemap(site.url("/sitemap_index?name=news"))
    members = read(in_loop, Errand(source=index, depth=Depth(since=SINCE, pages=2, first=1)))

    assert [one.stop for one in (paging, alone, members)] == [Stop.ENDED] * 3
    assert (alone.visit.pages, alone.visit.detail) == (0, "the list has no further pages")


def test_reading_back_through_an_index_takes_its_members_in_turn(in_loop: Any, site: FakeSite) -> None:
    site.lists |= {f"{name}/1": articles(number) for number, name in enumerate("abcde")}
    site.lists["index/1"] = members(*"abcde")
    source = sitemap(site.url("/sitemap_index"))
    first, last = (
        read(in_loop, Errand(source=source, depth=Depth(since=SINCE, pages=2, first=number))) for number in (1, 3)
    )

    assert (numbers(first.links), first.visit.pages, first.stop) == ([1, 2], 2, Stop.MOST)
    assert (numbers(last.links), last.visit.pages, last.stop) == ([3, 4], 2, Stop.ENDED)
