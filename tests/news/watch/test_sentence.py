"""Watches in words."""

from __future__ import annotations

import pytest

from news.watch.lists import query_from_lists
from news.watch.parser import parse_query
from news.watch.sentence import describe


def test_a_whole_watch_reads_as_a_sentence() -> None:
    text = query_from_lists(
        any=("the Red Crescent", "IFRC", "person: Given Surname"),
        also=("Kazakhstan", "Central Asia"),
        not_=("blood donor marathon",),
    )
    assert describe(parse_query(text)) == (
        "Alerts when a text mentions the Red Crescent, IFRC or the person Given Surname, and Kazakhstan or Central "
        "Asia; but not 'blood donor marathon'. Words are found in any form; other languages need words of their own. "
        "IFRC only in capitals."
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("flood", "mentions flood."),
        ("ministr*", "mentions words beginning with ministr."),
        ("=Polish", "mentions 'Polish' exactly so."),
        ("flood NEAR/5 (mud OR water)", "mentions flood within 5 words of (mud or water)."),
        ("flood ADJ/1 water", "mentions flood followed directly by water."),
        ("flood ADJ/3 water", "mentions flood followed within 3 words by water."),
        ("title:flood", "mentions flood in the title."),
        ("tag:(flood OR mud)", "mentions flood or mud among the tags."),
        (
            "source:mfa* lang:ru flood",
            "a text from the source beginning with mfa and in the language ru mentions flood.",
        ),
        ("publisher:Kazinform", "Alerts to every text published by Kazinform."),
        ("flood NOT mud NOT blood", "mentions flood; but not 'mud', and not 'blood'."),
        ("flood OR (mud NOT blood)", "mentions flood or (mud and not 'blood')."),
        ("NOT NOT flood", "mentions not not 'flood'."),
        ("UN OSCE", "OSCE and UN only in capitals."),
        ("@ifrc", "mentions the concept ifrc. A concept is found by all its names in English, Russian and Kazakh."),
        ("/fl.+d/", "mentions the pattern fl.+d."),
        ("score>=3 {flood^2 mud^-1}", "mentions enough of flood (2), mud (-1) to reach 3."),
    ],
)
def test_parts(text: str, part: str) -> None:
    assert part in describe(parse_query(text))
