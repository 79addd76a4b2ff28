"""Lists on web pages: cards, addresses, dates, and what a page that is no list says (P16, P18)."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.read import read_page
from crawler.read.listing import read_listing
from crawler.read.page import Page
from news.errors import Unreadable
from news.item import Stated
from news.source import LinkRules, ListingSource
from news.visit import Reason
from tests.crawler.read.pages import made

URL = "https://www.example.kz/ru/lenta"
CARDS = ListingSource(
    id="agency",
    url=URL,
    publisher="Example agency",
    language="ru",
    links=LinkRules(entry=".allNewsCard", title=".allNewsCard_title", published=".allNewsCard_time"),
)
PAGE = """<!doctype html><html lang="ru-KZ"><head><title>Лента | Пример</title></head><body>
<nav><a href="/ru/">Главная</a></nav>
<div class="allNewsCard"><a href="/ru/obrazec-1a2b3c"><img src="/i.jpg"></a>
  <a href="/ru/obrazec-1a2b3c"><div class="allNewsCard_title">Образец: в <b>ре</b>гионе открыт склад</div></a>
  <span class="allNewsCard_time">13:51, 15 Август 2025</span></div>
<div class="allNewsCard"><a href="https://www.example.kz/ru/vtoroi-4d5e6f?utm_source=list">
  <div class="allNewsCard_title">Образец: второй склад</div></a>
  <span class="allNewsCard_time">Сегодня, 09:05</span></div>
<div class="allNewsCard"><a href="#top">Наверх</a></div>
<div class="allNewsCard"><a href="mailto:press@example.kz">Почта</a></div>
<div class="allNewsCard"><a href="tretii-778899">Образец: третий склад</a></div>
</body></html>"""


def read(text: str = PAGE, source: ListingSource = CARDS) -> list[tuple[str, str]]:
    reading = read_listing(made(text.encode(), url=URL), source)
    return [(link.url, link.said.title) for link in reading.links]


def test_cards_of_kazinforms_shape() -> None:
    reading = read_listing(made(PAGE.encode(), url=URL), CARDS)

    assert [(link.url, link.said.title) for link in reading.links] == [
        ("https://www.example.kz/ru/obrazec-1a2b3c", "Образец: в регионе открыт склад"),
        ("https://www.example.kz/ru/vtoroi-4d5e6f?utm_source=list", "Образец: второй склад"),
        ("https://www.example.kz/ru/tretii-778899", "Образец: третий склад"),
    ]
    first, second, third = (link.said.published for link in reading.links)
    assert first is not None
    assert first.at == datetime(2025, 8, 15, 8, 51, tzinfo=UTC)
    assert second is not None
    assert second.isoformat() == "2026-11-22T09:05:00+05:00"
    assert third is None
    assert (reading.title, reading.language, reading.drafts) == ("Лента | Пример", "ru", ())


def test_each_article_once_with_what_all_its_links_say() -> None:
    source = replace(CARDS, links=LinkRules(entry="a[href]", matching="-[0-9a-f]{6}"))
    again = PAGE.replace("</body>", '<a href="/ru/tretii-778899?utm_medium=x">Ещё раз</a></body>')

    assert read(again, source) == [
        ("https://www.example.kz/ru/obrazec-1a2b3c", "Образец: в регионе открыт склад"),
        ("https://www.example.kz/ru/vtoroi-4d5e6f?utm_source=list", "Образец: второй склад"),
        ("https://www.example.kz/ru/tretii-778899", "Образец: третий склад"),
    ]


def test_a_base_element_counts() -> None:
    text = PAGE.replace("<head>", '<head><base href="/kz/">')

    assert read(text)[2][0] == "https://www.example.kz/kz/tretii-778899"


def test_attributes_and_links_inside_an_entry() -> None:
    text = """<html><body><article data-day="2026-11-20"><h3>Образец</h3><a href="/topic/1">Тема</a>
    <a class="more" href="/news/7">Далее</a><time datetime="2026-11-20T10:00:00+05:00">вчера</time></article></body>"""
    rules = LinkRules(entry="article", link="a.more", title="h3", published="time@datetime")
    (link,) = read_listing(made(text.encode(), url=URL), replace(CARDS, links=rules)).links
    (own,) = read_listing(
        made(text.encode(), url=URL), replace(CARDS, links=replace(rules, published="@data-day"))
    ).links

    assert (link.url, link.said.title) == ("https://www.example.kz/news/7", "Образец")
    assert link.said.published is not None
    assert link.said.published.isoformat() == "2026-11-20T10:00:00+05:00"
    assert own.said.published == Stated(day=date(2026, 11, 20), zone="Asia/Almaty")
    plain = read_listing(made(text.encode(), url=URL), replace(CARDS, links=replace(rules, published="time")))
    assert plain.links[0].said.published == link.said.published


@pytest.mark.parametrize(
    ("rules", "note"),
    [
        (LinkRules(entry=".card"), 'the selector ".card" finds nothing on the page'),
        (LinkRules(entry=".allNewsCard", link="a.more"), 'none of the 5 entries of ".allNewsCard" has a link "a.more"'),
        (LinkRules(entry="a", matching="/story/"), 'none of 5 links of "a" contains "/story/"'),
    ],
)
def test_a_selector_that_finds_nothing_is_named(rules: LinkRules, note: str) -> None:
    reading = read_listing(made(PAGE.encode(), url=URL), replace(CARDS, links=rules))

    assert reading.links == ()
    assert reading.note == note


@pytest.mark.parametrize("title", ["Just a moment...", "Ведутся технические работы"])
def test_a_page_that_stands_in_front_of_the_list(title: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(f"<html><head><title>{title}</title></head><body><p>{title}</p></body></html>")

    assert caught.value.reason is Reason.CHALLENGE


def test_a_list_that_writes_about_captchas_is_read() -> None:
    assert len(read(PAGE.replace("склад", "captcha"))) == 3


@pytest.mark.parametrize(
    "body",
    [
        b'{"items": []}',
        b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>",
        b"<urlset/>",
        b"%PDF-1.7 <a href='/x'>",
        b"\x89PNG\r\n<a href='/x'>",
        b"nothing but words",
        b"<html>" + b"<div>" * 100_000,
    ],
    ids=["json", "feed", "sitemap", "pdf", "picture", "words", "100,000 levels"],
)
def test_what_is_no_page(body: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_listing(made(body, url=URL), CARDS)

    assert caught.value.reason is Reason.NOT_A_PAGE


def test_a_selector_that_is_none_is_told() -> None:
    with pytest.raises(Unreadable) as caught:
        read(source=replace(CARDS, links=LinkRules(entry="..")))

    assert caught.value.reason is Reason.WRONG_SHAPE


def test_a_page_in_a_wrong_charset_is_read_right() -> None:
    page = Page(
        url=URL,
        body=PAGE.encode("cp1251", "ignore"),
        content_type="text/html; charset=utf-8",
        fetched_at=datetime(2026, 11, 22, 6, tzinfo=UTC),
    )

    reading = read_page(page, CARDS)

    assert reading.links[0].said.title == "Образец: в регионе открыт склад"
    assert "windows-1251" in reading.doubt or "cp1251" in reading.doubt


def timed(*dates: str) -> str:
    return "".join(
        f'<div class="allNewsCard"><a href="/ru/n{number}">Образец {number}</a>'
        f'<span class="allNewsCard_time">{date}</span></div>'
        for number, date in enumerate(dates)
    )


def test_words_that_are_no_dates_are_not_asked_of_a_thousand_entries() -> None:
    page = made(timed(*(f"раздел {number} образца" for number in range(1_000))).encode(), url=URL)
    began = time.process_time()
    reading = read_listing(page, CARDS)

    assert time.process_time() - began < 3.0
    assert len(reading.links) == 1_000
    assert reading.links[999].said.published_raw == "раздел 999 образца"
    assert reading.note == '".allNewsCard_time" finds no dates in 50 entries in a row'


def test_dates_are_read_as_long_as_some_of_them_are_dates() -> None:
    page = made(timed(*(["раздел образца"] * 49 + ["15 Август 2025"]) * 2).encode(), url=URL)
    links = read_listing(page, CARDS).links

    assert [place for place, link in enumerate(links) if link.said.published is not None] == [49, 99]
