"""What a card says beside its headline, and which of them go first; all texts are invented samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from news.source import FeedSource, Standing
from news.story import Relation
from scheduler.digest.cards import SNIPPET_LIMIT
from scheduler.digest.compose import compose
from scheduler.digest.digest import Card, Digest, fold
from storage import ToldMatch, ToldStory
from tests.scheduler.digest.samples import (
    AGENCY_KK,
    CRESCENT,
    MEDIA,
    MFA_EN,
    MFA_RU,
    NOW,
    READER,
    SLOT,
    SOURCES,
    UN_EN,
    UNDRR,
    WATER,
    covered,
    item,
    told,
)
from tests.scheduler.digest.test_additions import teller

HOUR = timedelta(hours=1)
LISTS = FeedSource(
    id="lists", url="https://lists.example/rss", publisher="Lists", language="en", standing=Standing.AGGREGATOR
)
OTHER = FeedSource(id="other", url="https://other.example/rss", publisher="Weekly", language="en")
KAZAKH = "Қазақстан Қызыл Жарты Ай қоғамының еріктілері су тасқынына дайындалуда"
RUSSIAN = "Глава МИД Казахстана принял нового главу РЦПДЦА"


def made(*matches: ToldMatch, language: str = "en", stories: Sequence[ToldStory] = ()) -> Digest:
    digest = compose(
        replace(READER, language=language),
        matches,
        covered(),
        slot=SLOT,
        now=NOW,
        sources=(*SOURCES, LISTS, OTHER),
        stories={one.story: one for one in stories},
    )
    assert digest is not None
    return digest


def titles(digest: Digest) -> list[str]:
    return [card.title.text for group in digest.groups for card in group.cards]


def only(digest: Digest) -> Card:
    ((card,),) = [group.cards for group in digest.groups]
    return card


def test_pinned_then_official_then_publishers_then_terms_then_the_newest() -> None:
    pinned = replace(UNDRR, pinned=True)
    late = NOW - HOUR
    digest = made(
        told(1, item(1, "two terms", MEDIA, published=NOW - 9 * HOUR)),
        told(2, item(2, "newest", MEDIA, published=late)),
        told(3, item(3, "two publishers", MEDIA), story=50),
        told(4, item(4, "the other", OTHER), story=50),
        told(5, item(5, "official", UN_EN, published=NOW - 20 * HOUR)),
        told(6, item(6, "older", MEDIA, published=NOW - 5 * HOUR)),
    )
    with_score = made(
        replace(told(1, item(1, "two terms", MEDIA, published=NOW - 9 * HOUR)), score=2.0),
        *(told(number, item(number, title, MEDIA, published=at)) for number, title, at in ((2, "newest", late),)),
        told(3, item(3, "two publishers", MEDIA), story=50),
        told(4, item(4, "the other", OTHER), story=50),
        told(5, item(5, "official", UN_EN, published=NOW - 20 * HOUR)),
        told(6, item(6, "pinned", MEDIA, published=NOW - 5 * HOUR), replace(pinned, id=9, name="First of all")),
    )
    assert titles(digest)[:2] == ["official", "the other"]
    assert titles(digest)[2:] == ["newest", "older", "two terms"]
    assert titles(with_score) == ["pinned", "official", "the other", "two terms", "newest"]


def test_a_story_of_a_pinned_watch_stands_there_and_names_the_others() -> None:
    one = item(1, "Red Crescent and water")
    digest = made(told(1, one, CRESCENT), told(2, one, replace(WATER, pinned=True)))
    (group,) = digest.groups
    assert group.watch == "Transboundary water"
    assert group.cards[0].also_in == ("Red Crescent",)
    assert group.cards[0].pinned


def test_editions_of_one_publisher_and_aggregators_are_no_further_publishers() -> None:
    editions = [told(1, item(1, "a", MFA_EN), story=5), told(2, item(2, "b", MFA_RU), story=5)]
    assert only(made(*editions)).publishers == 1
    assert only(made(*editions, told(3, item(3, "c", LISTS), story=5))).publishers == 1
    assert only(made(*editions, told(3, item(3, "c", MEDIA), story=5))).publishers == 2
    assert only(made(told(3, item(3, "c", LISTS), story=5))).publishers == 1


def test_a_snippet_is_two_lines_at_most() -> None:
    long = "Meetings were held on many matters. " * 20
    card = only(made(told(1, item(1, "Title", text=f"{long}Then water was discussed. {long}"), terms=["water"])))
    assert card.snippet is not None
    assert len(card.snippet.text) <= SNIPPET_LIMIT + 4 <= 160


@pytest.mark.parametrize(
    ("published", "late"),
    [
        (datetime(2024, 3, 5, 4, tzinfo=UTC), True),
        (NOW - timedelta(days=2), True),
        (NOW - timedelta(days=2) + timedelta(minutes=1), False),
        (date(2024, 3, 5), True),
        (date(2024, 3, 6), False),
        (None, False),
    ],
)
def test_what_was_published_clearly_before_the_period_is_late(published: datetime | date | None, late: bool) -> None:
    assert only(made(told(1, item(1, "Title", published=published)))).late is late


def test_a_story_that_somebody_told_in_time_is_not_late() -> None:
    old = told(1, item(1, "Old", MFA_EN, published=NOW - timedelta(days=4)), story=7)
    new = told(2, item(2, "New", MEDIA, published=NOW - HOUR), story=7)
    assert not only(made(old, new)).late


def test_an_embargo_is_told_until_it_ends() -> None:
    until = datetime(2024, 3, 9, 10, tzinfo=UTC)
    one = item(1, "Report", UN_EN, lead="Embargoed until 10:00 GMT 9 March 2024\nDrought is here.")
    embargo = only(made(told(1, one))).embargo
    assert embargo is not None
    assert (embargo.until, embargo.words) == (until, "Embargoed until 10:00 GMT 9 March 2024")
    over = replace(one, lead=one.lead.replace("9 March", "7 March"))
    assert only(made(told(1, over))).embargo is None


def test_a_headline_in_another_language_gets_key_terms_in_the_readers() -> None:
    card = only(made(told(1, item(1, KAZAKH, AGENCY_KK))))
    assert card.title.text == KAZAKH
    assert card.key_terms[0].startswith("Kazakh")
    assert "flood" in card.key_terms
    assert card.other_title is None
    russian = only(made(told(1, item(1, RUSSIAN, MFA_RU))))
    assert russian.key_terms == ("Foreign Minister of Kazakhstan", "Head of UNRCCA")


@pytest.mark.parametrize(("language", "source"), [("kk", AGENCY_KK), ("ru", MFA_RU), ("en", MFA_EN)])
def test_a_headline_in_the_readers_language_needs_no_key_terms(language: str, source: FeedSource) -> None:
    title = {"kk": KAZAKH, "ru": RUSSIAN, "en": "UNRCCA on the flood"}[language]
    assert only(made(told(1, item(1, title, source)), language=language)).key_terms == ()


def test_the_publishers_own_version_goes_before_key_terms_though_no_watch_found_it() -> None:
    russian = told(1, item(1, RUSSIAN, MFA_RU), story=7, terms=["РЦПДЦА"])
    english = told(2, item(2, "Minister receives the centre's head", MFA_EN), story=7, relation=Relation.TRANSLATION)
    elsewhere = told(3, item(3, "Minister meets official", MEDIA), story=7)
    everybody = ToldStory(story=7, tellers=tuple(map(teller, (russian, english, elsewhere))), size=3, before=None)
    card = only(made(russian, stories=[everybody]))
    assert card.title.text == "Minister receives the centre's head"
    assert card.url == english.item.url
    assert card.key_terms == ()
    assert card.other_title is not None
    assert (card.other_title.text, card.other_title.language) == (RUSSIAN, "ru")
    held = replace(teller(english), title=f"EMBARGOED until 10:00 GMT 9 March 2024: {english.item.title}")
    waiting = replace(everybody, tellers=(teller(russian), held), size=2)
    assert only(made(russian, stories=[waiting])).title.text == RUSSIAN
    others = replace(everybody, tellers=tuple(map(teller, (russian, elsewhere))), size=2)
    assert only(made(russian, stories=[others])).title.text == RUSSIAN


def test_why_leaves_out_what_stands_inside_a_longer_name_and_what_other_watches_asked() -> None:
    one = item(1, "Kazakh Red Crescent helps", text="The Kazakh word is Qyzyl.")
    first = told(1, one, CRESCENT, terms=["Kazakh Red Crescent", "Red Crescent"])
    nested = replace(first, hits=(*first.hits, *told(1, one, CRESCENT, terms=["Kazakh"]).hits))
    card = only(made(nested, told(2, one, WATER, terms=["helps"])))
    assert [(why.term, [found.fields for found in why.found]) for why in card.why] == [
        ("Kazakh Red Crescent", [("title",)]),
        ("Kazakh", [("text",)]),
    ]


@pytest.mark.parametrize(("language", "order"), [("en", ["en", "ru"]), ("ru", ["ru", "en"])])
def test_why_names_the_forms_of_the_readers_language_first(language: str, order: list[str]) -> None:
    russian = told(1, item(1, RUSSIAN, MFA_RU), story=7, terms=["РЦПДЦА"], term="@unrcca")
    english = told(2, item(2, "UNRCCA's head is received", MFA_EN), story=7, terms=["UNRCCA"], term="@unrcca")
    for found in ((russian, english), (english, russian)):
        (why,) = only(made(*found, language=language)).why
        assert [form.language for form in why.found] == order


def test_one_person_in_two_spellings_is_noted() -> None:
    one = item(1, "Talks", MFA_EN, text="Minister Natalia Alonso Cano spoke of early warning.")
    other = item(2, "Talks held", UN_EN, lead="UN envoy Natalia Kano's words were short.")
    card = only(made(told(1, one, story=3), told(2, other, story=3)))
    assert card.spellings == ("Natalia Alonso Cano", "Natalia Kano")


@pytest.mark.parametrize(
    "lead",
    [
        "Natalia Alonso Cano spoke.",
        "Natalia Canova spoke.",
        "Maria Kano spoke.",
        "The Syr Daria rose.",
        "Natalia Alonso Cano and Natalia Alonso Cano spoke.",
        "Наталья Алонсо Кано выступила, слово дали Наталье Алонсо Кано.",
    ],
)
def test_what_is_not_surely_one_person_in_two_spellings_is_no_note(lead: str) -> None:
    one = item(1, "Talks", MFA_EN, text="Natalia Alonso Cano spoke by the Syr Darya.")
    assert only(made(told(1, one, story=3), told(2, item(2, "b", UN_EN, lead=lead), story=3))).spellings == ()


def test_pinned_and_official_cards_are_folded_last_and_no_watch_vanishes() -> None:
    pinned = replace(UNDRR, id=9, name="Pinned", pinned=True)
    matches = [told(number, item(number, f"media {number}", MEDIA), WATER) for number in range(1, 101)]
    matches += [told(number, item(number, f"official {number}", MFA_EN), WATER) for number in range(101, 106)]
    matches += [told(number, item(number, f"pinned {number}", MEDIA), pinned) for number in range(106, 110)]
    matches += [told(number, item(number, f"crescent {number}", MEDIA), CRESCENT) for number in range(110, 140)]
    folded = fold(made(*matches), full=12, listed=10)
    shown = {group.watch: [card.title.text.split()[0] for card in group.cards] for group in folded.groups}
    assert shown["Pinned"] == ["pinned"] * 4
    assert shown["Transboundary water"][:5] == ["official"] * 5
    assert shown["Red Crescent"]
    assert sum(map(len, shown.values())) == 12
    assert folded.stories == 139
    assert {group.watch for group in fold(made(*matches), full=1, listed=0).groups if group.cards} == {"Pinned"}
