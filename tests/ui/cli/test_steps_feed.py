"""`presswatch try feed`: the answer for each file, in the words of the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.shared import shared
from tests.ui.cli.desk import Desk

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Office</title><link>https://office.example/</link><language>en</language>
<item><title>Flood drill &amp; training</title><link>/news/1?utm_source=rss</link><guid>g-1</guid>
<description>
&lt;p onclick="x()"&gt;The drill &lt;b&gt;begins&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</description>
<pubDate>Thu, 07 Mar 2024 14:05:00 +0500</pubDate><author>press@office.example (Press desk)</author>
<enclosure url="https://office.example/map.png" type="image/png" length="12"/></item>
<item><description>No title and no address.</description></item>
</channel></rss>"""
KEYS = {
    "title", "url", "guid", "summary", "text", "html", "published", "updated", "authors", "language", "enclosures"
}  # fmt: skip


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_first_the_feed_then_every_entry_also_an_unusable_one(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(FEED, encoding="utf-8")
    result = desk.type("try", "feed", str(file), "--url", "https://office.example/rss")
    assert result.exit_code == 0
    feed, first, second = lines(result.stdout)
    assert feed == {"feed": {"title": "Office", "link": "https://office.example/", "language": "en"}}
    assert set(first) == KEYS
    assert first["title"] == "Flood drill & training"
    assert first["url"].startswith("https://office.example/news/1")
    assert first["guid"].endswith("g-1")
    assert first["published"] == "2024-03-07T14:05:00+05:00"
    assert first["updated"] is None
    assert first["language"] == "en"
    assert first["enclosures"] == [{"url": "https://office.example/map.png", "type": "image/png", "length": 12}]
    assert first["authors"]
    assert "begins" in first["html"]
    assert "onclick" not in first["html"]
    assert "script" not in first["html"]
    assert set(second) == KEYS | {"unusable"}
    assert second["unusable"]


def test_each_answer_names_its_file_where_there_are_several(desk: Desk, tmp_path: Path) -> None:
    good, page = tmp_path / "good.xml", tmp_path / "page.html"
    good.write_text(FEED, encoding="utf-8")
    page.write_text("<html><body>Checking your browser</body></html>", encoding="utf-8")
    result = desk.type("try", "feed", str(page), str(good))
    assert result.exit_code == 1
    found = lines(result.stdout)
    assert [one["file"] for one in found] == [str(page), str(good), str(good), str(good)]
    assert found[0]["error"].startswith("challenge_page")
    alone = desk.type("try", "feed", str(page))
    assert (alone.exit_code, set(lines(alone.stdout)[0])) == (1, {"error"})


def test_the_content_type_decides_the_letters(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    text = "<rss version='2.0'><channel><title>Су тасқыны: вода</title><item><title>Вода</title></item></channel></rss>"
    file.write_bytes(text.replace("Су тасқыны: ", "").encode("koi8-r"))
    result = desk.type("try", "feed", str(file), "--content-type", "application/rss+xml; charset=koi8-r")
    assert lines(result.stdout)[1]["title"] == "Вода"


def test_a_file_that_is_not_there_is_a_usage_error(desk: Desk, tmp_path: Path) -> None:
    assert desk.type("try", "feed", str(tmp_path / "none.xml")).exit_code == 2


def test_every_feed_of_the_corpus_is_answered_for(desk: Desk) -> None:
    files = sorted(str(file) for file in shared("corpora/feeds").rglob("*") if file.is_file())
    result = desk.type("try", "feed", *files)
    found = lines(result.stdout)
    assert list(dict.fromkeys(one["file"] for one in found)) == files
    crashes = [one for one in found if "error" in one and not one["error"].split(":")[0].replace("_", "").islower()]
    assert crashes == []
