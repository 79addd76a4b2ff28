"""Feeds of every kind, whole, broken, hostile, and things that are no feeds."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.read import read_page
from crawler.read.page import Reading
from news.errors import Unreadable
from news.normalise import normalise
from news.visit import Reason
from tests.crawler.read.pages import FEED, NOW, PAGES, UN_NEWS, made, stored
from tests.shared import shared

ITEM = "<item><title>T{0}</title><link>http://a.kz/{0}</link><guid>{0}</guid><description>D{0}</description></item>"
HEAD, TAIL = '<?xml version="1.0"?><rss version="2.0"><channel><title>C</title>', "</channel></rss>"


def feed(count: int) -> bytes:
    return (HEAD + "".join(ITEM.format(number) for number in range(count)) + TAIL).encode()


def read(body: bytes, **page: str) -> Reading:
    return read_page(made(body, **page), FEED)  # type: ignore[arg-type]


def test_un_news_is_read_under_its_public_addresses_and_days() -> None:
    reading = read_page(stored("un-news-ru/all-ru.xml", url="https://news.un.org/feed/x"), UN_NEWS)
    first = reading.drafts[0]
    assert (reading.title, reading.language) == ("Новости ООН", "ru")
    assert first.title == "Центральная Азия: эксперты обсудили 'умный' полив"
    assert first.summary == "Представители пяти стран договорились делиться данными о воде."
    assert first.published is not None
    assert (first.published.isoformat(), first.published_raw) == ("2026-09-18", "Fri, 18 Sep 2026 12:00:00 +0000")
    assert first.image == "https://global.unitednations.example/field.jpg"
    items = [normalise(draft, UN_NEWS, seen_at=NOW) for draft in reading.drafts]
    assert [item.url for item in items] == [
        "https://news.un.org/ru/story/2026/09/1469001",
        "https://news.un.org/ru/story/2026/09/1469002",
    ]


def test_the_recorded_un_feed_gives_thirty_items() -> None:
    body = shared("payloads/un-news/un-news-region-europe-en-2022-04-01.xml").read_bytes()
    reading = read(body, url="https://news.un.org/feed/subscribe/en/news/region/europe/feed/rss.xml")
    items = [normalise(draft, FEED, seen_at=NOW) for draft in reading.drafts]
    assert len({item.url for item in items}) == 30
    assert all(item.url.startswith("https://news.un.org/en/story/") for item in items)
    assert all(item.title == item.title.strip() and item.lead and item.published for item in items)
    assert not reading.truncated


def test_reliefweb_gives_all_authors_its_file_and_the_real_lead() -> None:
    draft = read_page(stored("reliefweb/kazakhstan.xml"), FEED).drafts[0]
    assert draft.authors == ("Relief Federation", "Water Office")
    assert [(one.url, one.type, one.length) for one in draft.enclosures] == [
        ("https://reliefweb.int/files/report.pdf", "application/pdf", 380131)
    ]
    assert draft.tags == ("Kazakhstan", "Flood")
    item = normalise(draft, FEED, seen_at=NOW)
    assert item.lead.startswith("Water levels fell")
    assert "Country: Kazakhstan" in item.text


def test_the_recorded_reliefweb_feed_keeps_every_author() -> None:
    body = shared("payloads/reliefweb/reliefweb-updates-ukr-2020-09-17.first2.xml").read_bytes()
    first, second = read(body).drafts
    assert (len(first.authors), len(second.authors)) == (2, 1)
    assert first.enclosures[0].length == 380131


def test_a_wordpress_feed_gives_body_teaser_and_safe_fragment() -> None:
    draft = read_page(stored("kaziss/feed.xml", url="https://kisi.kz/en/feed/"), FEED).drafts[0]
    assert draft.title == "Round table on the Caspian – results"
    assert (draft.summary, draft.text) == ("Experts met in Astana […]", "Experts met in Astana.\nAbout")
    assert draft.html == (
        '<p>Experts met in Astana.</p><p><a href="https://kisi.kz/en/about/" rel="noopener noreferrer">About</a> '
        '<img src="https://kisi.kz/img/table.jpg"></p>'
    )
    assert draft.guid == "https://kisi.kz/?p=4711"
    assert draft.authors == ("Press service", "Research department")
    assert draft.image == "https://kisi.kz/img/table.jpg"
    assert draft.language == "en"


def test_atom_and_rdf_are_feeds_too() -> None:
    atom = read(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="kk"><entry><title type="text">a &lt;b&gt; c</title>'
        b'<link href="/1"/><id>urn:1</id><updated>2026-09-18T10:00:00+05:00</updated></entry></feed>'
    ).drafts[0]
    assert (atom.title, atom.url, atom.guid, atom.language) == ("a <b> c", "https://example.kz/1", "urn:1", "kk")
    assert atom.published == atom.updated
    assert atom.published is not None
    assert atom.published.isoformat() == "2026-09-18T10:00:00+05:00"
    rdf = read(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        b'<item rdf:about="http://a.kz/1"><title>T</title><link>http://a.kz/1</link></item></rdf:RDF>'
    ).drafts[0]
    assert (rdf.title, rdf.url) == ("T", "http://a.kz/1")


def test_an_entry_without_title_or_link_still_is_a_draft() -> None:
    empty, script = read((HEAD + "<item/><item><link>javascript:x</link></item>" + TAIL).encode()).drafts
    assert (empty.title, empty.url, empty.guid) == ("", None, None)
    assert script.url is None


def test_a_gzip_body_without_a_header_is_unpacked() -> None:
    assert len(read(gzip.compress(feed(3))).drafts) == 3


def test_a_feed_in_another_charset_keeps_its_letters() -> None:
    body = (HEAD + "<item><title>Қызыл Жарты Ай</title></item>" + TAIL).encode("utf-16")
    assert read(body).drafts[0].title == "Қызыл Жарты Ай"
    body = (HEAD + "<item><title>Красный Полумесяц</title></item>" + TAIL).encode("cp1251")
    assert read(body, content_type="application/xml; charset=windows-1251").drafts[0].title == "Красный Полумесяц"


def test_a_doctype_is_believed_less_than_the_feed_below_it() -> None:
    assert len(read(b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">' + feed(2)[21:]).drafts) == 2


def test_what_could_be_saved_of_a_broken_feed_is_marked() -> None:
    whole = feed(5)
    reading = read(whole[: whole.index(b"<title>T3")])
    assert reading.truncated
    assert [draft.title for draft in reading.drafts][:3] == ["T0", "T1", "T2"]
    assert not read(whole).truncated
    assert read(gzip.compress(whole)[:-20]).truncated


@pytest.mark.parametrize(
    ("inside", "after"),
    [
        ("<title>A&nbsp;B</title>", ""),
        ("<title>A</title><description>&laquo;B&raquo;<br></description>", ""),
        ("<title>A\x03</title>", ""),
        ("<title>A</title>", "<!-- cached --><script>count(1 < 2)</script>"),
        ("<title>A</title>", "\n" + "<p>junk" * 2_000),
    ],
)
@pytest.mark.parametrize("entries", [1, 3])
def test_a_feed_that_came_whole_is_read_though_it_is_not_well_formed(inside: str, after: str, entries: int) -> None:
    whole = HEAD + f"<item>{inside}</item>" * entries + TAIL
    for body in (whole, whole.replace("</rss>", "</RSS >"), whole.replace("rss", "x:rss")):
        reading = read((body + after).encode())
        assert not reading.truncated
        assert reading.note == "not well-formed XML"
        assert len(reading.drafts) == entries


def test_a_root_that_ends_before_the_last_entry_is_no_end() -> None:
    assert read((HEAD + "<item><title>A &nbsp; </rss></title></item><item><title>B").encode()).truncated


def test_of_too_many_entries_the_rest_is_noted_and_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.read.feed.MOST_ENTRIES", 2)
    monkeypatch.setattr("crawler.read.entries.MOST_ENTRIES", 2)
    reading = read(feed(5))

    assert (len(reading.drafts), reading.truncated) == (2, False)
    assert reading.note == "the first 2 of 5 entries were read"


def test_a_feed_without_entries_is_a_reading_without_drafts() -> None:
    assert read((HEAD + TAIL).encode()).drafts == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (HEAD.encode(), Reason.TRUNCATED),
        (b"", Reason.NOT_A_FEED),
        (b"plain words", Reason.NOT_A_FEED),
        (b"<!DOCTYPE html><html><body><p>News of the day</p></body></html>", Reason.NOT_A_FEED),
        (b"<html><title>Just a moment...</title></html>", Reason.CHALLENGE),
        (b"<!DOCTYPE html>\nAccess denied", Reason.CHALLENGE),
        (b"<table><tr><td>Checking your browser</td></tr></table>", Reason.CHALLENGE),
        ((PAGES / "mfa/works.html").read_bytes(), Reason.CHALLENGE),
        ((PAGES / "reliefweb/challenge.html").read_bytes(), Reason.CHALLENGE),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', Reason.NOT_A_FEED),
        (b'{"items": 5}', Reason.NOT_A_FEED),
        (b'{"items": [', Reason.TRUNCATED),
        (b"\x1f\x8bdamaged", Reason.TRUNCATED),
    ],
)
def test_what_is_no_feed_is_refused_by_name(body: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        read(body)
    assert refused.value.reason == reason


def test_an_html_answer_with_status_202_is_a_challenge() -> None:
    with pytest.raises(Unreadable) as refused:
        read_page(made(b"<html><p>News</p></html>", status=202), FEED)
    assert refused.value.reason == Reason.CHALLENGE


def test_a_bomb_is_refused_before_it_fills_the_memory() -> None:
    bomb = gzip.compress(b" " * 100_000_000)
    tracemalloc.start()
    with pytest.raises(Unreadable) as refused:
        read(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.reason == Reason.TOO_LARGE
    assert peak < 60_000_000


@pytest.mark.parametrize(
    "body",
    [
        feed(2).replace(b"1.0", b'1.0" encoding="\xc4\xff', 1),
        feed(2).replace(b"<rss ", b'<rss xmlns:a="http://a b/" a:c="d" ', 1),
        feed(2).replace(b"<channel>", b"<channel xml:base='http://[x'>", 1),
    ],
    ids=["charset", "namespace", "base"],
)
def test_what_breaks_feedparsers_strict_parser_is_read_all_the_same(body: bytes) -> None:
    assert [draft.title for draft in read(body).drafts] == ["T0", "T1"]


def test_elements_with_the_names_of_feedparsers_own_lists_do_no_harm() -> None:
    entry = (
        "<item><title>T</title><authors>a</authors><media_content>b</media_content><content>c</content><tags/></item>"
    )
    assert read((HEAD + entry + TAIL).encode()).drafts[0].title == "T"


def test_expanding_entities_and_endless_nesting_do_no_harm() -> None:
    entities = "".join(f'<!ENTITY l{level + 1} "{f"&l{level};" * 10}">' for level in range(9))
    laughs = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>{HEAD[21:]}<item><title>&l9;</title></item>'
    )
    assert all(len(draft.title) < 10_000 for draft in read((laughs + TAIL).encode()).drafts)
    nested = (
        HEAD + "<item><description>" + "<div>" * 20_000 + "deep" + "</div>" * 20_000 + "</description></item>" + TAIL
    )
    assert read(nested.encode()).drafts[0].summary == "deep"
    escaped = HEAD + "<item><description>" + "&lt;div&gt;" * 100_000 + "deep</description></item>" + TAIL
    assert read(escaped.encode()).drafts[0].summary == "deep"


def test_a_thousand_entries_are_a_thousand_drafts() -> None:
    assert len(read(feed(1_000)).drafts) == 1_000


WHOLE = feed(4)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(body: bytes) -> None:
    _read_or_refused(body)
    _read_or_refused(HEAD.encode() + body)


@settings(max_examples=60)
@given(
    st.integers(0, len(WHOLE)), st.integers(0, 40), st.binary(max_size=20) | st.sampled_from([b"<", b"]]>", b"&#0;"])
)
def test_mutated_feeds_are_read_or_refused(place: int, length: int, change: bytes) -> None:
    _read_or_refused(WHOLE[:place] + change + WHOLE[place + length :])


def _read_or_refused(body: bytes) -> None:
    try:
        reading = read(body)
    except Unreadable as refused:
        assert refused.reason in set(Reason)  # noqa: PT017
    else:
        assert isinstance(reading.drafts, tuple)
