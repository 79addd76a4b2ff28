"""What came and no reader could use is handed in as it came, lists and articles alike; what never came is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from news.source import ArticleRules
from tests.crawler.crawls import Shelf, errand, visit, visited
from tests.fakesite import FakeSite, acts
from tests.fakesite.sending import send


@pytest.mark.parametrize(
    ("path", "reasons"),
    [
        ("/webpage", ["not_a_feed"]),
        ("/challenge", ["challenge_page"]),
        ("/feed?entries=0", ["no_entries"]),
        ("/dropped", ["truncated"]),
        ("/feed", [""]),
        ("/empty", []),
        ("/status?code=404", []),
        ("/challenge?status=503", []),
        ("/reset", []),
    ],
)
def test_of_a_list(in_loop: Any, site: FakeSite, path: str, reasons: list[str]) -> None:
    response = in_loop(visit(site.url(path)))

    assert [page.reason for page in response.pages] == reasons
    for page in response.pages:
        assert (page.url, page.status, bool(page.body)) == (site.url(path), 200, True)
        assert page.headers["content-type"]
        assert page.link is None


def test_of_articles(in_loop: Any, site: FakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ["/article", "/challenge", "/status?code=404", "/pdf"]
    entries = "".join(f"<item><title>{path}</title><link>{site.url(path)}</link></item>" for path in paths)
    body = f"<rss version='2.0'><channel><title>x</title>{entries}</channel></rss>".encode()
    monkeypatch.setitem(acts.ACTS, "feed", lambda stage: send(stage.handler, body))
    asked = errand(site.url("/feed"))
    shelf = Shelf()
    in_loop(visited([replace(asked, source=replace(asked.source, articles=ArticleRules()))], shelf))

    unread = {one.pending.link.said.title: one.unread for one in shelf.articles}
    assert {path for path, page in unread.items() if page is not None} == {"/challenge", "/pdf"}
    page = unread["/challenge"]
    assert page is not None
    assert (page.reason, page.link) == ("challenge_page", shelf.articles[1].pending.link)
    assert b"Just a moment" in page.body
    assert {one.pending.link.said.title for one in shelf.articles if one.received is not None} == {"/article"}
