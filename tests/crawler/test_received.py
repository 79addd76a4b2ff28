"""What is handed in of an answer as it was received, and pages that are read again."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from crawler.inbox import Errand, Response
from news.item import Draft
from news.link import Link, Pending
from news.visit import Validators, VisitResult
from tests.crawler.crawls import NOW, Shelf, errand, listing, visited
from tests.fakesite import FakeSite
from tests.fakesite.acts import rss
from tests.fakesite.news_acts import article_page

PATIENT = {"timeout": 30.0, "deadline": 60.0}
"""Limits that a busy computer does not reach."""


class Again(Shelf):
    """An inbox that asks for one page which it has read before, with what was known of it then."""

    def __init__(self, url: str, etag: str) -> None:
        super().__init__()
        link = Link(url=url, said=Draft(title="Part 1 of the report", url=url))
        known = Validators(etag=etag)
        self.asked_for = Pending(id=0, source="list", link=link, found_at=NOW, again=7, validators=known)

    async def accept(self, response: Response) -> Sequence[Pending]:
        await super().accept(replace(response, links=()))
        return [self.asked_for]

    async def accept_article(self, article: Any) -> None:
        self.articles.append(article)


def test_an_article_comes_with_its_bytes_and_headers_as_they_were_sent(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = ["/packed"]
    (article,) = in_loop(visited([Errand(source=listing(site.url("/list")))], **PATIENT)).articles

    assert article.draft is not None
    assert article.received is not None
    assert gzip.decompress(article.received.body) == article_page()
    headers = {name.lower(): value for name, value in article.received.headers}
    assert (headers["content-encoding"], headers["etag"]) == ("gzip", '"one"')
    assert (article.received.url, article.received.status) == (site.url("/packed"), 200)
    assert article.validators is not None
    assert article.validators.etag == '"one"'


def test_the_pages_of_a_list_say_how_many_drafts_are_theirs(in_loop: Any, site: FakeSite) -> None:
    response = in_loop(visited([errand(site.url("/redirect?to=/feed"), id="feed")], **PATIENT)).of("feed")

    assert [(page.received.body, page.drafts) for page in response.received] == [(rss(), len(response.drafts))]
    assert response.received[0].received.url == site.url("/feed")


def test_a_page_read_again_is_asked_for_on_condition_and_a_304_is_no_trouble(in_loop: Any, site: FakeSite) -> None:
    site.lists["news/1"] = ["/article?n=1"]
    source = listing(site.url("/list"), id="list")
    same = in_loop(visited([Errand(source=source)], Again(site.url("/packed"), '"one"'), **PATIENT)).articles
    other = in_loop(visited([Errand(source=source)], Again(site.url("/packed"), '"two"'), **PATIENT)).articles

    assert [(one.result, one.draft, one.pending.again) for one in same] == [(VisitResult.NOT_MODIFIED, None, 7)]
    assert [one.draft is not None for one in other] == [True]
    assert [asked.headers["if-none-match"] for asked in site.asked("/packed")] == ['"one"', '"two"']
