"""What is the same for every kind of list: sites' own readers, and entries that have pages of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler import sites
from crawler.read import read_article_page, read_page
from crawler.read.page import ArticleReading, ArticleWay, Page, Reading
from crawler.sites.site import Site
from news.item import Draft
from news.link import Link
from news.source import AnySource, ArticleRules
from tests.crawler.read.pages import FEED, GOV_KZ, made
from tests.fakesite.acts import rss

LINK = Link(url="https://example.kz/1", said=Draft(title="As the list has it"))


def test_entries_of_a_feed_are_complete() -> None:
    reading = read_page(made(rss()), FEED)

    assert (len(reading.drafts), reading.links) == (3, ())


def test_entries_whose_pages_are_opened_are_links_with_all_that_the_list_said() -> None:
    complete = read_page(made(rss()), FEED)
    reading = read_page(made(rss()), replace(FEED, articles=ArticleRules()))

    assert reading.drafts == ()
    assert [link.url for link in reading.links] == [f"https://example.org/{number}" for number in range(3)]
    assert tuple(link.said for link in reading.links) == complete.drafts


def test_so_are_records_of_an_interface() -> None:
    body = b'{"data": {"news": [{"id": "1163144", "title": "Sample of an invented release"}]}}'
    reading = read_page(made(body), replace(GOV_KZ, articles=ArticleRules()))

    assert reading.drafts == ()
    (link,) = reading.links
    assert link.said.native_id == "1163144"
    assert "/details/1163144?" in link.url


def test_an_entry_without_an_address_stays_an_entry() -> None:
    body = rss(2).replace(b"<link>https://example.org/0</link>", b"").replace(b"<guid>part-0</guid>", b"")
    reading = read_page(made(body), replace(FEED, articles=ArticleRules()))

    assert (len(reading.drafts), len(reading.links)) == (1, 1)


def test_letters_of_links_are_repaired_too() -> None:
    broken = "Образец: склад открыт".encode().decode("cp1251")
    body = rss(1).replace(b"The office reports progress, part 0", broken.encode())
    reading = read_page(made(body), replace(FEED, articles=ArticleRules()))

    assert reading.links[0].said.title == "Образец: склад открыт"
    assert reading.doubt


def test_a_site_reads_its_own_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    def its_list(page: Page, source: AnySource) -> Reading:
        return Reading(drafts=(Draft(title=f"{source.id} at {page.url}"),))

    def its_article(page: Page, _source: AnySource, link: Link) -> ArticleReading:
        return ArticleReading(draft=replace(link.said, url=page.url), way=ArticleWay.SITE)

    monkeypatch.setitem(sites.SITES, "example", Site(list=its_list, article=its_article))
    source = replace(FEED, site="example")

    assert read_page(made(b"anything"), source).drafts[0].title == "feed at https://example.kz/feed"
    assert read_article_page(made(b"anything"), source, LINK).way is ArticleWay.SITE


def test_what_a_site_leaves_open_is_read_as_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sites.SITES, "example", Site())

    assert len(read_page(made(rss()), replace(FEED, site="example")).drafts) == 3
