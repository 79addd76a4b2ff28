"""A plain term becomes its concept, and a watch says which languages it can read."""

from __future__ import annotations

import pytest

from news.lexicon import Concept, Name, shipped, with_own
from news.watch.expand import expansion, expansions, in_language, phrase, reading, reads, term_of, with_concepts
from news.watch.parser import parse_query
from news.watch.query import Term, walk


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Red Crescent", "@red_crescent_movement"),
        ('"Красный Полумесяц"', "@red_crescent_movement"),
        ("«Қызыл Жарты Ай»", "@red_crescent_movement"),
        ("UNRCCA", "@unrcca"),
        ("early warning", "@early_warning"),
        ("Ministry of Foreign Affairs", "@foreign_ministry"),
        ("ООН", "@un"),
    ],
)
def test_a_plain_term_is_saved_as_its_concept(text: str, query: str) -> None:
    found = expansion(text, shipped())
    assert found is not None
    assert found.query == query
    assert found.languages == ("en", "ru", "kk")
    assert text[found.place.start : found.place.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "un",  # an abbreviation is its capitals
        "=UN",
        "UN*",
        '="Red Crescent"',
        "Red Crescent flood",
        "Red OR Crescent",
        "NOT UN flood",
        'name:"Kairat Abdrakhmanov"',
        "@ifrc",
        "CAREC",  # two bodies
        "(Red Crescent",
        "",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert expansion(text, shipped()) is None


def test_the_terms_of_a_longer_watch_are_offered_one_by_one() -> None:
    text = '("Red Crescent" OR МФОКККП) AND Kazakhstan NOT "blood donor" source:UN'
    found = expansions(text, shipped())
    assert [(one.text, one.query) for one in found] == [
        ("Red Crescent", "@red_crescent_movement"),
        ("МФОКККП", "@ifrc"),
        ("Kazakhstan", "@kazakhstan"),
    ]
    assert [text[one.place.start : one.place.end] for one in found] == ['"Red Crescent"', "МФОКККП", "Kazakhstan"]
    rewritten = with_concepts(text, found)
    assert rewritten == '(@red_crescent_movement OR @ifrc) AND @kazakhstan NOT "blood donor" source:UN'
    parse_query(rewritten)
    assert with_concepts(text, found[1:2]) == text.replace("МФОКККП", "@ifrc")
    assert with_concepts(text, ()) == text


def test_what_a_watch_leaves_out_stays_as_written() -> None:
    found = expansions('"Red Crescent" NOT (IFRC OR Kazakhstan) -UNRCCA', shipped())
    assert [one.text for one in found] == ["Red Crescent"]


def test_a_watch_with_the_names_of_one_more_language() -> None:
    assert in_language("UNRCCA AND flood", "ru", shipped()).startswith('(UNRCCA OR "Региональный центр ООН по')
    assert in_language("УСРБ", "kk", shipped()) == "УСРБ"  # none of its Kazakh names is checked
    assert in_language("volunteers", "ru", shipped()) == "volunteers"
    named = in_language('="Red Crescent" OR "early warning"', "kk", shipped())
    assert named == '="Red Crescent" OR ("early warning" OR "ерте ескерту" OR "ерте құлақтандыру" OR "ерте хабарлау")'


@pytest.mark.parametrize(
    ("text", "term"),
    [("flood", "flood"), ("mud flow", '"mud flow"'), ("NOT", '"NOT"'), ("«Astana» forum", '"Astana forum"')],
)
def test_plain_words_are_one_term(text: str, term: str) -> None:
    assert phrase(text) == term
    (found,) = [node for node in walk(parse_query(phrase(text))) if isinstance(node, Term)]
    assert list(found.words) == [word.strip("«»") for word in text.split()]


def test_an_abbreviation_in_mixed_letters_is_meant_exactly() -> None:
    assert term_of(Name(text="MoFA", language="en", kind="abbreviation")) == "=MoFA"
    assert term_of(Name(text="УСРБ ООН", language="ru", kind="abbreviation")) == '"УСРБ ООН"'


def test_words_that_are_a_name_together_are_not_taken_apart() -> None:
    (found,) = expansions("UN in Kazakhstan", shipped())
    assert found.query == "@un_kazakhstan"


def test_a_name_that_is_the_users_own_too_means_both() -> None:
    own = Concept(id="our_union", kind="own", names=(Name(text="Our Union", language="en", kind="name"),))
    namesake = Concept(id="other", kind="own", names=(Name(text="Наш союз", language="ru", kind="name"), *own.names))
    found = expansion("our union", with_own(shipped(), (own, namesake)))
    assert found is not None
    assert found.query == "(@our_union OR @other)"
    assert found.languages == ("en", "ru")
    parse_query(f"flood {found.query}")


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("flood", "en"),
        ("паводок", "ru"),
        ("тасқын", "kk"),
        ("аудан", "kk"),  # no Kazakh letter, but no Russian word either
        ("Астана", "ru kk"),
        ('"Красный Полумесяц"', "ru"),
        ('"Qyzyl Jarty Aı"', "kk"),
        ("2030", "en ru kk"),
        ("МИД", "ru"),
        ("@ifrc", "en ru kk"),
        ("@red_cross_mn", "en ru"),  # its Kazakh name is not checked
        ("@unknown", ""),
        ('name:"Murat Nurtleu"', "en ru kk"),
        ("/UN[A-Z]+/", "en"),
        (r"/\d+ млрд/", "ru kk"),
        (r"/\d+ \w+/", "en ru kk"),
        ("flood OR паводок", "en ru"),
        ("flood AND паводок", ""),
        ("@flood NEAR/3 Kazakhstan", "en"),
        ("flood NOT паводок", "en"),
        ("@flood NOT паводок", "en ru kk"),
        ("водн*", "ru kk"),
        ("title:flood source:mfa", "en"),
        ("@flood lang:ru", "ru"),
        ("score>=10 {flood^10 паводок^5 тасқын^-5}", "en ru"),
    ],
)
def test_which_languages_a_watch_reads(query: str, languages: str) -> None:
    assert reads(parse_query(query), shipped()) == tuple(languages.split())


def test_an_office_reads_every_language_through_its_holders() -> None:
    assert reads(parse_query("@head_of_undrr_europe"), shipped()) == ("en", "ru", "kk")


@pytest.mark.parametrize(
    ("languages", "more", "says"),
    [
        (("en", "ru", "kk"), None, "reads EN, RU, KK"),
        (("en",), None, "reads English only: add Russian and Kazakh"),
        (("en", "kk"), {"ru": "212 items in 90 days"}, "reads EN, KK: add Russian, 212 items in 90 days"),
        (
            ("ru",),
            {"en": "3 items in 90 days", "kk": "4 items in 90 days"},
            "reads Russian only: add English, 3 items in 90 days; Kazakh, 4 items in 90 days",
        ),
        ((), None, "reads no language by itself: its words are of different ones"),
    ],
)
def test_it_is_said_in_words(languages: tuple[str, ...], more: dict[str, str] | None, says: str) -> None:
    assert reading(languages, more) == says
