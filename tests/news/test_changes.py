"""What counts as a change of substance, in three languages, and how it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.changes import Change, ChangeKind, What, classify
from tests.storage.samples import an_item


def between(was: str, now: str, *, title: str = "A release", later_title: str = "") -> Change:
    """The change from one text to another, under one headline unless another is given."""
    return classify(an_item(title, text=was), an_item(later_title or title, text=now))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('It took in 1,250 people: "early warning" works.', "It took in 1\u00a0250 people — «early warning» works."),
        ("One thing. Two things.\nThree things.", "Three things.\n\nOne thing. Two things."),
        ("The goverment approved it.", "The government approved it."),
        ("They met in the centre.", "They also met in the centre."),
        ("Kaha Imnadze spoke to them.", "Kakha Imnadze spoke to them."),
        ("Delegates from Kazakhstan came.", "Delegates from Казахстан came."),
        ("Встреча с министром прошла в Астане.", "Встреча с министра прошла в Астане."),
        ("Стороны обсудили сотрудничетво в торговле.", "Стороны обсудили сотрудничество в торговле."),
        ("Су тасқыны туралы ескерту жасалды.", "Су тасқыны туралы ескертулер жасалды."),
        ("Views: 312\nThe text is here.", "The text is here.\nViews: 4 100"),
    ],
)
def test_cosmetics_are_no_change_of_substance(was: str, now: str) -> None:
    change = between(was, now)
    assert (change.kind, change.what) == (ChangeKind.COSMETIC, ())


@pytest.mark.parametrize(
    ("was", "now", "what", "marked"),
    [
        ("It took in 1,250 people.", "It took in 1,350 people.", What.FIGURES, ("1,250", "1,350")),
        ("It rose by 12.5 per cent.", "It rose by 125 per cent.", What.FIGURES, ("12.5", "125")),
        ("It opens on 7 March.", "It opens on 7 April.", What.FIGURES, ("March", "April")),
        ("Three centres were opened.", "Four centres were opened.", What.FIGURES, ("Three", "Four")),
        ("Погибли 3 тысячи сайгаков.", "Погибли 3 миллиона сайгаков.", What.FIGURES, ("тысячи", "миллиона")),
        ("Отырыс наурызда өтеді.", "Отырыс сәуірде өтеді.", What.FIGURES, ("наурызда", "сәуірде")),
        ("They met in Astana today.", "They met in Almaty today.", What.NAMES, ("Astana", "Almaty")),
        ("Встреча прошла в Астане.", "Встреча прошла в Алматы.", What.NAMES, ("Астане", "Алматы")),
        ("It is work of the UNDP there.", "It is work of the UNHCR there.", What.NAMES, ("UNDP", "UNHCR")),
        ("The Deputy Minister opened it.", "The Minister opened it.", What.TITLES, ("Deputy", "")),
        ("Приехал посол страны.", "Приехал министр страны.", What.TITLES, ("посол", "министр")),
        ("The dam can hold it.", "The dam cannot hold it.", What.PARAGRAPHS, ("can", "cannot")),
        (
            "Both parties agreed to it.",
            "Both parties refused to do it.",
            What.PARAGRAPHS,
            ("agreed", "refused"),
        ),
    ],
)
def test_another_figure_name_office_or_word_is_substance_and_marked(
    was: str, now: str, what: What, marked: tuple[str, str]
) -> None:
    change = between(was, now)
    assert (change.kind, change.what) == (ChangeKind.SUBSTANCE, (what,))
    passage = change.passages[0]
    before = " ".join(passage.was[start:end] for start, end in passage.was_marks)
    after = " ".join(passage.now[start:end] for start, end in passage.now_marks)
    assert marked[0] in before
    assert marked[1] in after
    assert passage.what == (what,)


def test_a_new_passage_comes_before_a_mended_name_which_is_shown_beside_it() -> None:
    change = between("They met Kaha Imnadze.", "They met Kakha Imnadze. A second meeting is planned.")
    assert (change.what, change.added, change.removed) == ((What.PARAGRAPHS,), 1, 0)
    assert [(passage.was, passage.now) for passage in change.passages] == [
        ("", "A second meeting is planned."),
        ("They met Kaha Imnadze.", "They met Kakha Imnadze."),
    ]


def test_a_headline_is_told_as_such_unless_it_is_a_slip() -> None:
    other = between("The text.", "The text.", title="Three centres open", later_title="Four centres open")
    assert other.what == (What.HEADLINE, What.FIGURES)
    slip = between(
        "The text.", "The text.", title="Centres open with cermony", later_title="Centres open with ceremony"
    )
    assert slip.kind is ChangeKind.COSMETIC


def test_a_text_that_could_not_be_read_before_or_now_is_no_change() -> None:
    for was, now in (("", "All of the text."), ("All of the text.", "")):
        assert between(was, now).kind is ChangeKind.COSMETIC


def test_texts_of_any_length_give_a_bounded_answer() -> None:
    change = between("a b c.\n" * 5_000, "c b a.\n" * 5_000)
    assert (change.what, len(change.passages)) == ((What.PARAGRAPHS,), 2)
    longer = between("a b c.\n" * 10, "a b c.\n" * 5_000)
    assert (longer.added, longer.removed, len(longer.passages)) == (1, 0, 1)


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_comes_marks_lie_inside_and_nothing_differs_from_itself(was: str, now: str) -> None:
    assert between(was, was).kind is ChangeKind.COSMETIC
    for passage in between(was, now).passages:
        for text, marks in ((passage.was, passage.was_marks), (passage.now, passage.now_marks)):
            ends = [place for mark in marks for place in mark]
            assert ends == sorted(ends)
            assert all(0 <= place <= len(text) for place in ends)
