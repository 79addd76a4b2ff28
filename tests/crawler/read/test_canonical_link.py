"""Which address a page may call its own; one that stands on every page would make one item of a site."""

from __future__ import annotations

import pytest

from crawler.read.canonical_link import believable_canonical, is_front_page

SITE = "https://www.example.kz"
TITLE = "Drill for floods in three districts"


@pytest.mark.parametrize(
    ("found", "canonical"),
    [
        ("/news/7?page=1", "https://www.example.kz/news/story-7"),
        ("/news/7?page=1", "https://example.kz/news/7"),
        ("/news/7?utm_source=feed", "https://www.example.kz/news/7"),
        ("/ru/press/flood-drill", "https://www.example.kz/ru/news/flood-drill.html"),
        ("/news/flood-drill-3f9a21", "https://www.example.kz/ru/another-story-3f9a21"),
        ("/index.php?id=135350&Itemid=4", "https://www.example.kz/news/135350-drill"),
        ("/en/node/135350", "https://www.example.kz/en/news/drill-for-floods"),
        ("/?p=7", "https://www.example.kz/drill-floods-districts"),
        ("/77", "https://www.example.kz/news/drill_for_floods"),
    ],
)
def test_an_address_that_has_to_do_with_the_one_found_is_believed(found: str, canonical: str) -> None:
    assert believable_canonical(canonical, found=[SITE + found], title=TITLE) == canonical


def test_russian_headlines_are_compared_in_latin_letters() -> None:
    canonical, title = f"{SITE}/ru/news/ucheniya-spasateley-v-aktobe", "Учения спасателей в Актобе"

    assert believable_canonical(canonical, found=[f"{SITE}/ru/node/7"], title=title) == canonical
    assert believable_canonical(canonical, found=[f"{SITE}/ru/node/7"], title="Погода на неделю") == ""


def test_the_address_of_the_list_counts_as_well_as_that_after_redirects() -> None:
    found = [f"{SITE}/go/135350", f"{SITE}/landing"]

    assert believable_canonical(f"{SITE}/news/drill-135350", found=found, title="") == f"{SITE}/news/drill-135350"
    assert believable_canonical(f"{SITE}/news/drill-135350", found=found[1:], title="") == ""


@pytest.mark.parametrize(
    ("found", "canonical"),
    [
        ("/news/7", ""),
        ("/news/7", "no address"),
        ("/news/7", "/"),
        ("/news/7", "/ru/"),
        ("/news/7", "/news"),
        ("/news/7", "/news?lang=ru"),
        ("/news/7", "https://example.org/news/7"),
        ("/news/flood-drill", "/press/latest"),
        ("/node/7", "/press/latest"),
        ("/node/7", "/press/drill"),
        ("/?p=7", "/press/latest"),
        ("/index.php?id=7&Itemid=4", "/index.php?Itemid=4"),
        ("/index.php?id=7", "/index.php"),
        ("/show-article?number=7", "/show-article"),
        ("/news/7/view", "/press/all/view"),
        ("/news/7/index.html", "/press/index.html"),
        ("/news/forum-2026", "/press/2026"),
        ("/news/forum-2026", "/press/plans-2026"),
        ("/news/flood-drill-3f9a21", "/news/flood-drill-8c04de"),
    ],
)
def test_an_address_that_may_be_that_of_other_pages_is_not_believed(found: str, canonical: str) -> None:
    absolute = SITE + canonical if canonical.startswith("/") else canonical
    assert believable_canonical(absolute, found=[SITE + found], title=TITLE) == ""


def test_encryption_is_not_given_up() -> None:
    assert believable_canonical("http://127.0.0.1/news/7", found=["https://127.0.0.1/news/7"], title="") == ""


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://example.kz", True),
        ("https://example.kz/ru/", True),
        ("https://example.kz/?p=7", False),
        ("https://example.kz/news", False),
        ("https://example.kz/77", False),
    ],
)
def test_front_pages(url: str, front: bool) -> None:
    assert is_front_page(url) is front
