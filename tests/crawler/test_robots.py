"""robots.txt decides as protego does, for every file of the shared collection, and none of them crashes us."""

from __future__ import annotations

import pytest
from protego import Protego

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


def test_every_shared_file_decides_as_protego_does() -> None:
    files = sorted(shared("corpora/robots").glob("*.txt"))
    assert len(files) > 200
    for file in files:
        rules = file.read_bytes().decode("utf-8", "replace")
        parsed = Protego.parse(rules)
        for path in ("/", "/feed", "/en/rss.xml", "/search?q=a", "/news/2026/11/22/"):
            url = f"https://example.org{path}"
            assert allowed(rules, AGENT, url) == parsed.can_fetch(url, AGENT), (file.name, path)
