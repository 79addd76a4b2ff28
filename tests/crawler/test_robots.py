"""robots.txt decides as protego does, for every file of the shared collection, and none of them crashes us."""

from __future__ import annotations

import pytest
from protego import Protego
from scrapy.http import Response

from crawler.middlewares.robots import rules_of
from crawler.robots import allowed
from tests.shared import shared

AGENT = "presswatch/0.1 (+mailto:press@example.org)"


@pytest.mark.parametrize(
    ("rules", "url", "expected"),
    [
        ("", "https://example.org/feed", True),
        ("User-agent: *\nDisallow: /", "https://example.org/feed", False),
        ("User-agent: *\nDisallow: /*/rss.xml", "https://example.org/en/rss.xml", False),  # ReliefWeb's
        ("User-agent: *\nDisallow: /\nAllow: /feed", "https://example.org/feed", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: presswatch\nDisallow:", "https://example.org/feed", True),
        ("User-agent: presswatch\nDisallow: /feed$", "https://example.org/feed", False),
        ("<html>not found</html>", "https://example.org/feed", True),
    ],
)
def test_rules(rules: str, url: str, expected: bool) -> None:
    assert allowed(rules, AGENT, url) is expected


PATHS = (
    "/", "/feed", "/feed/", "/rss.xml", "/en/rss.xml", "/robots.txt", "/index.html?lang=ru", "/search?q=a", "/tag/x",
    "/news/2026/11/22/", "/news/2026/11/22/a-b.html", "/wp-json/wp/v2/posts", "/sitemap.xml", "/page/2", "/api/v1/list",
    "/kk/%D0%B6%D0%B0%D2%A3%D0%B0", "/a//b", "/user/login", "/a.pdf", "/cgi-bin/x",
)  # fmt: skip
PLACES = range(206)


@pytest.mark.parametrize("place", PLACES)
def test_a_shared_file_decides_as_protego_does_as_it_comes_over_the_wire(place: int) -> None:
    file = sorted(shared("corpora/robots").glob("*.txt"))[place]
    body = file.read_bytes()
    judge = Protego.parse(body.decode("utf-8", "replace"))
    rules = rules_of(Response("https://example.org/robots.txt", body=body))

    for path in PATHS:
        url = f"https://example.org{path}"
        expected = judge.can_fetch(url, AGENT)
        assert rules.can_fetch(url, AGENT) == allowed(body.decode("utf-8", "replace"), AGENT, url) == expected, path


def test_no_shared_file_is_left_out() -> None:
    assert len(PATHS) == 20
    assert len(list(shared("corpora/robots").glob("*.txt"))) == len(PLACES)
