"""Articles' pages of known sites and of any site: what is read, how, and what is noted as odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawler.read.page import ArticleWay
from news.errors import Unreadable
from news.item import Stated
from news.normalise import normalise
from news.source import ArticleRules, Clock, ListingSource
from tests.crawler.read.article_pages import (
    ANY_SITE,
    ENGLISH,
    KAZAKH,
    KAZINFORM,
    RUSSIAN,
    UN_NEWS,
    kazinform,
    paragraphs,
    read,
    un_news,
)
from tests.crawler.read.pages import NOW

TITLE = "Спасатели доставили воду"


def test_a_known_page_is_read_by_its_selectors() -> None:
    reading = read(kazinform(TITLE, RUSSIAN), KAZINFORM, url="https://www.inform.kz/ru/voda-abc123", listed=TITLE)
    draft = reading.draft
    assert (reading.way, reading.oddities) == (ArticleWay.SELECTORS, ())
    assert (draft.title, draft.summary) == (TITLE, "Кратко о главном.")
    assert draft.text == "\n".join(RUSSIAN)
    assert draft.published is not None
    assert (draft.published.isoformat(), draft.published_raw) == ("2026-11-21T11:17:00+05:00",) * 2
    assert (draft.authors, draft.image) == (("Редакция",), "https://www.inform.kz/radmin/news/1.jpg")
    assert (draft.url, draft.guid, draft.language) == ("https://www.inform.kz/ru/voda-abc123", "g-1", "ru")
    assert draft.html.count("<p>") == 3


def test_a_kazakh_page_in_latin_letters_keeps_its_hex_under_the_slug_of_another_story() -> None:
    title, url = "Qutqarýshylar sý jetkizdi", "https://qz.inform.kz/news/basqa-oqiga-a65cc1/"
    page = kazinform(title, ("ASTANA. KAZINFORM – " + KAZAKH[0], *KAZAKH[1:]), language="kz")
    source = replace(KAZINFORM, language="kk")
    draft = read(page, source, url=url, listed=title).draft
    item = normalise(draft, source, seen_at=NOW)
    assert (item.title, item.text, item.language) == (title, "\n".join(KAZAKH), "kk")
    assert item.keys[0].key.endswith("a65cc1")
    assert item.aside == "ASTANA. KAZINFORM"


def test_the_visible_hour_is_that_of_the_zone_on_its_day() -> None:
    rules = replace(KAZINFORM.articles or ArticleRules(), published=(".article__time",))
    source = replace(KAZINFORM, articles=rules)
    page = kazinform(TITLE, RUSSIAN, published="")
    now = read(page, source).draft.published
    assert now is not None
    assert now.isoformat() == "2026-11-21T11:17:00+05:00"
    before = read(page.replace("11:17, 21 Ноябрь 2026 | GMT +5", "11:17, 22 Февраль 2024"), source).draft.published
    assert before is not None
    assert before.isoformat() == "2024-02-22T11:17:00+06:00"
    by_day = read(page, replace(source, clock=Clock.DAY)).draft.published
    assert by_day is not None
    assert by_day.at is None


def test_embeds_go_and_headings_lists_and_tables_are_lines() -> None:
    url = "https://news.un.org/feed/view/en/story/2026/11/1169000"
    reading = read(un_news("Twenty teams drill for floods", ENGLISH), UN_NEWS, url=url)
    assert reading.draft.title == "Twenty teams drill for floods"
    assert reading.draft.text.split("\n") == [
        *ENGLISH[:2], "What comes next", ENGLISH[2], "Water", "Tents", "Roads 2"
    ]  # fmt: skip
    assert reading.canonical == "https://news.un.org/en/story/2026/11/1169000"
    assert "iframe" not in reading.draft.html


def test_a_node_and_its_news_address_have_one_canonical() -> None:
    head = '<link rel="canonical" href="/en/news/drill-floods">'
    page = f"<html><head>{head}</head><body><h1>Drill for floods</h1>{paragraphs(ENGLISH)}</body></html>"
    for path in ("/en/node/135350", "/en/news/drill-floods"):
        reading = read(page, url=f"https://mission.example{path}")
        assert reading.canonical == "https://mission.example/en/news/drill-floods"
    elsewhere = page.replace("/en/news/drill-floods", "https://other.example/en/news/drill-floods")
    assert read(elsewhere, url="https://mission.example/en/node/1").canonical == ""
    for section in ("/", "/en", "/en/node"):
        assert (
            read(page.replace("/en/news/drill-floods", section), url="https://mission.example/en/node/1").canonical
            == ""
        )


def test_a_blog_of_the_institute_is_read_without_rules_from_json_ld_and_text() -> None:
    data = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite",
    "name": "Institute"}, {"@type": ["Article"], "headline": "Round table on\nwater", "datePublished":
    "2026-11-20T10:00:00+05:00", "author": {"name": "Press desk"}, "image": {"url": "/a.jpg"},},]}</script>"""
    menu = "".join(f'<li><a href="/{number}">Section of the site {number}</a></li>' for number in range(30))
    page = f"""<html lang="en-US"><head><title>Round table on water - Institute</title>{data}</head><body>
    <ul>{menu}</ul>
    <article class="post"><h1 class="entry-title">Round table on water</h1><div class="entry-content">
    {paragraphs(ENGLISH * 2)}<p>20 04 22 1</p></div></article></body></html>"""
    reading = read(page, listed="Round table on water")
    draft = reading.draft
    assert (reading.way, reading.oddities) == (ArticleWay.EXTRACTOR, ())
    assert (draft.title, draft.authors, draft.image) == (
        "Round table on water", ("Press desk",), "https://office.example/a.jpg"
    )  # fmt: skip
    assert draft.published is not None
    assert draft.published.isoformat() == "2026-11-20T10:00:00+05:00"
    assert "Section of the site" not in draft.text
    assert all(line in draft.text for line in ENGLISH)


def test_a_ministrys_body_loses_dateline_reference_and_signature_in_the_item() -> None:
    lines = (
        "Астана, 21 ноября 2026 года – " + RUSSIAN[0], *RUSSIAN[1:], "Справка: Центр открыт в 1998 году.",
        "Пресс-релиз", "Министерства иностранных дел", "Республики Казахстан",
    )  # fmt: skip
    page = f"<html><body><h1>{TITLE}</h1><div class='body'>{paragraphs(lines)}</div></body></html>"
    source = replace(KAZINFORM, articles=ArticleRules(title=("h1",), body=(".body",)))
    reading = read(page, source, listed=TITLE)
    item = normalise(reading.draft, source, seen_at=NOW)
    assert item.text == "\n".join(RUSSIAN)
    assert item.lead == RUSSIAN[0]
    assert "Справка" in item.aside
    assert item.published == Stated(day=date(2026, 11, 21), zone="Asia/Almaty")
    assert reading.oddities == ("no_date",)


def test_an_hour_of_the_list_goes_before_a_bare_day_of_the_page_that_confirms_it() -> None:
    page = kazinform(TITLE, RUSSIAN, published="2026-11-21")
    listed = read(kazinform(TITLE, RUSSIAN), KAZINFORM).draft.published
    assert read(page, KAZINFORM, published=listed).draft.published == listed
    other = replace(listed, day=date(2026, 11, 2)) if listed else None
    assert read(page, KAZINFORM, published=other).draft.published == Stated(day=date(2026, 11, 21), zone="Asia/Almaty")
    assert read(kazinform(TITLE, RUSSIAN, published=""), KAZINFORM, published=listed).oddities == ("no_date",)


def test_a_layout_that_changed_is_read_by_the_extractor_and_counted() -> None:
    page = kazinform(TITLE, RUSSIAN * 2).replace("article__body-text", "article-content")
    reading = read(page, KAZINFORM, listed=TITLE)
    assert (reading.way, reading.oddities) == (ArticleWay.EXTRACTOR, ("extractor",))
    assert RUSSIAN[0] in reading.draft.text


def test_a_selector_that_finds_the_cards_of_other_news_is_not_believed() -> None:
    cards = "".join(f'<p><a href="/ru/x-{n:06x}">Погода в городах страны: день {n}</a></p>' for n in range(20))
    page = kazinform(TITLE, RUSSIAN * 2).replace("article__body-text", "article-content")
    page = page.replace('<div class="others">', f'<div class="others"><div class="article__body-text">{cards}</div>')
    reading = read(page, KAZINFORM, listed=TITLE)
    assert (reading.way, reading.oddities) == (ArticleWay.EXTRACTOR, ("extractor",))
    assert "Погода в городах" not in reading.draft.text


def test_a_title_that_is_not_the_lists_is_counted_and_a_frame_with_the_sites_name_is_passed_over() -> None:
    reading = read(kazinform(TITLE, RUSSIAN), KAZINFORM, listed="Погода в городах страны на неделю")
    assert (reading.draft.title, reading.oddities) == (TITLE, ("other_title",))
    framed = kazinform(TITLE, RUSSIAN).replace(f"<h1>{TITLE}</h1>", f"<h1>Kazinform</h1><h2>{TITLE}</h2>")
    assert read(framed, KAZINFORM, listed=TITLE).draft.title == TITLE
    assert read(framed, KAZINFORM).draft.title == TITLE


def test_a_headline_alone_is_an_article_without_a_body() -> None:
    page = f'<html><head><meta property="og:type" content="article"></head><body><h1>{TITLE}</h1></body></html>'
    reading = read(page, KAZINFORM, listed=TITLE)
    assert reading.draft.title == TITLE
    assert set(reading.oddities) == {"extractor", "no_date", "no_body"}


SHELL = (
    "<!DOCTYPE html><html><head><title>Portal</title></head><body><div id='root'></div><script src='/a.js'></script>"
)
CONSENT = "<html><body><h1>Before you continue</h1>" + "<p>We use cookies and data to deliver services.</p>" * 9
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1><p>Wait.</p></body></html>"
)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (SHELL, "not_an_article"),
        (CONSENT, "not_an_article"),
        ("<html></html>", "not_an_article"),
        (b"%PDF-1.7 ...", "not_an_article"),
        (b'{"a": 1}', "not_an_article"),
        (b"", "not_an_article"),
        (CHALLENGE, "challenge_page"),
    ],
)
def test_what_is_no_article_says_so(page: str | bytes, reason: str) -> None:
    for source in (KAZINFORM, ANY_SITE):
        with pytest.raises(Unreadable) as refused:
            read(page, source, listed=TITLE + " и палатки в районы")
        assert refused.value.reason == reason


LISTED = "Казахстан и ЮНИСЕФ подписали соглашение о школах"
LOGIN = "<p>Введите имя и пароль, чтобы войти; забытый пароль пришлют на почту, указанную при записи.</p>" * 4
BODY = ListingSource(
    id="body", url="https://office.example/", publisher="Office", articles=ArticleRules(title=("h1",), body=(".body",))
)


@pytest.mark.parametrize("title", ["Вход в систему", "Новости", "Вход в личный кабинет пользователя портала"])
@pytest.mark.parametrize("text", [LOGIN, "<p>Войти.</p>"], ids=["long", "short"])
def test_a_page_to_sign_in_is_no_article_though_selectors_find_a_text(title: str, text: str) -> None:
    page = f"<html><body><h1>{title}</h1><div class='body'><p>{title}.</p>{text}</div></body></html>"
    with pytest.raises(Unreadable) as refused:
        read(page, BODY, listed=LISTED)
    assert refused.value.reason == "not_an_article"


def test_a_page_with_another_title_that_no_date_vouches_for_is_none_though_its_text_names_the_news() -> None:
    text = paragraphs((f"{LISTED}, сообщили в ведомстве.", *RUSSIAN))
    page = f"<html><body><h1>Новости раздела</h1>{text}</body></html>"
    with pytest.raises(Unreadable, match="another page"):
        read(page, listed=LISTED)
    assert read(page.replace("<h1>", "<article><p class='date'>21.11.2026</p><h1>"), listed=LISTED).draft.text


def translated(heading: str, text: str, *, date: str = "") -> str:
    dated = f"<p class='date'>{date}</p>" if date else ""
    return f"<html><body><main><h1>{heading}</h1>{dated}<div class='body'>{text}</div></main></body></html>"


def test_the_translation_of_what_the_list_named_is_read() -> None:
    kazakh = "<p>Еріктілер үш ауданға ішетін таза су мен шатыр жеткізді, жұмыстар кешке дейін жалғаса береді.</p>"
    for page in (
        translated("Volunteers brought water and tents", paragraphs(ENGLISH)),
        translated("Press release", paragraphs(ENGLISH), date="21.11.2026"),
        translated("Баспасөз хабары", kazakh * 3, date="21.11.2026"),
        translated("Еріктілер үш ауданға таза су жеткізді", kazakh * 3, date="21.11.2026"),
    ):
        reading = read(page, BODY, listed=LISTED)
        assert reading.way is ArticleWay.SELECTORS
        assert "other_title" in reading.oddities


def test_an_article_whose_page_has_a_captcha_for_its_comments_is_no_challenge() -> None:
    page = kazinform(TITLE, RUSSIAN).replace("</body>", '<script src="/recaptcha.js"></script></body>')
    assert read(page, KAZINFORM, listed=TITLE).way is ArticleWay.SELECTORS


def test_a_selector_that_is_none_names_its_source() -> None:
    source = replace(KAZINFORM, articles=ArticleRules(body=("p[[",)))
    with pytest.raises(Unreadable, match=r"wrong_shape: a selector of kazinform-ru"):
        read(kazinform(TITLE, RUSSIAN), source)


@pytest.mark.parametrize("charset", ["windows-1251", "utf-16", "koi8-r"])
def test_a_page_is_decoded_once_whatever_it_declares(charset: str) -> None:
    page = kazinform(TITLE, RUSSIAN).replace('<meta charset="utf-8">', "")
    for declared in (f"text/html; charset={charset}", "text/html"):
        reading = read(page.encode(charset), KAZINFORM, content_type=declared)
        assert reading.draft.text == "\n".join(RUSSIAN)
    assert bool(read(page.encode("windows-1251"), KAZINFORM).doubt)


def test_doubly_encoded_letters_are_repaired_and_told() -> None:
    page = kazinform(TITLE, RUSSIAN).encode().decode("latin-1")
    reading = read(page, KAZINFORM)
    assert (reading.draft.title, reading.draft.text) == (TITLE, "\n".join(RUSSIAN))
