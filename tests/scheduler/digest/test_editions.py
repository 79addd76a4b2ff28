"""What a card says of a language version that is not there yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.changes.editions import Awaited
from news.source import FeedSource, Standing
from scheduler.digest.editions import awaited_editions, none_yet
from scheduler.digest.wording import ENGLISH
from storage import Store, ToldMatch, Unit
from tests.scheduler.digest.samples import NOW, UNDRR, told
from tests.scheduler.digest.test_changed import digest_of
from tests.storage.samples import an_item

HOUR = timedelta(hours=1)
SOURCES = [
    FeedSource(id=f"mfa-{language}", url="https://x.example", publisher="MFA", language=language, family="mfa")
    for language in ("en", "ru", "kk")
]


def stored(unit: Unit, number: int, language: str, hours_ago: float) -> ToldMatch:
    """Store one edition of a release; gives a match of it."""
    item = an_item(
        f"{number} {language}",
        url=f"https://x.example/{number}/{language}",
        source=f"mfa-{language}",
        language=language,
        standing=Standing.OFFICIAL,
        seen_at=NOW - hours_ago * HOUR,
        story_keys=(f"native:mfa:{number}",),
    )
    (saved,) = unit.items.add([item])
    return told(saved.item.id, saved.item, UNDRR)


def found(store: Store, *matches: ToldMatch) -> dict[int, tuple[Awaited, ...]]:
    """What is awaited of the items of these matches."""
    return store.read_now(lambda unit: awaited_editions(unit, matches, sources=SOURCES, now=NOW))


def test_an_edition_missing_after_a_day_is_named_one_that_may_never_come_is_not(store: Store) -> None:
    def work(unit: Unit) -> tuple[ToldMatch, ToldMatch]:
        stored(unit, 1, "ru", 30)
        return stored(unit, 1, "en", 29), stored(unit, 2, "ru", 3)

    old, young = store.write_now(work)
    assert {item: [one.language for one in missing] for item, missing in found(store, old, young).items()} == {
        old.item.id: ["kk"]
    }


@pytest.mark.parametrize(("hours", "words"), [(20, "1 day"), (44, "2 days"), (3, "3 h"), (0.1, "under 1 h")])
def test_one_that_comes_as_a_rule_is_named_at_once_with_its_usual_delay(store: Store, hours: float, words: str) -> None:
    def work(unit: Unit) -> ToldMatch:
        for number in range(10, 15):
            stored(unit, number, "ru", 200)
            stored(unit, number, "en", 200)
            stored(unit, number, "kk", 200 - hours)
        stored(unit, 1, "en", 2)
        return stored(unit, 1, "ru", 2)

    match = store.write_now(work)
    digest = digest_of(cards=1)
    (telling,) = digest.groups[0].cards[0].tellings
    (missing,) = found(store, match)[match.item.id]
    assert none_yet(telling, {telling.members[0].item: (missing,)}, ENGLISH) == f", KK none yet (usual delay: {words})"
