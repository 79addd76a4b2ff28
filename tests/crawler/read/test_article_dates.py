"""The dates that a page states of its article, and those of other news beside it."""

from __future__ import annotations

import pytest

from news.errors import Unreadable
from news.source import ArticleRules, ListingSource
from tests.crawler.read.article_pages import ENGLISH, paragraphs, read

TITLE = "Volunteers bring water to three districts"
BODY = f'<div class="body">{paragraphs(ENGLISH)}</div>'
OWN, OTHER = '<span class="date">21.11.2026</span>', '<span class="date">01.02.2019</span>'
KNOWN = ListingSource(
    id="known", url="https://office.example/", publisher="Office", articles=ArticleRules(title=("h1",), body=(".body",))
)
ANY = ListingSource(id="any", url="https://office.example/", publisher="Office")
CARD = f'<div class="card"><a href="/news/2">Other news</a>{OTHER}</div>'


def day(content: str, source: ListingSource = KNOWN) -> str:
    """The day of an article of which this is the main element; empty where none is found."""
    published = read(f"<html><body><main>{content}</main></body></html>", source, listed=TITLE).draft.published
    return published.day.isoformat() if published else ""


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        f'<a class="card" href="/news/2"><b>Other news</b>{OTHER}</a>',
        f'<article><h3><a href="/news/2">Other news</a></h3><p>{OTHER}</p></article>',
        '<li><a href="/news/2">Other news</a> <time datetime="2019-02-01">1 February</time></li>',
    ],
)
def test_a_date_in_the_card_of_another_page_is_not_the_articles(card: str) -> None:
    assert day(f"{card}<h1>{TITLE}</h1>{BODY}") == ""
    assert day(f"{card}<h1>{TITLE}</h1>{OWN}{BODY}") == "2026-11-21"


@pytest.mark.parametrize(
    "byline",
    [
        f'<div class="meta">{OWN} <a href="/authors/press-desk">Press desk</a></div>',
        f'<div class="meta"><a href="/news">News</a> {OWN} <a href="/news/1#share">Share</a></div>',
        f'<div class="meta">{OWN} <a rel="tag" href="/water">Water</a> <a href="https://social.example/x">Share</a></div>',
    ],
)
def test_links_of_a_byline_make_no_card(byline: str) -> None:
    assert day(f"<h1>{TITLE}</h1>{byline}{BODY}") == "2026-11-21"
    assert day(f"<article>{byline}<h1>{TITLE}</h1>{BODY}</article>") == "2026-11-21"


def test_a_date_behind_the_bodys_end_is_not_the_articles() -> None:
    assert day(f"<h1>{TITLE}</h1>{BODY}<p>{OTHER}</p>") == ""
    assert day(f"<h1>{TITLE}</h1><div class='body'>{paragraphs(ENGLISH)}{OWN}</div>") == "2026-11-21"


def test_the_date_of_a_card_vouches_for_no_page() -> None:
    page = "<h1>Sign in to the portal</h1><p>Give the name and the word that the office sent to you.</p>" * 4
    with pytest.raises(Unreadable, match="another page"):
        day(page + CARD, ANY)
    with pytest.raises(Unreadable, match="another page"):
        day(CARD + page, KNOWN)
