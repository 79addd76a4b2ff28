"""Proposals for a watch come from the lexicon, in a fixed order, and the result is ordinary query text."""

from __future__ import annotations

import pytest

from news.errors import QuerySyntaxError
from news.lexicon import shipped
from news.watch.compiler import check_watch
from news.watch.parser import parse_query
from news.watch.suggest import already, persons, suggestions, with_accepted


def queries(text: str) -> list[str]:
    """What is proposed for a watch."""
    return [one.query for one in suggestions(text, shipped()).proposals]


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Red Crescent", ["@red_crescent_movement", '"Красный Полумесяц"', '"Қызыл Жарты Ай"', "@red_crescent_kz"]),
        ("UNRCCA", ["@unrcca", "РЦПДЦА", '"Региональный центр по превентивной дипломатии"', "@head_of_unrcca"]),
        ("early warning", ["@early_warning", '"раннее предупреждение"', '"ерте ескерту"']),
        ("Murat Nurtleu", ['name:"Murat Nurtleu"', '"Мурат Нуртлеу"', '"Мұрат Нұртілеу"', "@foreign_minister_kz"]),
        ("МИД", ["@foreign_ministry", "СІМ", '"Foreign Ministry"', "@mfa_kz"]),
        ('="Red Crescent"', ['"Red Crescent"']),
        ('name:"Kairat Abdrakhmanov"', ["@foreign_minister_kz"]),
    ],
)
def test_other_languages_abbreviations_persons_and_offices_are_proposed(text: str, proposed: list[str]) -> None:
    assert set(proposed) <= set(queries(text))


def test_a_name_that_nobody_checked_or_that_others_bear_is_labelled() -> None:
    unsure = [one.query for one in suggestions("Red Crescent", shipped()).proposals if not one.sure]
    assert unsure == ['"Қызыл Ай"']
    mfa = {one.query: one.sure for one in suggestions("MFA", shipped()).proposals}
    assert (mfa["@foreign_ministry"], mfa["@mfa_kz"]) == (True, False)


@pytest.mark.parametrize("text", ["qwertyuiop", "flood*", 'NOT "Red Crescent" flood*', "source:UN flood*"])
def test_what_is_unknown_left_out_or_no_plain_term_gets_no_proposal(text: str) -> None:
    assert queries(text) == []


def test_nothing_is_proposed_that_the_watch_has_already_and_nothing_twice() -> None:
    text = '@red_crescent_movement OR "Red Crescent" OR "Қызыл Жарты Ай" OR "Красный Полумесяц"'
    proposed = queries(text)
    assert len(set(proposed)) == len(proposed)
    assert not {'"Қызыл Жарты Ай"', "@red_crescent_movement"} & set(proposed)


def test_words_that_are_a_name_or_a_person_are_read_as_one_phrase() -> None:
    assert suggestions("Red Crescent", shipped()).text == '"Red Crescent"'
    assert suggestions("Murat Nurtleu", shipped()).text == '"Murat Nurtleu"'
    assert suggestions("mud volcano", shipped()).text == "mud volcano"


@pytest.mark.parametrize(
    ("text", "accepted", "result"),
    [
        ("Red Crescent", ['"Красный Полумесяц"'], '"Red Crescent" OR "Красный Полумесяц"'),
        ("Red Crescent", ["@red_crescent_movement", "@red_crescent_kz"], "@red_crescent_movement OR @red_crescent_kz"),
        ("UNRCCA AND visit", ["РЦПДЦА"], "(UNRCCA OR РЦПДЦА) AND visit"),
        ("UNRCCA AND visit", ["@unrcca"], "@unrcca AND visit"),
        ("visit OR UNRCCA", ["РЦПДЦА"], "visit OR UNRCCA OR РЦПДЦА"),
        ("UNRCCA NEAR/5 visit", ["РЦПДЦА"], "(UNRCCA OR РЦПДЦА) NEAR/5 visit"),
        ("title:UNRCCA NOT drill", ["РЦПДЦА"], "title:(UNRCCA OR РЦПДЦА) NOT drill"),
        ("UNRCCA", [], "UNRCCA"),
    ],
)
def test_what_is_accepted_stands_beside_its_term(text: str, accepted: list[str], result: str) -> None:
    suggested = suggestions(text, shipped())
    chosen = [one for one in suggested.proposals if one.query in accepted]
    assert with_accepted(suggested.text, chosen) == result


@pytest.mark.parametrize("text", ["Red Crescent", '(UNRCCA OR IFRC) NEAR/9 "early warning" NOT UN', "title:МИД UNESCO"])
def test_every_proposal_can_be_accepted_alone_and_all_together(text: str) -> None:
    suggested = suggestions(text, shipped())
    for one in suggested.proposals:
        check_watch(with_accepted(suggested.text, [one]))
    check_watch(with_accepted(suggested.text, suggested.proposals))
    parse_query(suggested.text)


def test_the_persons_of_a_watch_and_the_forms_found_already() -> None:
    text = '"Murat Nurtleu" OR name:"Given Surname" OR "Red Crescent"'
    assert [name for name, _ in persons(text)] == ["Murat Nurtleu", "Given Surname"]
    assert "Красного Полумесяца" in already('"Красный Полумесяц"')["Красный Полумесяц"]["ru"]


def test_a_watch_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(QuerySyntaxError):
        suggestions("flood AND (", shipped())
