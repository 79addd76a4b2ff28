"""Quarantine: pages come back as they were kept, one an address, and never more than the bounds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from news.item import Draft, Stated
from news.link import Link
from news.quarantine import KEPT, MOST_PAGES, Quarantined, Unread
from storage import Store, quarantine
from tests.storage.samples import NOW

SAID = Draft(title="Su deňgeýi", url="https://press.example/1", published=Stated(day=NOW.date(), zone="UTC", at=NOW))
PAGE = Unread(
    source="press",
    url="https://press.example/feed",
    reason="not_a_feed",
    detail="<html> instead of a feed",
    status=200,
    headers={"content-type": "text/html"},
    body=bytes(range(256)) * 40,
    fetched_at=NOW,
    link=Link(url="https://press.example/1", said=SAID),
)


def keep(store: Store, *pages: Unread) -> None:
    def work(unit: object) -> None:
        for page in pages:
            unit.quarantine.keep(page)  # type: ignore[attr-defined]

    store.write_now(work)


def kept(store: Store, source: str = "press") -> list[Quarantined]:
    return store.read_now(lambda unit: unit.quarantine.of(source))


def numbered(number: int, source: str = "press") -> Unread:
    later = NOW + timedelta(hours=number)
    return replace(PAGE, source=source, url=f"https://press.example/{number}", link=None, fetched_at=later)


def test_a_page_comes_back_as_it_was_and_the_newest_of_its_address(store: Store) -> None:
    keep(store, PAGE)
    (first,) = kept(store)
    assert (first.page, first.first_at, first.times) == (PAGE, NOW, 1)

    later = replace(PAGE, body=b"<html>later</html>", reason="not_json", link=None, fetched_at=NOW + KEPT)
    keep(store, later)
    assert kept(store) == [Quarantined(id=first.id, page=later, first_at=NOW, times=2)]


def test_of_one_source_the_newest_pages_are_kept(store: Store) -> None:
    keep(store, numbered(0, "other"), *(numbered(number) for number in range(MOST_PAGES + 2)))

    assert [one.page for one in kept(store)] == [numbered(number) for number in range(2, MOST_PAGES + 2)]
    assert store.read_now(lambda unit: unit.quarantine.counts()) == {"press": MOST_PAGES, "other": 1}


@pytest.mark.parametrize("bound", ["MOST_BYTES", "MOST_IN_ALL"])
def test_neither_of_a_source_nor_in_all_are_more_bytes_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(quarantine, bound, 2_500)
    noise = random.Random(1).randbytes(1_000)  # packs to about as much
    keep(store, *(replace(numbered(number), body=noise) for number in range(4)))
    assert [one.page.url for one in kept(store)] == ["https://press.example/2", "https://press.example/3"]

    keep(store, replace(numbered(9), body=noise * 1, url="https://press.example/9"))
    assert len(kept(store)) == 2


def test_a_page_larger_than_all_that_is_kept_of_a_source_is_left_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MOST_BYTES", 500)
    keep(store, PAGE, replace(numbered(1), body=random.Random(1).randbytes(1_000)))

    assert [one.page.url for one in kept(store)] == [PAGE.url]


def test_what_was_read_or_is_old_goes(store: Store) -> None:
    keep(store, numbered(0), numbered(1), numbered(2))
    store.write_now(lambda unit: unit.quarantine.drop([kept(store)[2].id]))
    store.write_now(lambda unit: unit.housekeep(now=NOW + KEPT + timedelta(minutes=1)))

    assert [one.page for one in kept(store)] == [numbered(1)]


def test_a_challenge_page_takes_no_place_of_a_page_with_news(store: Store) -> None:
    challenge = replace(PAGE, reason="challenge_page", body=b"Are you human?", fetched_at=NOW + timedelta(hours=1))
    keep(store, PAGE, challenge)
    assert [one.page for one in kept(store)] == [PAGE]
    later = replace(challenge, url="https://press.example/other")
    keep(store, later, replace(later, reason="no_entries"), replace(PAGE, url=later.url))
    assert [one.page.reason for one in kept(store)] == ["not_a_feed", "not_a_feed"]
