"""One event in two languages, from its drafts with vectors to one story: what the reader process gave is used."""

from __future__ import annotations

from news.item import Draft
from news.source import FeedSource
from news.story import Relation
from storage import Store
from tests.news.story.meanings import meaning
from tests.scheduler.office import AGENCY, OFFICE, Clock, a_draft, an_intake, answered

TEXT = "The river rose at night and the crossing was closed. People were taken to a school."
RUSSIAN = "Ночью вода в реке поднялась, проезд закрыт. Людей перевезли в школу."


def told(title: str, text: str, language: str, event: str = "") -> Draft:
    """A draft as the reader process gives it, with a vector where an event is named."""
    packed = meaning(event, language) if event else b""
    return a_draft(title, text=text, language=language, language_sure=1.0, meaning=packed)


async def read(store: Store, source: FeedSource, *draft: str) -> None:
    await an_intake(store, Clock()).accept(answered(source, told(*draft)))


async def test_an_event_told_in_two_languages_is_one_story_by_its_meaning(store: Store) -> None:
    await read(store, OFFICE, "Flood closes a bridge", TEXT, "en", "flood")
    await read(store, AGENCY, "Закрыт мост", RUSSIAN, "ru", "flood")
    await read(store, AGENCY, "Открыта библиотека", "Читателей ждут с понедельника.", "ru", "library")
    whole = store.read_now(lambda unit: unit.stories.get(1))
    assert whole is not None
    assert whole.items == (1, 2)
    member = store.read_now(lambda unit: unit.stories.membership(2))
    assert member is not None
    assert (member.relation, member.to) == (Relation.TRANSLATION, 1)
    assert "same meaning by vector" in member.why
    assert member.evidence is not None
    assert member.evidence.rule.startswith("same meaning by vector")


async def test_one_intake_finds_what_it_stored_before_and_in_the_same_response(store: Store) -> None:
    intake = an_intake(store, Clock())
    bridge = told("Flood closes a bridge", TEXT, "en", "flood")
    await intake.accept(answered(OFFICE, bridge, told("Закрыт мост", RUSSIAN, "ru", "flood")))
    await intake.accept(answered(AGENCY, told("Көпір жабылды", "Түнде су көтерілді.", "kk", "flood")))
    assert [store.read_now(lambda unit, item=item: unit.stories.story_of(item)) for item in (1, 2, 3)] == [1, 1, 1]  # type: ignore[misc]


async def test_without_vectors_everything_is_as_without_the_extra(store: Store) -> None:
    await read(store, OFFICE, "Flood closes a bridge", TEXT, "en")
    await read(store, AGENCY, "Закрыт мост", RUSSIAN, "ru", "flood")
    assert [store.read_now(lambda unit, item=item: unit.stories.story_of(item)) for item in (1, 2)] == [1, 2]  # type: ignore[misc]
