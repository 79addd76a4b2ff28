"""Charsets and gzip bodies, before any reader sees them."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.decode import decoded, text_of, xml_of

TEXT = "Сыртқы істер – Ұлттық"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_the_bytes_prove_goes_before_the_header(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding), "text/html; charset=windows-1251") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_zero_bytes(encoding: str) -> None:
    page = f'<?xml version="1.0"?><rss><title>{TEXT}</title></rss>'
    assert text_of(page.encode(encoding), "text/html; charset=utf-8") == page
    assert xml_of(page.encode(encoding), "") == (page.encode(), "application/xml; charset=utf-8")


RUSSIAN = "<p>Состоялась встреча Министра с послом. Справка: форум 2026 года</p>"
KAZAKH = "<p>Қазақстан Республикасы Сыртқы істер министрлігі мәлімдеме жасады. Ұлттық кеңес өтті</p>"
UKRAINIAN = "<p>Президент України зустрівся з послом, її думка є важливою і ґрунтовною</p>"
CAPITALS = "<p>МИНИСТЕРСТВО ИНОСТРАННЫХ ДЕЛ РЕСПУБЛИКИ КАЗАХСТАН</p>"
FRENCH = "<p>Genève : la réunion a été organisée à l’hôtel</p>"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "cp866"),
        (CAPITALS, "cp1251"),
        (KAZAKH, "kz1048"),
        (KAZAKH, "ptcp154"),
        (UKRAINIAN, "cp1251"),
        ("<p>Неліктен екінші мерзімде жеңіске жетеді?</p>", "kz1048"),
        (FRENCH, "cp1252"),
        ("<p>A grant of £5 million</p>", "cp1252"),
        ("Мир", "cp1251"),
    ],
)
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "no-such-charset", "idna", "base64"])
def test_a_wrong_or_missing_charset_is_found_by_the_letters_and_told(text: str, written: str, declared: str) -> None:
    found = decoded(text.encode(written), f"text/html; charset={declared}" if declared else "")
    assert (found.text, found.charset) == (text, written)
    # Latin-1 means windows-1252 on the web, so that page is as declared.
    as_declared = written == "cp1252" and declared == "iso-8859-1"
    assert found.doubt == ("" if as_declared else found.doubt)
    assert as_declared or f"written in {written}" in found.doubt


@pytest.mark.parametrize(("text", "written"), [(RUSSIAN, "koi8-r"), (KAZAKH, "kz1048"), (KAZAKH, "ptcp154")])
def test_windows_1251_is_not_believed_where_other_letters_come_out(text: str, written: str) -> None:
    assert text_of(text.encode(written), "text/html; charset=windows-1251") == text


@pytest.mark.parametrize(
    ("text", "declared"),
    [(RUSSIAN, "windows-1251"), (CAPITALS, "koi8-r"), (CAPITALS, "windows-1251"), (UKRAINIAN, "windows-1251"),
     ("<p>Καλημέρα κόσμε</p>", "iso-8859-7"), ("<p>哈萨克斯坦总统</p>", "gb2312")],
)  # fmt: skip
def test_a_true_declaration_is_believed_without_a_word(text: str, declared: str) -> None:
    found = decoded(text.encode(declared), f"text/html; charset={declared}")
    assert (found.text, found.doubt) == (text, "")


@pytest.mark.parametrize(
    "head",
    ['<?xml version="1.0" encoding="koi8-r"?>', "<meta charset=koi8-r>", "<meta content='text/html; charset=koi8-r'>"],
)
def test_what_the_page_declares_itself_counts_where_the_header_is_silent(head: str) -> None:
    found = decoded(f"{head}{CAPITALS}".encode("koi8-r"), "text/html")
    assert (found.text, found.doubt) == (f"{head}{CAPITALS}", "")


def test_the_header_decides_where_the_bytes_do_not() -> None:
    assert text_of("Мир".encode("cp1251"), "text/html; charset='windows-1251'") == "Мир"


def test_damage_is_seen_and_counted() -> None:
    found = decoded(RUSSIAN.encode() + b"\xd0 \xd1", "text/html; charset=windows-1251")
    assert found.text == RUSSIAN + "\ufffd \ufffd"
    assert found.doubt == "2 damaged places in utf-8"
    assert "no charset fits" in decoded("哈萨克斯坦总统会见大使".encode("gb18030"), "").doubt


@given(
    st.binary(max_size=300), st.sampled_from(["", "text/html; charset=windows-1251", "x; charset=idna", "charset=hex"])
)
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    assert isinstance(decoded(body, content_type).text, str)
    assert isinstance(xml_of(body, content_type)[0], bytes)


def test_feedparser_is_told_what_the_bytes_prove() -> None:
    body = "<rss>Ұ</rss>".encode()
    assert xml_of(body, "text/xml; charset=windows-1251") == (body, "application/xml; charset=utf-8")
    assert xml_of(codecs.BOM_UTF16_LE + "<rss>Ұ</rss>".encode("utf-16-le"), "")[0] == body
    assert xml_of(b"<rss/>", "text/xml") == (b"<rss/>", "text/xml")
    legacy = f'<?xml version="1.0" encoding="windows-1251"?>{RUSSIAN}'
    assert xml_of(legacy.encode("cp1251"), "text/xml") == (legacy.encode("cp1251"), "text/xml")
    assert xml_of(legacy.encode("koi8-r"), "text/xml") == (legacy.encode(), "application/xml; charset=utf-8")
