"""A visit that finds the same entries parses none of them, and one that finds a new entry parses that one (P4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crawler.inbox import Response
from crawler.read import feed
from crawler.read.page import Page, Reading
from crawler.readers import Readers
from news.errors import Unreadable
from news.source import ArticleRules, FeedSource, Paging
from news.visit import Reason, Validators, VisitResult
from tests.crawler.crawls import NOW, Shelf, errand, settings, visited
from tests.fakesite import FakeSite, acts
from tests.fakesite.sending import send


def entry(number: int, words: str = "") -> str:
    return (
        f"<item><title>The office reports progress, part {number}{words}</title>"
        f"<link>https://example.org/{number}</link><guid>part-{number}</guid></item>"
    )


def rss(*entries: str, made: str = "07:00", odd: str = "") -> bytes:
    date = f"<lastBuildDate>Sun, 22 Nov 2026 {made}:00 GMT</lastBuildDate>"
    return f'<rss version="2.0"><channel><title>Office</title>{date}{"".join(entries)}{odd}</channel></rss>'.encode()


THREE = [entry(number) for number in (3, 2, 1)]


class Feed:
    """A feed of the fake site whose body is set, and how often feedparser was asked for it, with how many entries."""

    def __init__(self, site: FakeSite, in_loop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.body = rss(*THREE)
        self.parsed: list[int] = []
        self._in_loop, self._errand = in_loop, errand(site.url("/feed"))
        asked = feed._asked

        def counting(body: bytes, content_type: str, page: Any) -> Any:
            self.parsed.append(body.count(b"<item>"))
            return asked(body, content_type, page)

        monkeypatch.setattr(feed, "_asked", counting)
        monkeypatch.setitem(acts.ACTS, "feed", lambda stage, **_: send(stage.handler, self.body))

    def visit(self, validators: Validators | None, shelf: Shelf | None = None, **declared: Any) -> Response:
        """The response of one visit that is conditional on these; what is `declared` changes the source."""
        source = replace(self._errand.source, **declared)
        self.parsed.clear()
        one = replace(self._errand, source=source, validators=validators or Validators())
        response: Response = self._in_loop(visited([one], shelf or Shelf())).responses[-1]
        return response


@pytest.fixture
def fed(site: FakeSite, in_loop: Any, monkeypatch: pytest.MonkeyPatch) -> Feed:
    return Feed(site, in_loop, monkeypatch)


def titles(response: Response) -> list[str]:
    return [draft.title.rpartition(" ")[2] for draft in (*response.drafts, *(link.said for link in response.links))]


def test_from_visit_to_visit(fed: Feed) -> None:
    first = fed.visit(None)
    assert (titles(first), first.unchanged, fed.parsed) == (["3", "2", "1"], 0, [3])
    assert first.validators is not None

    fed.body = rss(*THREE, made="07:30")
    again = fed.visit(first.validators)
    assert (again.visit.result, again.validators, fed.parsed) == (VisitResult.NOT_MODIFIED, None, [])

    fed.body = rss(*THREE, odd="<!-- cached at 08:00 -->")
    same = fed.visit(first.validators)
    assert (same.visit.result, same.visit.entries, same.unchanged, fed.parsed) == (VisitResult.OK, 3, 3, [])
    assert same.validators is not None
    assert same.validators.body_hash != first.validators.body_hash

    fed.body = rss(entry(4), THREE[0], entry(2, ", corrected: 2"), THREE[2])
    more = fed.visit(same.validators)
    assert (titles(more), more.visit.entries, more.unchanged, fed.parsed) == (["4", "2"], 4, 2, [2])
    assert more.validators is not None

    fed.body = rss(entry(4), THREE[0], entry(2, ", corrected: 2"), THREE[2], odd="<!-- cached at 09:00 -->")
    assert (fed.visit(more.validators).unchanged, fed.parsed) == (4, [])
    assert titles(fed.visit(first.validators)) == ["4", "2"]  # what was not stored is read again (P4)


@pytest.mark.parametrize("odd", ["<link>?a=1&b=2</link>", "<p>"], ids=["in the head", "not closed"])
def test_a_feed_that_turned_odd_is_parsed_whole(fed: Feed, odd: str) -> None:
    known = fed.visit(None).validators
    fed.body = rss(entry(4), *THREE, odd=odd)
    response = fed.visit(known)

    assert (titles(response), response.unchanged, fed.parsed) == (["4", "3", "2", "1"], 0, [4])
    assert response.validators is None or not response.validators.entries


@pytest.mark.parametrize("bad", ["<title>Part & 4</title>", "<title>Part &nbsp; 4</title>", "<b><i>4</b></i>"])
def test_a_new_entry_that_is_not_well_formed_has_the_feed_parsed_whole(fed: Feed, bad: str) -> None:
    """feedparser then reads every entry with its loose parser, as it would without us."""
    known = fed.visit(None).validators
    fed.body = rss(f"<item>{bad}<link>https://example.org/4</link></item>", *THREE)
    response = fed.visit(known)

    assert (len(response.drafts), response.unchanged, fed.parsed) == (4, 0, [1, 4])
    assert response.validators is not None
    assert not response.validators.entries


def test_links_of_articles_are_left_out_too(fed: Feed) -> None:
    rules = ArticleRules()
    known = fed.visit(None, articles=rules).validators
    fed.body = rss(entry(4), *THREE)
    response = fed.visit(known, articles=rules)

    assert (titles(response), response.visit.entries) == (["4"], 4)


def test_no_further_page_is_turned_where_the_end_of_the_first_is_known(fed: Feed, site: FakeSite) -> None:
    paging = Paging(url=site.url("/feed?page={page}"), most=3)
    known = fed.visit(None, paging=paging).validators
    fed.body = rss(entry(4), *THREE)
    response = fed.visit(known, paging=paging)

    assert (titles(response), response.stop, response.gap) == (["4"], "known", False)
    assert len(site.asked("/feed")) == 2


def test_a_reader_that_breaks_on_what_is_left_reads_the_whole(in_loop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    source = FeedSource(id="agency", url="https://example.org/feed", publisher="Agency")
    asked: list[int] = []

    async def read(_: Readers, page: Page, __: object) -> Reading:
        asked.append(page.body.count(b"<item>"))
        if asked == [1]:
            raise Unreadable(Reason.READER_FAILED, "died")
        return Reading(drafts=())

    monkeypatch.setattr(Readers, "read", read)
    page = Page(url=source.url, body=rss(*THREE), fetched_at=NOW)
    marks = feed.marks_of(page, 3)
    in_loop(Readers(settings().readers).read_new(replace(page, body=rss(entry(4), *THREE)), source, marks))

    assert asked == [1, 4]
