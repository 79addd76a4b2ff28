"""Canonical addresses: what is kept, what is dropped, and what is never taken for an address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.urls import canonical_url, resolve
from tests.shared import shared


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("http://Example.KZ", "https://example.kz/"),
        ("https://example.kz:443/a/../b?z=1&a=2#top", "https://example.kz/b?a=2&z=1"),
        ("//example.kz/a", "https://example.kz/a"),
        ("http:\\\\example.kz\\a", "https://example.kz/a"),
        ("http://127.0.0.2:8080/feed", "http://127.0.0.2:8080/feed"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://localhost/x", "http://localhost/x"),
        ("https://пример.қаз/новость", "https://xn--e1afmkfd.xn--80ao21a/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C"),
        ("https://example.kz/a?utm_source=x&id=7&fbclid=y&_openstat=z&from=rss", "https://example.kz/a?id=7"),
        (
            "https://example.kz/a?utm_referrer=https%3A%2F%2Fother.kz%2Fb",
            "https://example.kz/a",
        ),
        (
            "https://example.kz/a?url=https://other.kz/b",
            "https://example.kz/a?url=https%3A%2F%2Fother.kz%2Fb",
        ),
        ("https://news.un.org/feed/view/en/story/2022/04/1115242", "https://news.un.org/en/story/2022/04/1115242"),
        (
            "https://www.gov.kz/memleket/entities/mfa/press/news/details/1237295-some-slug/2?lang=ru&",
            "https://www.gov.kz/memleket/entities/mfa/press/news/details/1237295?lang=ru",
        ),
        ("http://en.inform.kz/news/a-slug_a4017987", "https://qazinform.com/news/a-slug_a4017987"),
        (
            "https://reliefweb.int/updates?advanced-search=(PC130)",
            "https://reliefweb.int/updates?advanced-search=%28PC130%29",
        ),
    ],
)
def test_an_address_is_brought_into_its_canonical_form(written: str, canonical: str) -> None:
    assert canonical_url(written).url == canonical


@pytest.mark.parametrize(
    "written",
    ["", "page.html", "/a", "ftp://example.kz/", "javascript:alert(1)", "data:text/html,x", "mailto:a@example.kz",
     "http://", "http://exa mple.kz/", "http://example.kz:99999/", "http://1.2.3.4.5/", "http://[::1/", "http://a<b>/"],
)  # fmt: skip
def test_what_is_no_web_address_has_none_and_says_why(written: str) -> None:
    canonical = canonical_url(written)
    assert canonical.url is None
    assert canonical.why
    assert canonical.key == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.example.kz/a/", "https://example.kz/a"),
        ("https://www.inform.kz/ru/odin-slug-8d2f3a", "https://www.inform.kz/ru/drugoy-slug-8d2f3a/"),
        ("https://gov.kz/memleket/entities/mfa/press/news/details/5?lang=kk", "https://www.gov.kz/memleket/entities/mfa/press/news/details/5/slug?lang=kk"),
        ("https://news.un.org/feed/view/ru/story/2026/08/1468515", "https://news.un.org/ru/story/2026/08/1468515"),
    ],
)  # fmt: skip
def test_the_same_page_has_the_same_key(one: str, other: str) -> None:
    assert canonical_url(one).key == canonical_url(other).key != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.gov.kz/memleket/entities/mfa/press/news/details/5?lang=kk", "https://www.gov.kz/memleket/entities/mfa/press/news/details/5?lang=ru"),
        ("https://qz.inform.kz/news/slug-8d2f3a/", "https://kaz.inform.kz/news/slug-8d2f3a/"),
        ("https://qazinform.com/news/a-lost-decade", "https://qazinform.com/news/the-next-decade"),
        ("https://qazinform.com/news/aid-for-100000", "https://qazinform.com/news/homes-for-100000"),
        ("https://kisi.kz/?p=1", "https://kisi.kz/?p=2"),
    ],
)  # fmt: skip
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert canonical_url(one).key != canonical_url(other).key


@pytest.mark.parametrize(
    ("base", "href", "absolute"),
    [
        ("https://example.kz/a/b", "c?d=1", "https://example.kz/a/c?d=1"),
        ("https://example.kz/a/b", "//other.kz/x", "https://other.kz/x"),
        ("http://example.kz/a", "http:b", "http://example.kz/b"),
        ("https://example.kz/", " /a\n/b ", "https://example.kz/a/b"),
        ("https://example.kz/", "javascript:alert(1)", None),
        ("https://example.kz/", "//[", None),
        ("https://example.kz/", "https://example.kz:99999/a", None),
        ("https://example.kz/", "https://desk[@example.kz/a", "https://desk%5B@example.kz/a"),
        ("https://example.kz/", "https://\u2100@example.kz/a", "https://%E2%84%80@example.kz/a"),
        ("", "/a", None),
    ],
)
def test_a_link_is_resolved_against_its_page(base: str, href: str, absolute: str | None) -> None:
    assert resolve(base, href) == absolute


def _is_stable(address: str) -> bool:
    first = canonical_url(address)
    if first.url is None:
        return True
    second = canonical_url(first.url)
    return (second.url, second.key) == (first.url, first.key)


@given(st.text() | st.builds("http://{}/{}?{}".format, st.text(), st.text(), st.text()))
def test_any_text_has_a_stable_outcome(text: str) -> None:
    assert _is_stable(text)


def test_w3lib_cases_that_our_rules_do_not_override_agree() -> None:
    cases = [json.loads(line) for line in shared("corpora/urls/w3lib_cases.jsonl").read_text("utf-8").splitlines()]
    assert all(_is_stable(case["input"]) for case in cases)
    # Left out: other encodings, kept fragments, dropped blanks, other separators (options we do not use), addresses
    # that are not on the web, and bytes that were decoded as Latin-1 when the cases were laid out.
    plain = [
        case
        for case in cases
        if case["func"] == "canonicalize_url"
        and not case["kwargs"]
        and case["input"].strip().startswith("http")
        and "Â" not in case["input"]
        and not case["input"].startswith("http://.")
    ]
    assert len(plain) > 60
    for case in plain:
        found = canonical_url(case["input"]).url or ""
        assert found.replace("http://", "https://", 1) == case["expected"].replace("http://", "https://", 1), case


def _whatwg(path: Path) -> list[dict[str, str]]:
    return [case for case in json.loads(path.read_text("utf-8")) if isinstance(case, dict)]


def test_whatwg_addresses_are_taken_or_refused_as_browsers_do() -> None:
    wrong = []
    cases = _whatwg(shared("corpora/urls/wpt_urltestdata_2018.json"))
    for case in cases:
        expected = None if "failure" in case or not case["href"].startswith("http") else case["href"]
        found = resolve(case["base"], case["input"])
        assert _is_stable(case["input"])
        wanted = canonical_url(expected).url if expected else None
        if (canonical_url(found).url if found else None) != wanted:
            wrong.append(case["input"])
    # A blank before a fragment that is dropped anyway, and ß in a host name (IDNA 2003 writes it ss).
    assert wrong == ["http://f:21/ b ? d # e ", "https://faß.ExAmPlE/"]


@pytest.mark.parametrize(
    "base", ["https://example.kz/a/b?c", "http://1.2.3.4:80/x", "https://u:p@Example.kz:8443/", "ftp://x/"]
)
@pytest.mark.parametrize(
    "path", ["/", "/news/1", "/a.b/c-d_e~f", "/x?y=1&z=2", "/a/./b", "/a/../b", "/a/..", "//other.kz/a"]
)
def test_a_plain_path_means_what_it_means_with_a_fragment(base: str, path: str) -> None:
    # A fragment sends the same path the long way.
    slow = resolve(base, f"{path}#f")
    assert resolve(base, path) == (slow.removesuffix("#f") if slow else None)
