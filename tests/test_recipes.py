"""The recipes of CONTRIBUTING.md, each followed to the letter: its block is taken out of the page and used."""

from __future__ import annotations

import importlib.util
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

from crawler import sites
from crawler.read import read_page
from crawler.read.article import read_article
from crawler.read.page import ArticleWay, Page
from news.normalise import normalise
from news.settings import parse_settings
from news.settings.owner import Owner
from news.settings.people import RecipientEntry
from news.source import AnySource, FeedSource, ListingSource
from scheduler import confirming
from scheduler.delivery import KINDS, open_channels
from scheduler.delivery.send import Counts, send_due
from scheduler.digest.render import render
from scheduler.digest.templating import faults
from scheduler.digest.wording import WORDINGS
from scheduler.owner_words import OWNER_WORDS
from storage import open_store
from tests.documentation import ROOT, Block, blocks, spans, text_of
from tests.scheduler.delivery.samples import message
from tests.scheduler.digest.rich import rich
from ui.web.words import WORDS

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)

FEED = """<rss version="2.0"><channel><title>Example Office</title>
<item><title>Sample office opens a register</title><link>https://office.example.org/1</link>
<pubDate>Fri, 06 Mar 2026 08:00:00 +0500</pubDate></item></channel></rss>"""

CARDS = """<html><body><nav><a href="/about">О нас</a></nav>
<div class="news-card"><a href="/news/1"><img src="/1.png"></a><h3><a href="/news/1">Открыт образцовый архив</a></h3>
<span class="news-card__time">13:51, 5 Март 2026</span></div>
<div class="news-card"><a href="/video/2">Видео</a></div></body></html>"""

ARTICLE = """<html><body><h1>Открыт образцовый архив</h1><div class="article-text">
<p>Образцовое учреждение открыло архив для посетителей. В нём хранятся бумаги за сто лет.</p>
<p>Посетить его можно по будням, вход свободный, записываться заранее не нужно.</p>
<p>Подписывайтесь на наш канал о погоде</p><p class="related">Землетрясение</p></div></body></html>"""

CALENDAR = """<html><body><main><h2>5 March 2026</h2><a href="/a">Sample hearing on archives</a>
<a href="/b">Sample hearing on registers</a><h2>4 March 2026</h2><a href="/c">Sample opening</a></main></body></html>"""


def recipe(language: str, word: str) -> Block:
    """The one block of CONTRIBUTING.md in that language that holds the word."""
    (found,) = [one for one in blocks(language) if one.document == "CONTRIBUTING.md" and word in one.text]
    return found


def declared(text: str) -> AnySource:
    """The one source of a block of settings."""
    (source,) = parse_settings(f"contact: press@desk.example\npacks: []\n{text}", {}, read_secret=str).sources
    return source


def page(body: str, url: str, kind: str = "text/html; charset=utf-8") -> Page:
    return Page(url=url, body=body.encode(), content_type=kind, fetched_at=NOW)


def lines_of(text: str) -> int:
    return len([line for line in text.splitlines() if line.strip()])


def test_a_feed_takes_some_five_lines() -> None:
    block = recipe("yaml", "example-office")
    source = declared(block.text)
    (draft,) = read_page(page(FEED, source.url, "application/rss+xml"), source).drafts

    assert isinstance(source, FeedSource)
    assert lines_of(block.text) <= 6
    assert normalise(draft, source, seen_at=NOW).title == "Sample office opens a register"


def test_a_site_by_selectors_takes_some_fifteen_lines() -> None:
    block = recipe("yaml", "example-agency")
    source = declared(block.text)
    assert isinstance(source, ListingSource)
    (link,) = read_page(page(CARDS, source.url), source).links
    reading = read_article(page(ARTICLE, link.url), source, link)
    item = normalise(reading.draft, source, seen_at=NOW)

    assert lines_of(block.text) <= 17
    assert (link.url, link.said.title) == ("https://agency.example.org/news/1", "Открыт образцовый архив")
    assert reading.way is ArticleWay.SELECTORS
    assert item.published is not None
    assert item.published.isoformat() == "2026-03-05T13:51:00+05:00"
    assert "сто лет" in item.lead + item.text
    assert "Землетрясение" not in item.lead + item.text
    assert "канал" not in item.lead + item.text
    assert "Подписывайтесь на наш канал" in item.aside


def test_a_site_beyond_selectors_takes_one_file_under_sixty_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = recipe("python", "SITE = Site(")
    module = _module(tmp_path / "example_calendar.py", block.text)
    monkeypatch.setitem(sites.SITES, "example-calendar", module.SITE)
    source = ListingSource(
        id="example-calendar",
        url="https://calendar.example.org/",
        publisher="Example Calendar",
        language="en",
        site="example-calendar",
    )
    links = read_page(page(CALENDAR, source.url), source).links
    days = [(link.said.title, link.said.published and link.said.published.day) for link in links]

    assert lines_of(block.text) < 60
    assert days == [
        ("Sample hearing on archives", date(2026, 3, 5)),
        ("Sample hearing on registers", date(2026, 3, 5)),
        ("Sample opening", date(2026, 3, 4)),
    ]


async def test_a_channel_takes_one_file_under_sixty_lines_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = recipe("python", "BoardChannel")
    assert lines_of(block.text) < 60
    monkeypatch.setitem(KINDS, "board", _module(tmp_path / "board.py", block.text).BoardChannel)
    text = f"contact: desk@example.org\nchannels: [{{name: hall, kind: board, url: {tmp_path}/board.txt}}]\n"
    settings = parse_settings(text, {}, read_secret=str, channel_kinds=KINDS)
    with open_store(f"sqlite:///{tmp_path}/press.db") as store:
        store.write_now(lambda unit: unit.outbox.queue(message(), "The hall", key="one", channel="hall", at=NOW))
        channels = open_channels(settings, tmp_path)
        counts = await send_due(store, channels, now=lambda: NOW, worker="test", lease=timedelta(minutes=3))
    assert counts == Counts(sent=1)
    assert (tmp_path / "board.txt").read_text() == f"The hall: {message().subject}\n"


def test_a_template_of_ones_own_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "group.txt").write_text(recipe("jinja", "title").text)
    assert faults(tmp_path) == []
    assert "=== Red Crescent, 2 stories ===" in render(rich("en"), domain="example.org", templates=tmp_path).text


def test_every_table_of_a_language_of_digests_has_the_same_languages() -> None:
    languages = {get_args(model.model_fields["language"].annotation) for model in (RecipientEntry, Owner)}
    (declared,) = map(set, languages)
    assert [set(table) for table in (WORDINGS, WORDS, OWNER_WORDS, confirming.WORDS)] == [declared] * 4
    section = text_of("CONTRIBUTING.md").partition("## Adding a language of digests")[2]
    for place in (place for place in spans(section) if place.endswith((".py", "/"))):
        assert place == "__init__.py" or (ROOT / place).exists(), place


def _module(file: Path, text: str) -> ModuleType:
    file.write_text(text, encoding="utf-8")
    spec: Any = importlib.util.spec_from_file_location(file.stem, file)
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
