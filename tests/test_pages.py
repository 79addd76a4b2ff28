"""Every source of the catalogue reads pages in the shape of its site: what must come out stands beside them.

A declaration without pages fails here, and so does a page that nobody expects anything of.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.read import read_article_page, read_page
from crawler.read.languages import with_language
from crawler.read.page import Reading
from crawler.verdict import OK, Verdict, of_answer, of_error, of_reading
from news.errors import SourceError
from news.item import Draft, Item, Stated
from news.link import Link
from news.normalise import normalise
from news.visit import Reason, Validators
from tests.expected_pages import (
    ENTRY_KEYS,
    EXPECTED,
    PAGE_KEYS,
    ExpectedPage,
    declarations,
    expected_in,
    expected_pages,
    folders,
)

LISTS = [page for page in expected_pages() if "list" in page.says]
ARTICLES = [page for page in expected_pages() if "article" in page.says]


@pytest.mark.parametrize("declaration", sorted(declarations()))
def test_a_declaration_has_an_entry_page_two_articles_and_an_odd_one(declaration: str) -> None:
    pages = [page for page in expected_pages() if page.folder == declaration]
    read = [page for page in pages if "fault" not in page.says]
    ways = [way for source in declarations()[declaration] for way in (source, *source.alternatives)]

    assert any("list" in page.says and not page.says.get("way") for page in read), "no entry page of the declared way"
    assert {page.source.kind for page in read if "list" in page.says} >= {way.kind for way in ways}
    assert sum("article" in page.says for page in read) >= (2 if any(way.articles for way in ways) else 0)
    assert any("shows" in page.says for page in pages), "no odd page"


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_folder_belongs_to_a_declaration_and_names_all_its_files(folder: Path) -> None:
    ids = {source.id for source in declarations().get(folder.name, ())}
    expected = expected_in(folder)

    assert {path.name for path in folder.iterdir()} == {EXPECTED, *expected}
    assert {says.get("list") or says.get("article") for says in expected.values()} <= ids
    for says in expected.values():
        assert set(says) <= PAGE_KEYS
        assert all(set(entry) <= ENTRY_KEYS for entry in says.get("entries", ()))


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.id)
def test_a_list_gives_what_is_expected(page: ExpectedPage) -> None:
    verdict, reading = read_list(page)
    says = page.says

    assert verdict.reason == says.get("fault", Reason.NONE), verdict.detail
    assert len(reading.drafts) == says.get("drafts", 0)
    assert len(reading.links) == says.get("links", 0)
    assert list(reading.nested) == says.get("nested", [])
    assert bool(reading.doubt) == says.get("doubt", False), reading.doubt
    found = [*reading.drafts, *(link.said for link in reading.links)]
    for entry, draft in zip(says.get("entries", ()), found, strict=False):
        check(entry, draft, page)
    assert len(says.get("entries", ())) <= len(found)


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.id)
def test_an_article_gives_what_is_expected(page: ExpectedPage) -> None:
    says, fetched = page.says, page.page
    link = Link(url=fetched.url, said=Draft(title=says.get("listed", says.get("title", "")), url=fetched.url))
    verdict = answer_of(page, kind="article")
    if verdict == OK:
        try:
            reading = read_article_page(fetched, page.source, link)
        except SourceError as error:
            verdict = of_error(error)
    assert verdict.reason == says.get("fault", Reason.NONE), verdict.detail
    if "fault" in says:
        return

    assert reading.way == says["by"]
    assert reading.canonical == says.get("canonical", reading.canonical)
    assert sorted(reading.oddities) == sorted(says.get("oddities", reading.oddities))
    assert bool(reading.doubt) == says.get("doubt", False), reading.doubt
    check({key: value for key, value in says.items() if key in ENTRY_KEYS - {"url"}}, reading.draft, page)


def read_list(page: ExpectedPage) -> tuple[Verdict, Reading]:
    """How a visit to the page ends, and what it brought."""
    verdict, nothing = answer_of(page, kind=page.source.kind), Reading(drafts=())
    if verdict != OK:
        return verdict, nothing
    try:
        reading = read_page(page.page, page.source)
    except SourceError as error:
        return of_error(error), nothing
    return of_reading(reading), reading


def answer_of(page: ExpectedPage, *, kind: str) -> Verdict:
    """What is said of the answer before it is read."""
    fetched = page.page
    headers = {"content-type": fetched.content_type}
    return of_answer(
        status=fetched.status, headers=headers, body=fetched.body, kind=kind, known=Validators(), now=page.fetched_at
    )


def check(expected: Mapping[str, Any], draft: Draft, page: ExpectedPage) -> None:
    """The draft, and the item that becomes of it, are as expected; what is not named is not looked at."""
    draft = with_language(draft, page.source)
    item = normalise(draft, page.source, seen_at=page.fetched_at)
    simple = {
        "title": item.title,
        "url": draft.url,
        "published": when(item.published),
        "updated": when(item.updated),
        "summary": item.lead,
        "language": item.language,
        "image": item.image,
        "authors": list(item.authors),
        "enclosures": [enclosure.url for enclosure in item.enclosures],
    }
    assert {key: simple[key] for key in simple if key in expected} == {
        key: str(value) if key in ("published", "updated") else value
        for key, value in expected.items()
        if key in simple
    }
    check_text(expected, item)


def check_text(expected: Mapping[str, Any], item: Item) -> None:
    """Body and what stands apart from it begin, end and hold what is expected."""
    assert item.text.startswith(expected.get("starts", "")), item.text
    assert item.text.endswith(expected.get("ends", "")), item.text
    for words in expected.get("without", ()):
        assert words not in f"{item.lead}\n{item.text}"
    for words in expected.get("aside", ()):
        assert words in item.aside


def when(stated: Stated | None) -> str:
    """A date as expected.yaml writes it."""
    return stated.isoformat() if stated is not None else "none"
