"""Watches as lists and as query text, and recipients who follow them."""

from __future__ import annotations

import pytest

from news.watch.watch import Mode, Origin, Schedule
from tests.news.settings.text import CONTACT, complaints, only_complaint, place_of, read

WATCHES = f"{CONTACT}watches:\n"
PEOPLE = f"{WATCHES}  - {{name: Floods, any: flood*}}\n  - {{name: Own name, any: Example}}\nrecipients:\n"


def test_lists_become_query_text() -> None:
    text = (
        f"{WATCHES}"
        "  - name: Red Crescent\n"
        "    any: [Red Crescent, IFRC, Қызыл Жарты Ай]\n"
        "    also: [Kazakh*, Central Asia]\n"
        "    not: [blood donor marathon]\n"
    )
    (watch,) = read(text).watches
    assert watch.query == (
        '("Red Crescent" OR IFRC OR "Қызыл Жарты Ай") AND (Kazakh* OR "Central Asia") NOT "blood donor marathon"'
    )
    assert (watch.origin, watch.mode, watch.enabled) == (Origin.CONFIG, Mode.DIGEST, True)


def test_keywords_is_another_name_for_any_and_one_phrase_needs_no_list() -> None:
    text = f"{WATCHES}  - {{name: A, keywords: [flood*, паводок]}}\n  - {{name: B, any: early warning}}\n"
    assert [watch.query for watch in read(text).watches] == ["flood* OR паводок", '"early warning"']


def test_query_text_is_kept_as_written() -> None:
    folded = "query: >\n      flood* AND\n      (Almaty OR Алматы)\n"
    text = f"{WATCHES}  - name: A\n    mode: instant\n    enabled: no\n    {folded}"
    (watch,) = read(text).watches
    assert (watch.query, watch.mode, watch.enabled) == ("flood* AND (Almaty OR Алматы)", Mode.INSTANT, False)


@pytest.mark.parametrize(
    ("watch", "part", "path"),
    [
        ("query: 'flood OR (earthquake'", "(earthquake", "watches[1].query"),
        ("query: >\n      flood OR\n      (earthquake\n", "(earthquake", "watches[1].query"),
        ("any: ['flood', 'fl*']", "'fl*'", "watches[1].any[2]"),
        ("any: ab*", "ab*", "watches[1].any"),
        ("any: [flood]\n    also: ['text: x']", "'text: x'", "watches[1].also[1]"),
        ("any: [flood]\n    not: ['...']", "'...'", "watches[1].not[1]"),
    ],
)
def test_a_watch_that_does_not_parse_is_refused_at_the_very_character(watch: str, part: str, path: str) -> None:
    text = f"{WATCHES}  - name: A\n    {watch}\n"
    complaint = only_complaint(text)
    line, column = place_of(text, part)
    # In quotes, the first character of the text is meant.
    assert (complaint.line, complaint.column) == (line, column + part.startswith("'"))
    assert complaint.path == path
    drawn, carets = str(complaint).splitlines()[-2:]
    assert set(carets) == {" ", "^"}
    assert drawn[carets.index("^")] == part.strip("'")[0]


def test_a_concept_that_there_is_not_is_refused_and_never_ignored() -> None:
    complaint = only_complaint(f"{WATCHES}  - {{name: A, query: 'flood OR @red_crescent'}}\n")
    assert "there is no concept @red_crescent" in complaint.problem
    assert (complaint.line, complaint.column) == (3, 32)


@pytest.mark.parametrize(
    ("watch", "says"),
    [
        ("name: A", "says nothing to look for"),
        ("name: A, also: [x]", "says nothing to look for"),
        ("name: A, query: flood, any: [flood]", "has both query and any"),
        ("name: A, any: [flood], keywords: [flood]", "has both any and keywords"),
        ("name: A, query: flood, not: [x]", "has both query and lists"),
    ],
)
def test_a_watch_has_one_form(watch: str, says: str) -> None:
    complaint = only_complaint(f"{WATCHES}  - {{{watch}}}\n")
    assert (complaint.line, complaint.column, complaint.path, complaint.problem) == (3, 5, "watches[1]", says)


@pytest.mark.parametrize(
    ("watch", "says"),
    [
        ("any: []", "is empty"),
        ("any: [2030]", "Put it in quotes"),
        ("any: [person: Somebody]", "Put the text in quotes"),
        ("any: ['  ']", "is empty"),
        ("query: ''", "empty"),
        ("any: [flood], mode: instnt", 'Did you mean "instant"?'),
    ],
)
def test_phrases_and_modes_are_checked(watch: str, says: str) -> None:
    assert says in str(only_complaint(f"{WATCHES}  - {{name: A, {watch}}}\n"))


def test_a_name_may_stand_once_only_whatever_its_capitals() -> None:
    complaint = only_complaint(f"{WATCHES}  - {{name: Floods, any: flood*}}\n  - {{name: FLOODS, any: паводок}}\n")
    assert (complaint.line, complaint.column, complaint.path) == (4, 12, "watches[2].name")


def test_a_recipient_has_the_desk_s_zone_unless_it_names_its_own() -> None:
    text = (
        f"zone: Asia/Bishkek\n{PEOPLE}"
        "  - {address: a@b.example}\n"
        "  - {address: c@b.example, name: Chief, schedule: {hour: '7:05', zone: Europe/Zurich}, watches: [Floods]}\n"
    )
    desk, chief = read(text).recipients
    assert desk.schedule == Schedule(hour=8, minute=0, zone="Asia/Bishkek", country="KG")
    assert chief.schedule == Schedule(hour=7, minute=5, zone="Europe/Zurich", country="CH")
    assert (desk.watches, chief.watches, chief.origin, chief.channel) == ((), ("Floods",), Origin.CONFIG, "")


def test_an_unknown_watch_is_asked_about() -> None:
    text = f"{PEOPLE}  - {{address: a@b.example, watches: [Own name, Flods]}}\n"
    complaint = only_complaint(text)
    assert (complaint.line, complaint.column) == place_of(text, "Flods")
    assert (complaint.path, complaint.remedy) == ("recipients[1].watches[2]", 'Did you mean "Floods"?')


def test_a_watch_with_a_fault_of_its_own_is_still_a_known_name() -> None:
    text = f"{WATCHES}  - {{name: A, query: '('}}\nrecipients:\n  - {{address: a@b.example, watches: [A]}}\n"
    assert [one.path for one in complaints(text)] == ["watches[1].query"]


def test_an_address_may_stand_once_only() -> None:
    complaint = only_complaint(f"{PEOPLE}  - {{address: a@b.example}}\n  - {{address: A@b.example}}\n")
    assert (complaint.line, complaint.path) == (7, "recipients[2].address")


@pytest.mark.parametrize("address", ["Desk <a@b.example>", "a@b.example, c@d.example", "a b@c.example", "a@"])
def test_an_address_is_one_bare_mailbox(address: str) -> None:
    assert "is not a mail address" in only_complaint(f"{PEOPLE}  - {{address: '{address}'}}\n").problem
