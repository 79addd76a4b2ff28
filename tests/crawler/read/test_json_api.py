"""JSON APIs by declared paths: gov.kz in its shapes, and answers that are not what was asked for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from crawler.read import read_page
from news.errors import Unreadable
from news.normalise import normalise
from news.source import JsonFields
from news.visit import Reason
from tests.crawler.read.pages import GOV_KZ, NOW, PAGES, made, stored
from tests.shared import shared

ADDRESS = "https://www.gov.kz/memleket/entities/mfa/press/news/details/"


def test_a_graphql_answer_is_read_as_declared() -> None:
    first, second, empty = read_page(stored("mfa/news-ru.json"), GOV_KZ).drafts
    assert first.title == 'О заседании комиссии по "чрезвычайным" ситуациям'
    assert (first.native_id, first.url) == ("1300001", f"{ADDRESS}1300001?lang=ru")
    assert first.summary == "Астана, 25 сентября 2026 года – В министерстве прошло заседание комиссии."
    assert first.text.split("\n")[1:] == ["Участники обсудили паводок.", "Справка: комиссия создана в 2020 году."]
    assert '<img src="https://www.gov.kz/uploads/2026/9/25/hall.jpg" alt="зал">' in first.html
    assert first.image == "https://www.gov.kz/uploads/2026/9/25/photo_original.png"
    assert first.published is not None
    assert (first.published.isoformat(), first.published.precision) == ("2026-09-25", "day")
    assert (second.text, second.summary, second.image) == ("", "Приём граждан перенесён на понедельник.", "")
    assert second.published is not None
    assert second.published.isoformat() == "2020-03-01"
    assert (empty.title, empty.url, empty.native_id) == ("", None, None)


def test_the_recorded_answer_becomes_items() -> None:
    body = shared("payloads/gov-kz/graphql-news-ardfm-2026-06.fixture.json").read_bytes()
    items = [normalise(draft, GOV_KZ, seen_at=NOW) for draft in read_page(made(body), GOV_KZ).drafts]
    assert [item.url for item in items] == [f"{ADDRESS}1237295?lang=ru", f"{ADDRESS}1237560?lang=ru"]
    assert [item.lead for item in items] == [
        "Дропперство – это схема с банковскими картами.",
        "Краткое описание состояния сектора.",
    ]
    assert items[0].story_keys == ("native:gov.kz:1237295",)


def test_a_bare_list_and_paths_through_lists_are_read() -> None:
    body = shared("payloads/gov-kz/rest-documents-krem-1072256.item.json").read_bytes()
    fields = JsonFields(link="/documents/details/{id}", published="created_date",
                        authors="gosorgan.items.project_name", tags="activities.items.title")  # fmt: skip
    source = replace(GOV_KZ, items="", errors="", fields=fields)
    (draft,) = read_page(made(body), source).drafts
    assert draft.native_id == "1072256"
    assert draft.url == "https://www.gov.kz/documents/details/1072256"
    assert len(draft.authors) == 1
    assert draft.tags == ("Жамбылская область", "Приказы по тарифам")
    assert draft.published is not None
    assert draft.published.isoformat() == "2026-09-25"


def test_a_field_inside_a_link_cannot_leave_its_place() -> None:
    record = {"data": {"news": [{"id": "../../evil?x=", "title": "T"}]}}
    (draft,) = read_page(made(json.dumps(record).encode()), GOV_KZ).drafts
    assert draft.url == f"{ADDRESS}..%2F..%2Fevil%3Fx%3D?lang=ru"


def test_an_empty_list_is_a_reading_without_drafts() -> None:
    assert read_page(made(b'{"data": {"news": []}}'), GOV_KZ).drafts == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ((PAGES / "mfa/errors.json").read_bytes(), Reason.API_ERROR),
        ((PAGES / "mfa/works.html").read_bytes(), Reason.CHALLENGE),
        (b"<html><body>News</body></html>", Reason.NOT_JSON),
        (b"", Reason.NOT_JSON),
        (b'{"data": {"news": [', Reason.NOT_JSON),
        (b"[" * 100_000, Reason.NOT_JSON),
        (b'{"data": {"news": null}}', Reason.WRONG_SHAPE),
        (b'{"data": []}', Reason.WRONG_SHAPE),
        (b'{"data": {"news": ["a", "b"]}}', Reason.WRONG_SHAPE),
        (b"5", Reason.WRONG_SHAPE),
    ],
)
def test_what_is_not_the_declared_answer_is_refused_by_name(body: bytes, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        read_page(made(body), GOV_KZ)
    assert refused.value.reason == reason
