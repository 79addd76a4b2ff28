"""Keys of terms and tokens: abbreviations, doubtful input, the labelled forms, and what people are told."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.text.forms import answered_keys, asked_keys, explained_forms, is_abbreviation
from news.text.words import tokenise, word_forms
from tests.news.text.hits import hits
from tests.news.text.labelled import Score, rows
from tests.shared import shared


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("UN", "the UN's role"),
        ("UN", "U.N. envoy"),
        ("UN", "UN-backed"),
        ("NGO", "NGOs"),
        ("МИД", "МИДа"),
        ("МИД", "МИДом"),
        ("МИД", "МИД-у"),
        ("ЧС", "последствия ЧС"),
        ("ООН", "ООН-Хабитат"),
        ("ПРООН", "ПРООН"),
        ("БҰҰ", "БҰҰ-ның"),
        ("БҰҰ", "БҰҰның"),
        ("АҚШ", "АҚШ-тағы"),
        ("СІМ", "СІМге"),
        ("ТЖМ", "ТЖМ-нің"),
        ("un", "UN"),
    ],
)
def test_abbreviations_take_endings(term: str, text: str) -> None:
    assert hits(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("UN", "unit"),
        ("UN", "un"),
        ("UN", "Un"),
        ("UN", "UNDP"),
        ("WHO", "who"),
        ("WHO", "Whole"),
        ("US", "us"),
        ("ООН", "зоонадзор"),
        ("ООН", "ПРООН"),
        ("ООН", "оон"),
        ("МИД", "мидия"),
        ("МИД", "Мидас"),
        ("МИД", "пирамида"),
        ("МЧС", "МЧСКА"),
        ("ЧС", "час"),
        ("СІМ", "сім"),
        ("АҚШ", "ақша"),
        ("ТЖ", "тж"),
        ("БҰҰ", "бұл"),
    ],
)
def test_abbreviations_keep_their_case(term: str, text: str) -> None:
    assert not hits(term, text)


def test_what_an_abbreviation_is() -> None:
    assert [word for word in ("UN", "UNRCCA", "МФОКККП", "U", "Un", "COP29") if is_abbreviation(word)] == [
        "UN",
        "UNRCCA",
    ]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_labelled_forms(language: str) -> None:
    score = Score()
    for term, of, text, expected in rows(shared("eval/forms.tsv")):
        if of == language:
            score.add(hit=hits(term, text), expected=expected == "1", what=f"{term}: {text}")
    print(f"forms.tsv {language}: {score}")
    if language == "en":
        assert len(score.wrong) <= 2, score
    else:
        assert score.f1 >= 0.97, score


@pytest.mark.parametrize(
    "term", ["Красный Полумесяц", "Международная федерация", "беженец", "чрезвычайная ситуация", "Рокка"]
)
def test_a_real_text_is_hit(term: str) -> None:
    [path] = shared("seeds").glob("001_*.txt")
    assert hits(term, path.read_text(encoding="utf-8"))


def test_the_news_of_one_text_costs_little() -> None:
    spellings: dict[str, list[float]] = defaultdict(list)
    for language, text in {
        "en": "The Minister of Foreign Affairs received the head of the regional centre for early warning",
        "ru": "Министр иностранных дел принял руководителя регионального центра раннего предупреждения",
        "kk": "Сыртқы істер министрі ерте ескерту жөніндегі өңірлік орталықтың басшысын қабылдады",
    }.items():
        words = tokenise(text)
        for word in zip(words.written, words.forms, strict=True):
            start = time.perf_counter()
            answered_keys(*word)
            spellings[language].append(time.perf_counter() - start)
    # Some 15 microseconds on a common machine; ten times that would be a loop gone wrong.
    assert all(statistics.median(times) < 150e-6 for times in spellings.values())


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_any_text_is_taken_as_a_term_and_as_a_text(text: str) -> None:
    words = tokenise(text)
    asked = asked_keys(words.written)
    assert len(asked) == len(words)
    for keys, written, form in zip(asked, words.written, words.forms, strict=True):
        # Whatever a word is taken for, it hits itself.
        assert keys & answered_keys(written, form)


def test_an_endless_word_stays_cheap() -> None:
    start = time.perf_counter()
    for letter in "aаәıĞ":
        answered_keys(*word_forms(letter * 100_000))
        asked_keys([word_forms(letter * 100_000).written])
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("term", "language", "form"),
    [
        ("early warning", "en", "early warnings"),
        ("UN", "en", "UN's"),
        ("Embassy", "en", "Embassies"),
        ("Красный Полумесяц", "ru", "Красного Полумесяца"),
        ("министр", "ru", "министром"),
        ("министр", "kk", "министрдің"),
        ("МИД", "ru", "МИДом"),
        ("Сыртқы істер министрлігі", "kk", "Сыртқы істер министрлігіне"),
        ("Тоқаев", "kk", "Тоқаевтың"),
        ("Нұртілеу", "kk", "Нұртілеудің"),
        ("БҰҰ", "kk", "БҰҰ-ның"),
    ],
)
def test_people_are_told_forms_that_hit(term: str, language: str, form: str) -> None:
    explained = explained_forms(tokenise(term).written)
    assert form in explained[language]
    assert all(hits(term, shown) for forms in explained.values() for shown in forms)


def test_people_are_told_the_likely_languages_only() -> None:
    reads = {term: list(explained_forms(tokenise(term).written)) for term in ("flood", "паводковый", "Қызыл Жарты Ай")}
    assert reads == {"flood": ["en"], "паводковый": ["ru"], "Қызыл Жарты Ай": ["kk"]}
