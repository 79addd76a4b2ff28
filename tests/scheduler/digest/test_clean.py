"""The copy to forward, and the digest as data: what they hold, and what neither ever does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.message import Message
from scheduler.digest.changed import Beside, with_changes
from scheduler.digest.compose import compose
from scheduler.digest.digest import Bars, Digest
from scheduler.digest.links import Links
from scheduler.digest.message import message_of
from scheduler.digest.render import HTML_LIMIT
from scheduler.digest.wording import WORDINGS
from storage import ToldBefore, ToldChange, ToldMatch, ToldStory
from tests.scheduler.digest.samples import (
    AGENCY_KK,
    CRESCENT,
    MEDIA,
    MFA_EN,
    NOW,
    READER,
    SLOT,
    SOURCES,
    UN_EN,
    WATER,
    covered,
    item,
    thinly_covered,
    told,
)
from tests.scheduler.digest.test_additions import teller

LINKS = Links(
    one_click="https://press.example/u/secret",
    stop="https://press.example/s/secret",
    hours="https://press.example/h/secret",
    clean="https://press.example/d/secret",
    irrelevant="https://press.example/n/secret",
    missing="https://press.example/n/secret",
)
LABEL = "EMBARGOED until 10:00 GMT 9 March 2024"
SECRET = item(9, f"{LABEL}: Drought costs", UN_EN, lead="Costs of droughts rose.")


def made(*matches: ToldMatch, language: str = "en") -> Digest:
    digest = compose(
        replace(READER, language=language),
        matches,
        covered(),
        slot=SLOT,
        now=NOW,
        sources=SOURCES,
        watches=["Own name"],
    )
    assert digest is not None
    return with_changes(digest, matches, [], sources=SOURCES)


def message(digest: Digest) -> Message:
    return message_of(digest, domain="press.example", links=LINKS)


def an_ordinary_one(language: str = "en") -> Digest:
    water = item(1, "Red Crescent brings water", UN_EN, lead="The Red Crescent brought water.")
    return made(
        told(1, water, CRESCENT, terms=["Red Crescent"]),
        told(2, water, WATER, terms=["water"]),
        told(3, item(2, "Ministry on water", MFA_EN), WATER, terms=["water"]),
        told(4, item(3, "Daily on water", MEDIA), WATER, terms=["water"]),
        language=language,
    )


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_a_copy_names_no_watch_no_reason_and_no_link_of_its_reader(language: str) -> None:
    one = message(an_ordinary_one(language))
    assert "secret" in one.text
    for form in (one.clean_text, one.clean_html):
        assert "Red Crescent brings water" in form
        assert "UN News / sample" in form
        for private in (
            "secret",
            "Own name",
            "Transboundary water",
            "TRANSBOUNDARY",
            READER.address,
            READER.name,
            "*",
            '<b class="m"',
            WORDINGS[language].say("why", reasons=""),
        ):
            assert private.strip() not in form.replace("/* ", "").replace("*/", "") or private == "*"
    assert "*" not in one.clean_text


def test_a_copy_is_ordered_by_whose_word_it_is_and_numbered_through() -> None:
    text = message(an_ordinary_one()).clean_text
    places = [
        text.index(mark) for mark in ("OFFICIAL: 1", "1 Ministry", "UN: 1", "2 Red Crescent", "MEDIA: 1", "3 Daily")
    ]
    assert places == sorted(places)


def test_what_is_under_embargo_is_in_the_readers_own_mail_alone() -> None:
    digest = made(told(1, SECRET, CRESCENT), told(2, item(2, "Ministry on water", MFA_EN), WATER))
    one = message(digest)
    assert "Drought costs" in one.text
    assert "Drought costs" in one.html
    assert LABEL in one.text
    for form in (one.clean_text, one.clean_html, json.dumps(one.data), one.open_subject):
        assert "Drought" not in form
        assert "EMBARGO" not in form.upper()
        assert "un-en.example" not in form
    assert [story["title"] for story in one.data["stories"]] == ["Ministry on water"]
    assert one.data["counts"] == {"stories": 1, "items": 1, "changed": 0, "additions": 0}


def test_the_subject_of_data_names_no_headline_under_embargo() -> None:
    one = message(made(told(1, SECRET, CRESCENT)))
    assert "Drought costs" in one.subject
    assert "Drought" not in one.open_subject
    assert "All 5 sources read" in one.clean_text


def test_an_embargo_that_ended_holds_nothing_back() -> None:
    over = replace(SECRET, title=SECRET.title.replace("9 March", "7 March"))
    one = message(made(told(1, over, CRESCENT)))
    assert "Drought costs" in one.clean_text
    assert one.data["stories"][0]["title"] == over.title


def test_additions_and_changes_under_embargo_are_held_back_too() -> None:
    first = told(1, item(1, "Floods", MFA_EN), CRESCENT, story=5)
    addition = told(2, replace(SECRET, id=2), CRESCENT, story=5)
    before = ToldBefore(at=NOW - timedelta(days=1), items=frozenset({1}))
    story = ToldStory(story=5, tellers=(teller(first), teller(addition)), size=2, before=before)
    digest = compose(READER, [addition], covered(), slot=SLOT, now=NOW, sources=SOURCES, stories={5: story})
    assert digest is not None
    was = item(7, "Figures", UN_EN, lead="There are 120 wells.")
    now = replace(was, lead=f"{LABEL}\nThere are 210 wells.", version=2)
    change = ToldChange(was=was, now=now, told_at=datetime(2024, 3, 7, 3, tzinfo=UTC))
    digest = with_changes(digest, [addition], [change], sources=SOURCES)
    assert digest.additions[0].embargo is not None
    assert digest.revised[0].embargo is not None
    one = message(digest)
    assert "210" in one.text
    assert one.data["additions"] == one.data["changed"] == []
    assert "210" not in one.clean_text + one.clean_html + json.dumps(one.data)


def test_a_change_is_in_the_copy_without_what_its_reader_had() -> None:
    was = item(7, "Figures", UN_EN, lead="There are 120 wells.")
    change = ToldChange(
        was=was, now=replace(was, lead="There are 210 wells.", version=2), told_at=datetime(2024, 3, 7, 3, tzinfo=UTC)
    )
    beside = {7: Beside(watches=("Own name",), unchanged=("ru",))}
    one = message(with_changes(made(), [], [change], sources=SOURCES, beside=beside))
    assert "Own name" in one.text
    assert "now: There are *210* wells." in one.clean_text
    for private in ("Own name", "you had", "presswatch item"):
        assert private not in one.clean_text
    (changed,) = one.data["changed"]
    assert (changed["item"], changed["version"], changed["watches"]) == (7, 2, ["Own name"])


def test_data_are_plain_and_say_what_the_digest_says() -> None:
    data = message(an_ordinary_one()).data
    assert json.loads(json.dumps(data)) == data
    crescent, *others = data["stories"]
    assert (crescent["title"], crescent["watches"]) == (
        "Red Crescent brings water",
        ["Red Crescent", "Transboundary water"],
    )
    assert (crescent["publisher"], crescent["standing"], crescent["credits"]) == ("UN News", "un", ["UN News / sample"])
    assert crescent["snippet"]["text"] == "The Red Crescent brought water."
    assert [crescent["snippet"]["text"][start:end] for start, end in crescent["snippet"]["marks"]]
    assert [why["term"] for why in crescent["why"]] == ["Red Crescent"]
    assert len(others) == data["counts"]["stories"] - 1 == 2
    assert (data["coverage"]["read"], data["coverage"]["total"], data["coverage"]["complete"]) == (5, 5, True)
    assert data["quiet"] == [{"watch": "Own name", "last_hit": None}]


def test_the_state_of_the_sources_is_in_the_data_by_name() -> None:
    digest = compose(READER, [], thinly_covered(), slot=SLOT, now=NOW, sources=SOURCES)
    assert digest is not None
    coverage = message(digest).data["coverage"]
    assert [(one["source"], one["reason"], one["status"]) for one in coverage["failing"]] == [
        ("un-en", "forbidden", 403)
    ]
    assert coverage["unread"] == ["media"]


def test_a_long_copy_tells_the_rest_by_headlines_and_stays_small() -> None:
    sources = (MFA_EN, AGENCY_KK, MEDIA, UN_EN)
    matches = [
        told(
            number,
            item(number, f"Story {number} " + "of many words " * 9, sources[number % 4], lead="Long. " * 40),
            WATER,
        )
        for number in range(1, 121)
    ]
    one = message(made(*matches))
    assert len(one.clean_html.encode()) <= HTML_LIMIT
    assert "MEDIA: 30 stories" in one.clean_text
    assert all(f"Story {number} " in one.clean_text for number in range(1, 121))


def test_of_a_flood_the_last_headlines_are_counted() -> None:
    matches = [told(number, item(number, f"Story {number} " + "of many words " * 9), WATER) for number in range(1, 400)]
    one = message(made(*matches))
    assert len(one.clean_html.encode()) <= HTML_LIMIT
    listed = sum(f"Story {number} " in one.clean_text for number in range(1, 400))
    assert f"and {399 - listed} more, all of them kept." in one.clean_text


def test_the_same_digest_gives_the_same_copy() -> None:
    assert message(an_ordinary_one()) == message(an_ordinary_one())


def test_a_story_under_embargo_is_in_no_number_of_the_data() -> None:
    days = (*[0] * 25, 2, 1, 1)
    digest = made(told(1, SECRET, CRESCENT), told(2, item(2, "Floods", UN_EN), CRESCENT))
    shown = message(replace(digest, bars=(Bars(watch=CRESCENT.name, days=days),))).data
    assert shown["counts"]["stories"] == 1
    assert shown["bars"] == [{"watch": CRESCENT.name, "days": [*days[:-1], 0]}]
