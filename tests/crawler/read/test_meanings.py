"""Drafts get their vectors in the reader process; a model that is slow or breaks costs no page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from crawler.read import meanings
from crawler.read.meanings import Meanings
from crawler.read.page import Page, Reading
from crawler.readers import Readers
from news.item import Draft
from news.link import Link
from news.source import FeedSource
from news.story.semantic import DIMENSIONS
from news.story.semantic_model import is_installed
from tests.crawler.crawls import NOW
from tests.fakesite.acts import rss
from tests.fakesite.news_acts import article_page
from tests.news.story.meanings import Failing, Knowing

SOURCE = FeedSource(id="agency", url="https://example.org/feed", publisher="Agency", language="en")
READING = Reading(drafts=(Draft(title="Flood closes a bridge"), Draft(title="A library opens")))
PACKED = DIMENSIONS + 4


def lengths(reading: Reading) -> list[int]:
    return [len(draft.meaning) for draft in reading.drafts]


def test_every_draft_of_a_page_is_embedded_and_a_text_once() -> None:
    embedder = Knowing({"Flood": "flood"})
    subject = Meanings(embedder)
    assert lengths(subject.with_meanings(READING, SOURCE, 60)) == [PACKED, PACKED]
    again = subject.with_meanings(READING, SOURCE, 60)
    assert again == subject.with_meanings(READING, SOURCE, 60)
    assert embedder.asked == ["Flood closes a bridge", "A library opens"]


def test_when_time_is_up_the_rest_goes_without() -> None:
    assert lengths(Meanings(Knowing({})).with_meanings(READING, SOURCE, 0)) == [0, 0]


def test_a_model_that_breaks_costs_the_vector_alone(caplog: pytest.LogCaptureFixture) -> None:
    assert Meanings(Failing()).with_meanings(READING, SOURCE, 60) == READING
    assert "could not be embedded" in caplog.text


def test_only_so_many_texts_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanings, "REMEMBERED", 1)
    embedder = Knowing({})
    subject = Meanings(embedder)
    for _ in range(2):
        subject.with_meanings(READING, SOURCE, 60)
    assert len(embedder.asked) == 4


@pytest.fixture
def readers(loop_thread: asyncio.AbstractEventLoop) -> Iterator[Readers]:
    subject = Readers(SimpleNamespace(processes=1, deadline=20.0, memory_mb=400, inline_below=20_000))
    yield subject
    asyncio.run_coroutine_threadsafe(subject.close(), loop_thread).result(10)


@pytest.mark.skipif(not is_installed(), reason="the extra [semantic] is not installed")
def test_the_reader_process_embeds_with_the_real_model(in_loop: object, readers: Readers) -> None:
    page = Page(url=SOURCE.url, body=rss(), content_type="application/rss+xml", fetched_at=NOW)
    # Also what is read without the hop otherwise.
    assert lengths(in_loop(readers.read(page, SOURCE))) == [PACKED] * 3  # type: ignore[operator]
    link = Link(url="https://example.org/1", said=Draft(title="Part 1"))
    article = Page(url=link.url, body=article_page("Part 1"), content_type="text/html", fetched_at=NOW)
    assert len(in_loop(readers.read_article(article, SOURCE, link)).draft.meaning) == PACKED  # type: ignore[operator]
