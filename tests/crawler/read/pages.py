"""Pages for the readers' tests: from `tests/pages`, or made of a body."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crawler.read.page import Page
from news.source import Clock, FeedSource, JsonFields, JsonSource

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
PAGES = Path(__file__).resolve().parents[2] / "pages"

FEED = FeedSource(id="feed", url="https://example.kz/feed", publisher="Example", language="ru")
UN_NEWS = FeedSource(
    id="un-news-ru", url="https://news.un.org/ru/feed", publisher="UN News", language="ru", clock=Clock.DAY
)
GOV_KZ = JsonSource(
    id="mfa-ru",
    family="gov.kz",
    url="https://www.gov.kz/graphql",
    publisher="MFA",
    language="ru",
    clock=Clock.DAY,
    method="POST",
    items="data.news",
    errors="errors",
    base="https://www.gov.kz/",
    fields=JsonFields(
        link="https://www.gov.kz/memleket/entities/mfa/press/news/details/{id}?lang={language}",
        html="body",
        summary="short_description",
        published="created_date",
        image="heropic",
    ),
)


def made(body: bytes, *, url: str = "https://example.kz/feed", content_type: str = "", status: int = 200) -> Page:
    """A page with this body."""
    return Page(url=url, body=body, content_type=content_type, status=status, fetched_at=NOW)


def stored(name: str, *, url: str = "https://example.kz/feed", status: int = 200) -> Page:
    """A page of `tests/pages`."""
    return made((PAGES / name).read_bytes(), url=url, status=status)
