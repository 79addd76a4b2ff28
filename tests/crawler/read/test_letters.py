"""No mojibake passes a reader in silence: it is repaired or told, in feeds, JSON feeds and JSON answers alike."""

from __future__ import annotations

import json

import pytest

from crawler.read import read_page
from crawler.read.page import Reading
from tests.crawler.read.pages import FEED, GOV_KZ, made

TITLE = "Сыртқы істер министрлігі мәлімдеме жасады: ұлттық кеңес өтті"
RUSSIAN = "Министр встретился с послом"


def rss(title: str, declared: str = "utf-8") -> str:
    item = f"<item><title>{title}</title><link>http://a.kz/1</link></item>"
    return f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel>{item}</channel></rss>'


def json_feed(title: str) -> str:
    item = {"id": "1", "url": "http://a.kz/1", "title": title}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}, ensure_ascii=False)


def json_answer(title: str) -> str:
    return json.dumps({"data": {"news": [{"id": 1, "title": title}]}}, ensure_ascii=False)


def read(body: bytes, content_type: str = "") -> Reading:
    source = GOV_KZ if b'"data"' in body.replace(b"\0", b"") else FEED
    return read_page(made(body, content_type=content_type), source)


@pytest.mark.parametrize("page", [rss, json_feed, json_answer])
@pytest.mark.parametrize(
    ("title", "written"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (TITLE, "kz1048"), (TITLE, "ptcp154")]
)
@pytest.mark.parametrize("header", ["", "text/plain; charset=utf-8", "text/plain; charset=iso-8859-1"])
def test_a_wrong_charset_is_repaired_and_told(page: object, title: str, written: str, header: str) -> None:
    assert callable(page)
    reading = read(page(title).encode(written), header)
    assert reading.drafts[0].title == title
    assert f"written in {written}" in reading.doubt


@pytest.mark.parametrize("page", [rss, json_feed, json_answer])
@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_the_bytes_prove_is_no_doubt(page: object, written: str) -> None:
    assert callable(page)
    reading = read(page(TITLE).encode(written), "text/plain; charset=windows-1251")
    assert (reading.drafts[0].title, reading.doubt) == (TITLE, "")


@pytest.mark.parametrize("page", [rss, json_feed, json_answer])
def test_double_encoding_is_undone_and_told(page: object) -> None:
    assert callable(page)
    reading = read(page(TITLE.encode().decode("cp1251", "replace")).encode())
    assert (reading.drafts[0].title, reading.doubt) == (TITLE, "doubly encoded letters were repaired")
    assert read(page(TITLE.encode().decode("latin-1")).encode()).drafts[0].title == TITLE


def test_double_encoding_behind_json_escapes_is_undone_or_told() -> None:
    escaped = json.dumps(json.loads(json_feed(TITLE.encode().decode("cp1251", "replace"))))
    assert read(escaped.encode()).drafts[0].title == TITLE
    escaped = json.dumps(json.loads(json_feed(TITLE.encode().decode("latin-1"))))
    assert "could not be repaired" in read(escaped.encode()).doubt


def test_lost_letters_are_told() -> None:
    reading = read(rss("Мини\ufffdтр").encode())
    assert reading.doubt == "1 of 1 entries have lost letters"
