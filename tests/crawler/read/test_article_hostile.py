"""Pages made to cost time or memory: each is read or refused within seconds."""

from __future__ import annotations

import time

import pytest

from crawler.read.article_choice import without_site
from news.errors import Unreadable
from tests.crawler.read.article_pages import ANY_SITE, KAZINFORM, RUSSIAN, kazinform, read

TITLE = "Спасатели доставили воду"
WORDS = "<p>" + "words of a text go on. " * 3 + "</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "text",
        "<div>" * 4_900 + WORDS + "</div>" * 4_900,
        WORDS * (5_000_000 // len(WORDS)),
        "<span>a</span>" * 350_000,
        "<p>" + "word " * 200_000 + "</p>",
        "<a " + "b=c " * 1_000_000 + ">x</a>",
        '<script type="application/ld+json">' + "[" * 200_000 + "</script>" + WORDS * 9,
        "<body>" + "<h1></h1>" * 50_000 + "<time datetime=x></time>" * 50_000,
        '<div class="article__body-text"><p>' * 2_000 + WORDS,
    ],
    ids=["deep", "less deep", "5 MB", "spans", "1 MB line", "attributes", "JSON-LD", "headings", "nested bodies"],
)  # fmt: skip
@pytest.mark.parametrize("source", [ANY_SITE, KAZINFORM], ids=["any site", "known site"])
def test_a_hostile_page_costs_seconds_at_most(page: str, source: object) -> None:
    started = time.process_time()
    try:
        reading = read(page, source)  # type: ignore[arg-type]
    except Unreadable as refused:
        assert refused.reason in ("not_an_article", "challenge_page")  # noqa: PT017
    else:
        assert len(reading.draft.text) <= len(page)
    assert time.process_time() - started < 8


def test_repeated_and_nested_matches_are_read_once() -> None:
    inner = "".join(f"<p>{line}</p>" for line in RUSSIAN)
    page = kazinform(TITLE, RUSSIAN).replace("<p>", '<div class="article__body-text"><p>', 1)
    reading = read(page, KAZINFORM)
    assert reading.draft.text.count(RUSSIAN[0]) == 1
    assert inner.count("<p>") == reading.draft.html.count("<p>")


def test_a_title_of_a_thousand_bars_costs_nothing() -> None:
    started = time.process_time()
    for signs in (" | a", " - Kazinform", " "):
        assert len(without_site("Water" + signs * 20_000, ("Kazinform",))) <= 1_000
    assert time.process_time() - started < 1
