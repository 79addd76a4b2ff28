"""Which body, headline and date of several to believe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.read.article_choice import (
    Body,
    Titles,
    choose_body,
    choose_date,
    choose_title,
    fault_of,
    is_elsewhere,
    without_site,
)
from crawler.read.page import ArticleWay
from news.item import Stated

LONG = "Volunteers brought water and tents to three districts that were cut off. " * 4
TITLE = "Volunteers bring water to three districts"


def body(text: str, way: ArticleWay = ArticleWay.SELECTORS, *, linked: float = 0.0) -> Body:
    return Body(way=way, text=text, html="", linked=linked)


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (body(LONG), ""),
        (body("***"), "empty"),
        (body(TITLE), "empty"),
        (body(LONG, linked=0.8), "links"),
        (body("Погода в городах страны на неделю. " * 9), "other_text"),
        (body("Volunteers brought water."), "short"),
    ],
)
def test_a_body_is_believed_or_the_fault_is_named(made: Body, fault: str) -> None:
    assert fault_of(made, [TITLE]) == fault


def test_without_any_headline_no_body_is_of_another_text() -> None:
    assert fault_of(body("Погода в городах страны на неделю. " * 9), []) == ""


@pytest.mark.parametrize("other", ["News", "Sign in", "Вход в систему"])
def test_a_title_that_tells_nothing_speaks_for_no_body(other: str) -> None:
    assert fault_of(body("Погода в городах страны на неделю. " * 9), [TITLE, other]) == "other_text"
    assert fault_of(body("Погода в городах страны на неделю. " * 9), [other]) == ""
    assert fault_of(body(LONG), [other, TITLE]) == ""


def test_small_words_do_not_make_a_page_the_one_that_was_listed() -> None:
    listed = "Kazakhstan and UNICEF sign the agreement for schools"
    titles = Titles(heading="The entry for staff and the press", listed=listed)
    assert is_elsewhere(titles)
    assert not is_elsewhere(replace(titles, heading="UNICEF and the schools"))


def test_the_first_body_without_fault_is_taken_and_a_short_one_rather_than_none() -> None:
    short, general = body("Water was brought."), body(LONG, ArticleWay.EXTRACTOR)
    assert choose_body([body(LONG), general], [TITLE]) == body(LONG)
    assert choose_body([short, general], [TITLE]) is general
    assert choose_body([short, body("Water was brought in.", ArticleWay.EXTRACTOR)], [TITLE]) is short
    assert choose_body([short, body("Water was brought in. " * 4, ArticleWay.EXTRACTOR)], [TITLE]) != short
    assert choose_body([body(""), body(LONG, linked=0.9)], [TITLE]) is None


@pytest.mark.parametrize(
    ("titles", "chosen"),
    [
        (Titles(declared=TITLE, shared=TITLE, listed=TITLE), (TITLE, False)),
        (Titles(declared="All news", shared=TITLE, listed=TITLE), (TITLE, False)),
        (Titles(declared=TITLE, listed="Weather of the week in towns"), (TITLE, True)),
        (Titles(declared="All news", data=TITLE), (TITLE, False)),
        (Titles(declared=TITLE, listed="Volunteers bring water"), (TITLE, False)),
        (Titles(document="Portal", listed=TITLE), (TITLE, False)),
        (Titles(document="Portal"), ("Portal", False)),
        (Titles(), ("", False)),
    ],
)
def test_the_headline_that_agrees_with_the_list_is_taken(titles: Titles, chosen: tuple[str, bool]) -> None:
    assert choose_title(titles) == chosen


@pytest.mark.parametrize(
    ("title", "without"),
    [
        (f"{TITLE} | Kazinform", TITLE),
        (f"{TITLE} | UN News", TITLE),
        (f"{TITLE} | News | UN News", TITLE),
        (f"{TITLE} - UN News", TITLE),
        (f"{TITLE} — news.un.org", TITLE),
        ("Water - a right of all", "Water - a right of all"),
        ("LIVE | Water reaches three districts at last", "LIVE | Water reaches three districts at last"),
        ("UN News", ""),
        ("", ""),
    ],
)
def test_a_title_loses_its_sites_name(title: str, without: str) -> None:
    assert without_site(title, ("UN News", "news.un.org")) == without


def test_an_hour_goes_before_a_day_only_where_they_agree() -> None:
    day = Stated(day=date(2026, 11, 21), zone="UTC")
    at = Stated(day=date(2026, 11, 21), zone="UTC", at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    other = Stated(day=date(2026, 11, 2), zone="UTC", at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert choose_date([day], at) == at
    assert choose_date([day], other) == day
    assert choose_date([at, other], None) == at
    assert choose_date([], at) == at
    assert choose_date([], None) is None
