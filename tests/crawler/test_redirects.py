"""Where a redirect may lead (P20)."""

from __future__ import annotations

import pytest

from crawler.middlewares.redirects import refusal, site

FROM = "https://www.inform.kz/rss/rus.xml"


@pytest.mark.parametrize(
    "target",
    [
        "https://inform.kz/rss",
        "https://en.inform.kz/rss",
        "https://WWW.INFORM.KZ:8443/rss",
        "https://www.inform.kz./rss",
    ],
)
def test_the_same_site_is_followed(target: str) -> None:
    assert refusal(FROM, target) == ""


def test_www_is_the_same_site_even_under_a_public_suffix() -> None:
    assert refusal("https://gov.kz/news", "https://www.gov.kz/news") == ""
    assert refusal("https://www.gov.kz/news", "https://mfa.gov.kz/news") == "another site"


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("https://qazinform.com/rss", "another site"),
        ("https://inform.kz.example.org/rss", "another site"),
        ("https://www.inform.kz@example.org/rss", "another site"),
        ("https://127.0.0.1/rss", "another site"),
        ("http://www.inform.kz/rss", "it would give up encryption"),
        ("file:///etc/passwd", "only http and https are fetched"),
        ("javascript:alert(1)", "only http and https are fetched"),
        ("https://[::1/rss", "not an address"),
        ("https://www.inform.kz:99999/rss", "not an address"),
    ],
)
def test_elsewhere_is_not(target: str, problem: str) -> None:
    assert refusal(FROM, target) == problem


@pytest.mark.parametrize(
    ("host", "registrable"),
    [
        ("www.gov.kz", "www.gov.kz"),  # gov.kz is a public suffix: ministries there are strangers to each other
        ("news.un.org", "un.org"),
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("one.github.io", "one.github.io"),
        ("127.0.0.2", "127.0.0.2"),
        ("localhost", "localhost"),
    ],
)
def test_registrable_domains(host: str, registrable: str) -> None:
    assert site(host) == registrable
