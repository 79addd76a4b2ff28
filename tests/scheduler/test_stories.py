"""Stories as intake makes them: in any order of arrival, after a person's word, and of bad input."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from zlib import crc32

import pytest

from news.source import FeedSource, Standing
from news.story import Choice, Relation
from scheduler.intake import Intake
from storage import Store, Unit
from tests.scheduler.office import AGENCY, NOW, OFFICE, Clock, a_draft, an_intake, answered
from tests.storage.samples import add_one, numbered

TEXT = (
    "The Ministry and the delegation of Finland agreed in Astana to open 14 training centres for divers in Karaganda "
    "and Semey before June 2027. The equipment costs 3.2 million euros and is brought from Helsinki by rail. The first "
    "course begins in March, and 96 rescuers have been chosen for it by a commission of both sides."
)
OTHER = (
    "Farmers of the Turkistan Region have planted 1,200 hectares of cotton under drip irrigation. The seed came from "
    "Tashkent, the pipes from Shymkent, and the regional office expects 4,500 tonnes at the harvest in October."
)
RUSSIAN = "Стороны договорились открыть учебные центры."
PORTAL = FeedSource(
    id="portal", url="https://portal.example/rss", publisher="The portal", family="portal", standing=Standing.OFFICIAL
)


@pytest.fixture
def intake(store: Store) -> Intake:
    return an_intake(store, Clock())


async def read(intake: Intake, source: FeedSource, title: str, text: str, **fields: object) -> None:
    """One more item of `source`, read by itself."""
    url = f"https://{source.id}.example/{crc32((title + text).encode())}"
    await intake.accept(answered(source, a_draft(title, text=text, url=url, **fields)))  # type: ignore[arg-type]


def stories(store: Store) -> dict[str, int]:
    """Title of an item -> number of its story."""

    def look(unit: Unit) -> dict[str, int]:
        return {item.title: unit.stories.story_of(item.id) or 0 for item in unit.items.newest(999)}

    return store.read_now(look)


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_an_id_and_a_reprint_make_one_story_whatever_comes_first(
    store: Store, intake: Intake, order: tuple[int, ...]
) -> None:
    items = [
        (PORTAL, "Открыты центры", RUSSIAN, {"native_id": "7", "language": "ru"}),
        (PORTAL, "Finland helps to train divers", TEXT, {"native_id": "7", "language": "en"}),
        (AGENCY, "Finland helps to train divers", TEXT, {"language": "en"}),
    ]
    for place in order:
        source, title, text, fields = items[place]
        await read(intake, source, title, text, **fields)
    assert set(stories(store).values()) == {1}
    whole = store.read_now(lambda unit: unit.stories.get(1))
    assert whole is not None
    assert whole.items == (1, 2, 3)


async def test_a_persons_split_outlives_what_comes_later(store: Store, intake: Intake) -> None:
    await read(intake, PORTAL, "Открыты центры", RUSSIAN, native_id="7", language="ru")
    await read(intake, PORTAL, "Finland helps to train divers", TEXT, native_id="7", language="en")
    await read(intake, AGENCY, "Finland helps to train divers", TEXT, language="en")
    split = store.write_now(lambda unit: unit.stories.split(3, at=NOW))
    await read(intake, PORTAL, "Финляндия помогает", TEXT, native_id="7", language="kk")
    found = [store.read_now(lambda unit, item=item: unit.stories.story_of(item)) for item in (1, 2, 3, 4)]  # type: ignore[misc]
    assert found == [1, 1, split, 1]


async def test_a_changed_item_keeps_its_story_though_it_tells_something_else_now(store: Store, intake: Intake) -> None:
    await read(intake, OFFICE, "Cotton", OTHER)
    draft = a_draft("Divers", text=TEXT, url="https://office.example/one")
    await intake.accept(answered(OFFICE, draft))
    await intake.accept(answered(OFFICE, a_draft("Divers", text=OTHER, url="https://office.example/one")))
    found = stories(store)
    assert found["Divers"] != found["Cotton"]


async def test_items_without_text_and_impossible_dates_stay_apart(store: Store, intake: Intake) -> None:
    for number, days in enumerate((-20_000, 0, 27_000)):
        await read(intake, OFFICE, f"Notice {number}", "", at=NOW + timedelta(days=days))
        await read(intake, AGENCY, f"Bulletin {number}", "", at=NOW + timedelta(days=days))
    found = stories(store)
    assert len(found) == len(set(found.values())) == 6


async def test_the_cookie_notice_of_a_site_is_no_story(store: Store, intake: Intake) -> None:
    notice = (
        "We use cookies to make this site work. By continuing to use this site you accept our use of cookies and our "
        "privacy policy. Accept all cookies. Reject all. Cookie settings."
    )
    drafts = [a_draft("Cookies", text=notice, url=f"https://office.example/{number}", at=None) for number in range(60)]
    await intake.accept(answered(OFFICE, *drafts))
    sizes = store.read_now(lambda unit: [unit.stories.size(number) for number in range(1, 61)])
    assert max(sizes) <= 3


def test_an_item_of_a_story_that_was_joined_away_goes_where_its_story_went(store: Store) -> None:
    def work(unit: Unit) -> None:
        assert [add_one(unit, numbered(number)) for number in (1, 2)] == [1, 2]
        unit.stories.join(1, 2, at=NOW)
        third = unit.items.add([numbered(3)])[0].item.id
        (found,) = [one for one in [unit.stories.of_item(2)] if one is not None]
        assert unit.stories.assign(third, Choice(story=found.id, relation=Relation.SAME, to=2), at=NOW) == 1

    store.write_now(work)
