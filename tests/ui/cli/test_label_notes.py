from __future__ import annotations

import pytest

from news.source import FeedSource
from ui.cli.label_notes import MOST_LISTED, label_notes

SOURCES = (
    FeedSource(id="mfa-en", url="https://mfa.example/en", publisher="Ministry of Foreign Affairs"),
    FeedSource(id="kazhydromet", url="https://weather.example", publisher="Казгидромет", enabled=False),
)


@pytest.mark.parametrize(
    "query",
    [
        "flood AND source:mfa-en",
        "flood AND source:MFA-EN",
        "flood AND source:mfa*",
        "flood NOT source:kazhydromet",
        'flood AND publisher:("Ministry of Foreign Affairs" OR казгидромет)',
        "flood AND lang:kk",
        "source OR publisher",
    ],
)
def test_names_that_somebody_has_are_not_asked_about(query: str) -> None:
    assert label_notes(query, SOURCES) == ()


@pytest.mark.parametrize(
    ("query", "place", "text"),
    [
        ("flood AND source:mfa", "mfa", 'no source is called "mfa"; there are: kazhydromet, mfa-en'),
        (
            "flood NOT publisher:Ministry",
            "Ministry",
            'no publisher is called "Ministry"; there are: Ministry of Foreign Affairs, Казгидромет',
        ),
        ("flood AND source:(mfa-en OR who)", "who", 'no source is called "who"; there are: kazhydromet, mfa-en'),
    ],
)
def test_a_name_that_nobody_has_is_noted_at_its_place(query: str, place: str, text: str) -> None:
    (note,) = label_notes(query, SOURCES)
    assert query[note.start : note.end] == place
    assert note.text == text


def test_without_sources_there_are_none_and_many_are_counted() -> None:
    assert label_notes("flood AND source:who", ())[0].text.endswith("there are: none")
    many = [FeedSource(id=f"s{number:02}", url="https://x.example", publisher="X") for number in range(40)]
    told = label_notes("flood AND source:who", many)[0].text
    assert told.endswith(f"s{MOST_LISTED - 1} and 10 more")
