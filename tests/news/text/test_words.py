"""Words and their places: LANGUAGES.md section 3, rule by rule, and that no input is slow or loses its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.text.words import WORD, tokenise, word_forms


@pytest.mark.parametrize(
    ("given_text", "forms"),
    [
        ("Красного\u00a0Полумесяца", ("красного", "полумесяца")),
        ("Полуме\u00adсяца", ("полумесяца",)),
        ("Полу\u200bмесяца", ("полумесяца",)),
        ("\ufeffАстана\u200e", ("астана",)),
        ("Minister’s Oʻzbek", ("minister's", "o'zbek")),
        ("U.N. and U.S.A.", ("un", "and", "usa")),
        ("К.Абдрахманов", ("к", "абдрахманов")),
        ("К.Б.Абдрахманов", ("к", "б", "абдрахманов")),
        ("Toкаев", ("токаев",)),
        ("ҚAЗАҚСТАН Məскеу", ("қазақстан", "мәскеу")),
        ("COP PA СОР", ("cop", "pa", "сор")),
        ("Ёлка и Орёл", ("елка", "и", "орел")),
        ("Konoé naïve", ("konoe", "naive")),
        ("мой мои ѓ", ("мой", "мои", "ѓ")),
        ("мои\u0306", ("мой",)),
        ("ә ғ қ ң ө ұ ү һ і", ("ә", "ғ", "қ", "ң", "ө", "ұ", "ү", "һ", "і")),
        ("İstanbul", ("istanbul",)),
        ("ﬁre ＵＮ", ("fire", "un")),
        ("UN-backed премьер‑министр", ("un", "backed", "премьер", "министр")),
        ("COVID-19, 5.9", ("covid", "19", "5", "9")),
        ("snake_case", ("snake", "case")),
        ("'quoted' 'words'", ("quoted", "words")),
        ("🙂 … — «»", ()),
    ],
)
def test_forms(given_text: str, forms: tuple[str, ...]) -> None:
    assert tokenise(given_text).forms == forms


def test_the_written_form_keeps_case_accents_and_yo() -> None:
    assert tokenise("U.N. Konoé Орёл МИДа").written == ("UN", "Konoé", "Орёл", "МИДа")


def test_homoglyph_repair_needs_a_majority_and_one_script_in_the_end() -> None:
    assert word_forms("Казaхстан").written == "Казахстан"
    assert word_forms("Presidеnt").written == "President"
    assert word_forms("Wиндзор").written == "Wиндзор", "W has no Cyrillic twin, so the word stays as it is"


@pytest.mark.parametrize(
    ("given_text", "gap"),
    [
        ("a b", ""),
        ("a\u00a0\n b", ""),
        ("early-warning", ""),
        ("early\u2011warning", ""),
        ("early\u00ad warning", ""),
        ("early - warning", "-"),
        ("early, warning", ","),
        ("early. Warning", "."),
        ("early «warning", ""),
        ("«early» warning", ""),
        ("«early», warning", "»,"),
        ("early--warning", "--"),
    ],
)
def test_what_stands_between_words(given_text: str, gap: str) -> None:
    assert tokenise(given_text).gap(0) == gap


def test_spans_cut_the_words_out_of_the_text_as_given() -> None:
    text = "Пресс-служба МИД\u00ad: Konoé’s U.N. Полуме\u00adсяца"
    words = tokenise(text)
    assert [text[slice(*words.span(index))] for index in range(len(words))] == [
        "Пресс",
        "служба",
        "МИД",
        "Konoé’s",
        "U.N.",
        "Полуме\u00adсяца",
    ]


@given(st.text())
def test_every_word_is_a_slice_that_gives_its_form_again(text: str) -> None:
    words = tokenise(text)
    assert words.starts == tuple(found.start() for found in WORD.finditer(text))
    previous_end = 0
    for index, form in enumerate(words.forms):
        start, end = words.span(index)
        assert previous_end <= start < end <= len(text)
        assert word_forms(text[start:end]).form == form
        previous_end = end


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x52F)))
def test_a_written_form_has_the_same_forms_as_its_word(text: str) -> None:
    words = tokenise(text)
    for written, form in zip(words.written, words.forms, strict=True):
        assert word_forms(written) == (written, form)


@pytest.mark.parametrize("piece", ["а", "A.", "a'", "a\u00ad", "a\u0301\u0316", "🙂", "a ", "\u202eא"])
def test_five_megabytes_of_anything_are_cut_in_linear_time(piece: str) -> None:
    text = piece * (5_000_000 // len(piece))
    words = tokenise(text)
    assert len(words) == len(words.forms) == len(words.starts)
    assert all(text.startswith(words.raw[index], words.starts[index]) for index in range(0, len(words), 10_000))


def test_an_endless_word_is_compared_by_its_beginning() -> None:
    assert tokenise("а" * 1_000_000).forms == ("а" * 64,)
