"""Concepts are found by what people type, in three languages, and by ids that are nearly right."""

from __future__ import annotations

import pytest

from news.lexicon import Concept, Lexicon, Name, shipped, with_own


def ids(text: str, *, unsure: bool = False) -> list[str]:
    """The ids of the shipped concepts that a text names."""
    return [concept.id for concept in shipped().by_text(text, unsure=unsure)]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Red Crescent", "red_crescent_movement"),
        ("red crescent", "red_crescent_movement"),
        ("the Red Crescent", "red_crescent_movement"),
        ("Красный Полумесяц", "red_crescent_movement"),
        ("КРАСНЫЙ ПОЛУМЕСЯЦ", "red_crescent_movement"),
        ("Қызыл Жарты Ай", "red_crescent_movement"),
        ("Қызыл\u00a0Жарты Ай", "red_crescent_movement"),
        ("IFRC", "ifrc"),
        ("МФОКККП", "ifrc"),
        ("U.N.", "un"),
        ("ООН", "un"),
        ("БҰҰ", "un"),
        ("UNISDR", "undrr"),
        ("MFA of Kazakhstan", "mfa_kz"),
        ("ҚР СІМ", "mfa_kz"),
        ("МИД", "foreign_ministry"),
        ("early-warning", "early_warning"),
        ("раннее предупреждение", "early_warning"),
        ("ерте ескерту", "early_warning"),
        ("беженец", "refugees"),
        ("босқын", "refugees"),
        ("Nur-Sultan", "astana"),
        ("Абай облысы", "abai_region"),
        ("область Жетысу", "jetisu_region"),
        ("Organisation for Security and Cooperation in Europe", "osce"),
        ("Президент Казахстана", "president_kz"),
    ],
)
def test_a_name_in_any_language_finds_its_concept(text: str, id: str) -> None:
    assert ids(text) == [id]


@pytest.mark.parametrize(
    "text", ["un", "who", "Who", "us", "Red", "Crescent", "Red Crescent flood", "Kairat Abdrakhmanov", "", "...", "the"]
)
def test_what_names_nothing_finds_nothing(text: str) -> None:
    assert ids(text) == []


def test_names_that_are_not_sure_are_found_only_when_asked_for() -> None:
    assert ids("CAREC") == []
    assert ids("CAREC", unsure=True) == ["carec_program", "carec_centre"]
    assert ids("МЧС", unsure=True) == ["mes_kz", "mes_kg", "mes_uz", "mes_ru", "emergency_ministry"]


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("ifcr", "ifrc"),
        ("red-crescent-kz", "red_crescent_kz"),
        ("UNRCA", "unrcca"),
        ("crescent", "red_crescent_movement"),
    ],
)
def test_an_unknown_id_is_answered_with_what_may_be_meant(wrong: str, meant: str) -> None:
    assert shipped().concept(wrong) is None
    near = shipped().near(wrong)
    assert meant in near
    assert len(near) <= 3


def test_an_id_like_no_other_is_answered_with_nothing() -> None:
    assert shipped().near("zzzz") == ()


def own(id: str, text: str, *, sure: bool = True) -> Concept:
    return Concept(id=id, kind="own", names=(Name(text=text, language="en", kind="name", sure=sure),))


def test_own_concepts_join_and_replace_those_of_the_same_id() -> None:
    lexicon = with_own(Lexicon([own("a", "First"), own("b", "Second")]), [own("b", "Other"), own("c", "Third")])
    assert [concept.id for concept in lexicon.all] == ["a", "b", "c"]
    assert [concept.id for concept in lexicon.by_text("other")] == ["b"]
    assert lexicon.by_text("Second") == ()


def test_a_name_of_two_concepts_finds_both() -> None:
    lexicon = with_own(shipped(), [own("my_federation", "IFRC")])
    assert [concept.id for concept in lexicon.by_text("IFRC")] == ["ifrc", "my_federation"]


def test_languages_are_those_of_sure_names() -> None:
    names = (
        Name(text="Общество", language="ru", kind="name"),
        Name(text="Society", language="en", kind="old"),
        Name(text="Қоғам", language="kk", kind="name", sure=False),
    )
    assert Concept(id="a", kind="own", names=names).languages == ("en", "ru")
