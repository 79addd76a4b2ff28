"""Real texts of the ministry, Kazinform and the institute, as plain pages: language, day in its zone, and body."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from html import escape

import pytest

from crawler.read.languages import with_language
from news.item import Draft, Item
from news.link import Link
from news.normalise import normalise
from news.source import ArticleRules, ListingSource
from news.zones import zone_of
from tests.crawler.read.article_pages import read
from tests.crawler.read.pages import NOW
from tests.shared import shared

PLAIN = ArticleRules(body=("p",))


def as_item(lines: list[str], source: ListingSource, *, title: str = "", url: str = "https://office.example/1") -> Item:
    """The item of a page that has nothing but a paragraph for each line, and a title where one is given."""
    head = f"<h1>{escape(title)}</h1>" if title else ""
    page = f"<html><body>{head}{''.join(f'<p>{escape(line)}</p>' for line in lines if line.strip())}</body></html>"
    return normalise(with_language(read(page, source, url=url).draft, source), source, seen_at=NOW)


@pytest.mark.parametrize("rules", [None, PLAIN], ids=["any site", "by selectors"])
@pytest.mark.parametrize(
    ("name", "language", "day", "offset", "begins", "absent"),
    [
        ("000", "en", date(2017, 7, 4), 6, "The work of the Red Crescent", ["KAZINFORM", "2017-07-04"]),
        ("001", "ru", date(2018, 5, 3), 6, "Состоялась встреча", ["Справка", "Астана, 3 мая 2018 год", "Пресс-релиз"]),
        ("002", "en", date(2024, 3, 7), 5, "The Permanent Representative", ["For reference", "Images", "date 2024"]),
        ("003", "en", date(2024, 2, 22), 6, "Deputy Prime Minister", ["For reference", "Images |"]),
        ("004", "en", date(2022, 4, 20), 6, "On April 20, 2022", ["Home", "20 04 22", "Дорогой", "ссылке"]),
    ],
)  # fmt: skip
def test_a_real_text_gets_language_day_and_a_clean_body(
    name: str, language: str, day: date, offset: int, begins: str, absent: list[str], rules: ArticleRules | None
) -> None:
    file = next(shared("seeds").glob(f"{name}_*.txt"))
    lines = file.read_text(encoding="utf-8").splitlines()
    source = ListingSource(id="seed", url="https://office.example/", publisher="Office", articles=rules)
    item = as_item(lines, source)
    assert item.language == language
    assert item.published is not None
    assert item.published.day == day
    noon = datetime.combine(day, time(12), tzinfo=zone_of(item.published.zone))
    assert noon.utcoffset() == timedelta(hours=offset)
    assert item.text.startswith(begins)
    assert item.lead.startswith(begins)
    assert not [words for words in absent if words in item.text]
    assert all(words in item.aside for words in absent)


def test_kazinforms_kazakh_records_are_kazakh_of_their_hour_and_kept_under_their_hex() -> None:
    source = ListingSource(
        id="kazinform-kk",
        url="https://qz.inform.kz/",
        publisher="Kazinform",
        language="kk",
        articles=ArticleRules(title=("h1",), body=("p",), published=("time",)),
    )
    records = shared("payloads/kazinform/qz-inform-kz.3-records.jsonl").read_text(encoding="utf-8").splitlines()
    keys = []
    for record in map(json.loads, records):
        page = f"<html><body><h1>{record['title']}</h1><time>{record['datetime_raw']}</time>" + "".join(
            f"<p>{escape(line)}</p>" for line in record["text"].splitlines()
        )
        draft = read(page, source, url=record["url"]).draft
        item = normalise(with_language(draft, source), source, seen_at=NOW)
        assert (item.title, item.language) == (record["title"], "kk")
        assert item.published is not None
        assert item.published.isoformat().endswith("+05:00")
        assert not item.text.startswith(record["title"])
        keys.append(item.keys[0].key)
    assert [key[-6:] for key in keys] == ["8d2f3a", "7544f9", "a65cc1"]
    by_list = Link(url=json.loads(records[2])["url"], said=Draft(title=""))
    assert by_list.key == keys[2]
    assert not any("konstitutsiyada" in key for key in keys)
