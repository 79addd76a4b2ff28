"""The contract of the `try` commands with one answer a line (DESIGN.md "Names and commands")."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ui.cli.desk import Desk


def answers(desk: Desk, *arguments: str, stdin: str | bytes, status: int = 0) -> list[dict[str, Any]]:
    result = desk.type("try", *arguments, stdin=stdin)
    assert result.exit_code == status, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_url_gives_one_answer_a_line_in_order_blank_ones_included(desk: Desk) -> None:
    lines = "https://www.gov.kz/a?utm_source=x\n\nmailto:desk@example.org\nHTTPS://Example.ORG:443/b\n"
    found = answers(desk, "url", stdin=lines)
    assert [one["url"] for one in found] == ["https://www.gov.kz/a", None, None, "https://example.org/b"]
    assert all(one["why"] for one in found)


def test_a_broken_line_costs_no_other_its_answer(desk: Desk) -> None:
    found = answers(desk, "url", stdin=b"https://a.kz/\n\xff\xfe\nhttps://b.kz/\n", status=1)
    assert found[1] == {"error": "byte 1 is not UTF-8", "line": 2}
    assert [one.get("url") for one in found] == ["https://a.kz/", None, "https://b.kz/"]


def test_only_line_feeds_part_lines(desk: Desk) -> None:
    # Unicode has five more line separators, which stand inside texts that people paste.
    lines = "https://a.kz/1\r\nhttps://a.kz/\u2028\x85\x0b2\nhttps://a.kz/3"
    found = answers(desk, "url", stdin=lines)
    assert len(found) == 3
    assert found[0]["url"] == "https://a.kz/1"
    assert found[2]["url"] == "https://a.kz/3"


def test_nothing_in_is_nothing_out(desk: Desk) -> None:
    assert answers(desk, "url", stdin="") == []


@pytest.mark.parametrize(
    ("written", "zone", "date", "precision"),
    [
        ("7 марта 2024, 14:05", "Asia/Almaty", "2024-03-07T14:05:00+05:00", "exact"),
        ("7 февраля 2024, 14:05", "Asia/Almaty", "2024-02-07T14:05:00+06:00", "exact"),
        ("2024-03-07", "Asia/Almaty", "2024-03-07", "day"),
        ("не дата", "Asia/Almaty", None, None),
        ("", "Asia/Almaty", None, None),
    ],
)
def test_date_keeps_its_precision(desk: Desk, written: str, zone: str, date: str | None, precision: str | None) -> None:
    options = ("--language", "ru", "--zone", zone, "--now", "2024-03-10T08:00:00+05:00")
    assert answers(desk, "date", *options, stdin=f"{written}\n") == [{"date": date, "precision": precision}]


@pytest.mark.parametrize(
    ("now", "date"), [("2026-01-15", "2025-12-30"), ("2026-12-31", "2026-12-30"), ("2026-12-29T20:00Z", "2026-12-30")]
)
def test_a_date_without_a_year_is_the_latest_past_one_seen_from_now(desk: Desk, now: str, date: str) -> None:
    found = answers(desk, "date", "--language", "ru", "--now", now, stdin="30 декабря\n")
    assert found == [{"date": date, "precision": "day"}]


def test_date_refuses_a_zone_or_an_hour_that_is_none(desk: Desk) -> None:
    assert desk.type("try", "date", "--zone", "Asia/Alma-Ata-2").exit_code == 2
    assert desk.type("try", "date", "--now", "yesterday").exit_code == 2


def test_language_answers_und_where_it_cannot_be_told(desk: Desk) -> None:
    texts = "The talks covered early warning of floods\n\nҚызыл Жарты Ай қоғамының еріктілері\n12345\n"
    found = answers(desk, "language", stdin=texts)
    assert [one["language"] for one in found] == ["en", "und", "kk", "und"]
    assert all(0 <= one["sure"] <= 1 for one in found)


def test_robots_repeats_the_address_and_says_whether_it_is_allowed(desk: Desk, tmp_path: Path) -> None:
    rules = tmp_path / "robots.txt"
    rules.write_bytes(b"\xef\xbb\xbfUser-agent: presswatch\nDisallow: /private/\nUser-agent: *\nDisallow: /\n")
    lines = "https://a.kz/news\nhttps://a.kz/private/1\n\n"
    ours = answers(desk, "robots", str(rules), "--agent", "presswatch", stdin=lines)
    assert ours[:2] == [
        {"url": "https://a.kz/news", "allowed": True},
        {"url": "https://a.kz/private/1", "allowed": False},
    ]
    assert len(ours) == 3
    theirs = answers(desk, "robots", str(rules), "--agent", "other", stdin=lines)
    assert theirs[0]["allowed"] is False


def test_robots_needs_its_file(desk: Desk, tmp_path: Path) -> None:
    assert desk.type("try", "robots", str(tmp_path / "none.txt"), "--agent", "presswatch").exit_code == 2
