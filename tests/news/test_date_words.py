"""Dates in words: Kazakh in both scripts, Russian, English, digits, ranges, labels, and what is told from now."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.dates import parse_date
from news.dates.words import folded

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # 06:00 in Almaty, a Sunday


def read(text: str, *, language: str = "", zone: str = "Asia/Almaty", now: datetime = NOW) -> str | None:
    stated = parse_date(text, language=language, zone=zone, now=now)
    return stated.isoformat() if stated else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024 жылғы 7 наурыз", "2024-03-07"),
        ("2024 жылдың 7 наурызы", "2024-03-07"),
        ("2024 жылғы 22 ақпанда", "2024-02-22"),
        ("2024 ж. 22 ақпан", "2024-02-22"),
        ("2024 жылғы наурыздың 7-сі", "2024-03-07"),
        ("2025 жылдың 12 мамырында сағат 10:00-де", "2025-05-12T10:00:00+05:00"),
        ("2018 жылғы 2-3 мамырда", "2018-05-02"),
        ("Дүйсенбі, 12 мамыр 2025 ж.", "2025-05-12"),
        ("12 мамыр, сейсенбі", "2026-05-12"),
        ("Астана, 2024 жылғы 7 наурыз", "2024-03-07"),
        ("17:36, 30 Qańtar 2026", "2026-01-30T17:36:00+05:00"),
        ("11:17, 30 Qańtar 2026 | GMT +5", "2026-01-30T11:17:00+05:00"),
        ("11:17, 22 Aqpan 2024 | GMT +6", "2024-02-22T11:17:00+06:00"),
        ("30 qańtarda", "2026-01-30"),
        ("2024 jylǵy 7 naýryz", "2024-03-07"),
        ("2024 jylğy 7 nauryzda", "2024-03-07"),
        ("7 naurys 2024", "2024-03-07"),
    ],
)
def test_kazakh_in_both_scripts(text: str, expected: str) -> None:
    assert read(text, language="kk") == read(text, language="ru") == expected


@pytest.mark.parametrize(
    ("month", "spellings"),
    list(enumerate(
        (
            "қаңтар Qańtar Qañtar Qaŋtar январь янв. January", "ақпан Aqpan февраль фев. Feb",
            "наурыз Naýryz Nauryz марта март Mar.", "сәуір Sáýir Säuır апреля апр April",
            "мамыр Mamyr мая май May", "маусым Maýsym Mausym июня June", "шілде Shilde Şılde июля July",
            "тамыз Tamyz августа авг. August", "қыркүйек Qyrkúıek Qyrküiek сентября Sept.",
            "қазан Qazan октября окт. Oct", "қараша Qarasha Qaraşa ноябрь нояб. November",
            "желтоқсан Jeltoqsan декабря дек. Dec",
        ),
        start=1,
    )),
)  # fmt: skip
def test_every_month_in_every_spelling(month: int, spellings: str) -> None:
    for spelling in spellings.split():
        for written in (spelling, spelling.upper()):
            assert read(f"15 {written} 2025") == f"2025-{month:02}-15", written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2-3 мая 2018 года", "2018-05-02"),
        ("с 2 по 3 мая 2018 года", "2018-05-02"),
        ("30 апреля – 2 мая 2018 года", "2018-04-30"),
        ("30 декабря – 2 января 2025 года", "2024-12-30"),
        ("Астана, 3 мая 2018 год", "2018-05-03"),
        ("Астана, 3 мая 2018 года – Состоялась встреча", "2018-05-03"),
        ("Астана,3 мая 2018г.", "2018-05-03"),
        ("30 января 2026 года в 17 ч. 36 мин.", "2026-01-30T17:36:00+05:00"),
        ("10 августа 2025 в 12.30", "2025-08-10T12:30:00+05:00"),
        ("14:05 (МСК), 7 марта 2024", "2024-03-07T16:05:00+05:00"),
        ("Опубликовано 5 марта 2024 | Обновлено: 7 марта 2024, 12:00", "2024-03-05"),
        ("25:00, 3 мая 2018", "2018-05-03"),
        ("29 февраля", "2024-02-29"),
        ("22 ноября, 05:05", "2026-11-22T05:05:00+05:00"),
        ("в минувший четверг", "2026-11-19"),
    ],
)
def test_russian_with_ranges_datelines_and_labels(text: str, expected: str) -> None:
    assert read(text, language="ru") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Updated: 7 Mar 2024", "2024-03-07"),
        ("Published on 16 April 2019", "2019-04-16"),
        ("April 20, 2022", "2022-04-20"),
        ("On April 20, 2022, a UN delegation", "2022-04-20"),
        ("7 Mar 2024 2:05 PM", "2024-03-07T14:05:00+05:00"),
        ("March 7th, 2024, 12:05 a.m. GMT", "2024-03-07T05:05:00+05:00"),
        ("7 March 2024 at 5pm", "2024-03-07T17:00:00+05:00"),
        ("2nd of May, 2018", "2018-05-02"),
        ("last Thursday", "2026-11-19"),
    ],
)
def test_english_with_labels_and_halves_of_the_day(text: str, expected: str) -> None:
    assert read(text, language="en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07.03.2024", "2024-03-07"),
        ("07/03/2024", "2024-03-07"),
        ("7.3.24", "2024-03-07"),
        ("02-03.05.2018", "2018-05-02"),
        ("04/16/2019", "2019-04-16"),
        ("2024.03.07", "2024-03-07"),
        ("2024/03/07 14:05", "2024-03-07T14:05:00+05:00"),
        ("14:05, 07.03.2024", "2024-03-07T14:05:00+05:00"),
        ("21.11, 14:05", "2026-11-21T14:05:00+05:00"),
        ("14:05 21.11", "2026-11-21T14:05:00+05:00"),
        ("5.9", None),
        ("192.168.10.12", None),
        ("31.06.2024", None),
    ],
)
def test_digits_put_the_day_first_whatever_the_language(text: str, expected: str | None) -> None:
    assert [read(text, language=language) for language in ("", "en", "ru", "kk")] == [expected] * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("бүгін, 05:05", "2026-11-22T05:05:00+05:00"),
        ("кеше, 09:30", "2026-11-21T09:30:00+05:00"),
        ("búgin, 05:05", "2026-11-22T05:05:00+05:00"),
        ("keşe", "2026-11-21"),
        ("Сегодня, 05:05", "2026-11-22T05:05:00+05:00"),
        ("позавчера", "2026-11-20"),
        ("day before yesterday", "2026-11-20"),
        ("только что", "2026-11-22T06:00:00+05:00"),
        ("15 минут бұрын", "2026-11-22T05:45:00+05:00"),
        ("2 ч. 21 мин. назад", "2026-11-22T03:39:00+05:00"),
        ("an hour ago", "2026-11-22T05:00:00+05:00"),
        ("полчаса назад", "2026-11-22T05:30:00+05:00"),
        ("бес күн бұрын", "2026-11-17"),
        ("две недели назад", "2026-11-08"),
        ("9999 weeks ago", "1835-04-05"),
        ("month ago", None),
    ],
)
def test_days_and_hours_are_counted_from_now(text: str, expected: str | None) -> None:
    assert read(text) == expected


def test_the_hour_that_came_twice_is_the_first_one_and_spans_are_counted_on_instants() -> None:
    assert read("29 февраля 2024, 23:30") == "2024-02-29T23:30:00+06:00"
    assert read("2024-02-29T23:30:00+05:00") == "2024-02-29T23:30:00+05:00"
    assert read("1 марта 2024, 00:30") == "2024-03-01T00:30:00+05:00"
    after = datetime(2024, 2, 29, 20, 0, tzinfo=UTC)  # 01:00 in Almaty on 1 March
    assert read("2 часа назад", now=after) == "2024-02-29T23:00:00+05:00"
    assert read("3 сағат бұрын", now=after) == "2024-02-29T23:00:00+06:00"


def test_an_hour_is_one_of_the_sources_zone_on_that_day() -> None:
    assert read("4 июля 2017, 14:05") == "2017-07-04T14:05:00+06:00"
    assert read("4 июля 2017, 14:05", zone="Asia/Tashkent") == "2017-07-04T14:05:00+05:00"
    assert read("30 қаңтар 2026, 14:05", zone="Asia/Bishkek") == "2026-01-30T14:05:00+06:00"


@pytest.mark.parametrize(("text", "plain"), [("Qyrkúıek", "qyrkuiek"), ("Şılde", "silde"), ("7–8 МАЯ", "7-8 мая")])
def test_the_fold_brings_latin_kazakh_to_one_spelling(text: str, plain: str) -> None:
    assert folded(text) == plain
