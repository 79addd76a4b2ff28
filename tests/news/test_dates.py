"""Dates: machine forms, human forms, zones on both sides of 1 March 2024, precision, nothing in the future."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.dates import in_the_future, parse_date
from news.source import Clock

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # 06:00 in Almaty


def read(text: str, *, language: str = "ru", zone: str = "Asia/Almaty", clock: Clock = Clock.EXACT) -> str | None:
    stated = parse_date(text, language=language, zone=zone, now=NOW, clock=clock)
    return stated.isoformat() if stated else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri, 01 Apr 2022 00:01:55 -0400", "2022-04-01T10:01:55+06:00"),
        ("Thu, 7 Mar 2024 14:05 +0500", "2024-03-07T14:05:00+05:00"),
        ("7 Mar 24 09:05:00 GMT", "2024-03-07T14:05:00+05:00"),
        ("Thu(oh how I hate thursdays), 7(th) Mar(ch) 2024 09:05:00 +0000(GMT)", "2024-03-07T14:05:00+05:00"),
        ("Thu, 07 Mar 2024 09:05:00 Q", "2024-03-07T14:05:00+05:00"),
        ("Thu, 07 Mar 2024 12:05:00 MSK", "2024-03-07T14:05:00+05:00"),
        ("2024-03-07T09:05:00Z", "2024-03-07T14:05:00+05:00"),
        ("2024-03-07T09:05:00.123+00:00", "2024-03-07T14:05:00+05:00"),
        ("2024-02-29 10:00", "2024-02-29T10:00:00+06:00"),
        ("2024-03-01 10:00", "2024-03-01T10:00:00+05:00"),
        ("2024-03-07", "2024-03-07"),
        ("20240307", "2024-03-07"),
        ("1709802300", "2024-03-07T14:05:00+05:00"),
        ("1709802300000", "2024-03-07T14:05:00+05:00"),
    ],
)
def test_machine_forms_are_read_to_the_second(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("13:51, 15 Август 2025", "ru", "2025-08-15T13:51:00+05:00"),
        ("3 мая 2018 год", "ru", "2018-05-03"),
        ("22 февраля 2024, 10:00", "ru", "2024-02-22T10:00:00+06:00"),
        ("вчера, 14:05", "ru", "2026-11-21T14:05:00+05:00"),
        ("2 часа назад", "ru", "2026-11-22T04:00:00+05:00"),
        ("30 қаңтар 2026", "kk", "2026-01-30"),
        ("8 мамыр 2026, 10:20", "kk", "2026-05-08T10:20:00+05:00"),
        ("07.03.2024", "ru", "2024-03-07"),
        ("07.03.2024 14:05 +0300", "ru", "2024-03-07T16:05:00+05:00"),
        ("17:36, 30 января 2026 | GMT +5", "ru", "2026-01-30T17:36:00+05:00"),
        ("Mar 7, 2024 2:05 PM EST", "en", "2024-03-08T00:05:00+05:00"),
        ("25 декабря", "ru", "2025-12-25"),
        ("7 марта", "", "2026-03-07"),
    ],
)
def test_human_forms_are_read_in_their_language_and_zone(text: str, language: str, expected: str) -> None:
    assert read(text, language=language) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "a", "5", "2024", "март 2024", "завтра", "без даты", "31 Jun 2006 23:08:26 +1000", "2024-13-45",
     "9999-12-31T23:59:59-12:00", "x" * 500],
)  # fmt: skip
def test_what_names_no_day_has_no_date(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22T06:10:00+05:00", "2026-11-22T06:10:00+05:00"),  # a clock that runs ahead
        ("2026-11-22T07:00:00+05:00", "2026-11-22"),  # a server that missed the change of 2024
        ("Сегодня, 09:05", "2026-11-22"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11-23", None),
        ("2026-11-23T05:00:00+05:00", None),
        ("2026 жылғы 23 қараша", None),
        ("23 ноября", "2025-11-23"),
        ("завтра", None),
        ("через пару секунд", None),
        ("tomorrow, 05:00", None),
    ],
)
def test_nothing_is_dated_ahead(text: str, expected: str | None) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", ["2026-09-25T18:59:00Z", "2026-09-25T18:59:00.000+00:00", "2026-09-25T23:59:00-1100"])
def test_a_nominal_hour_leaves_the_day_as_written(text: str) -> None:
    stated = parse_date(text, language="ru", zone="Asia/Almaty", now=NOW, clock=Clock.DAY)
    assert stated is not None
    assert (stated.isoformat(), stated.precision, stated.zone) == ("2026-09-25", "day", "Asia/Almaty")


def test_the_day_of_an_exact_date_is_that_of_the_source_zone() -> None:
    stated = parse_date("2026-09-25T23:30:00Z", language="en", zone="Asia/Almaty", now=NOW)
    assert stated is not None
    assert (stated.day.isoformat(), stated.precision) == ("2026-09-26", "exact")


@given(st.text(max_size=60))
def test_any_text_gives_a_date_of_the_past_or_none(text: str) -> None:
    stated = parse_date(text, language="ru", zone="Asia/Almaty", now=NOW)
    assert stated is None or not in_the_future(stated, now=NOW)
