"""Kazakh endings in Cyrillic and in the Latin alphabets, and watches that cross between them."""

from __future__ import annotations

import pytest

from news.text import kazakh, kazakh_latin
from tests.news.text.hits import hits


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("министр", "министрлердің"),
        ("министр", "министріміз"),
        ("министрлік", "министрлігінде"),
        ("елші", "елшілермен"),
        ("елші", "елшіміздің"),
        ("қаулы", "қаулысымен"),
        ("Қазақстан", "Қазақстандағыларға"),
        ("Қазақстан", "Қазақстандікі"),
        ("тарих", "тарихымызға"),
        ("ел", "еліңізден"),
        ("ел", "елімізге"),
        ("бала", "баламызды"),
        ("орын", "орнында"),
        ("халық", "халқымызға"),
        ("ауыз", "аузынан"),
        ("дауыс", "даусымен"),
        ("қауіп", "қаупі"),
        ("кітап", "кітабы"),
        ("факт", "фактісінің"),
        ("су", "суы"),
        ("ай", "айға"),
        ("Сыртқы істер министрлігі", "Сыртқы істер министрлігіндегі"),
        ("Жібек жолы", "Жібек жолында"),
        ("су тасқыны", "су тасқынынан"),
        ("Қазақстан Республикасы Үкіметі", "Қазақстан Республикасының Үкіметі"),
        ("Біріккен Ұлттар Ұйымы", "Біріккен Ұлттар Ұйымының"),
        ("Тоқаев", "Тоқаевпен"),
        ("Әлиев", "Әлиевке"),
        ("клуб", "клубта"),
        ("газ", "газбен"),
        ("Алматы", "Алматыдағы"),
    ],
)
def test_inflection_matches(term: str, text: str) -> None:
    assert hits(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("министр", "министрлік"),
        ("министр", "министрлігі"),
        ("елші", "елшілік"),
        ("елші", "елшілігінің"),
        ("халық", "халықаралық"),
        ("аудан", "аудандық"),
        ("Қазақстан", "қазақстандық"),
        ("Қазақстан", "қазақша"),
        ("зілзала", "зілзаладай"),
        ("су", "сусыз"),
        ("бал", "балшы"),
        ("алты", "алтын"),
        ("батыс", "батс"),
        ("Сыртқы істер министрлігі", "Сыртқы істер министрінің"),
        ("Сыртқы істер министрлігі", "Сыртқы істердің министрлігі"),
        ("төтенше жағдай", "төтенше, жағдай"),
        # Back and front vowels never mix within a chain of endings.
        ("Қазақстан", "Қазақстанларде"),
        ("министр", "министрлерға"),
        ("тұр", "түр"),
        ("сан", "саң"),
    ],
)
def test_other_words_do_not(term: str, text: str) -> None:
    assert not hits(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Тоқаев", "Toqaevtyń"),
        ("Тоқаев", "Toqaevpen"),
        ("Нұртілеу", "Nurtileýdiń"),
        ("Нұртілеу", "Nūrtıleudıñ"),
        ("Қызыл Жарты Ай", "Qyzyl Jarty Aıdyń"),
        ("Qyzyl Jarty Aı", "Қызыл Жарты Айдың"),
        ("Qyzyl Jarty Ai", "Qyzyl Jarty Aıǵa"),
        ("Qazaqstan", "Қазақстандағы"),
        ("Qazaqstan", "Qazaqstanğa"),
        ("Qazaqstan", "Qazaqstannyń"),
        ("Сыртқы істер министрлігі", "Syrtqy ister mınıstrliginiń"),
        ("Syrtqy ister mınıstrligi", "Сыртқы істер министрлігін"),
        ("halyq", "халқымен"),
        ("министр", "mınıstrdiń"),
        ("жаңалық", "jańalyqtary"),
        ("жаңалық", "jañalyqtar"),
        ("Nūrtıleu", "Нұртілеуге"),
        ("Қызылорда", "Qyzylordada"),
    ],
)
def test_scripts_meet(term: str, text: str) -> None:
    assert hits(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("министр", "ministry"),
        ("министр", "minister"),
        ("Герман", "German"),
        ("Герман", "Germany"),
        ("мен", "men"),
        ("сан", "San"),
        ("Qatar", "қатар"),
        ("Қызыл Жарты Ай", "Qyzyl Aı"),
        ("Pakistan", "Pakistani"),
        ("Lin", "Linda"),
        ("Qazaqstan", "қазақстандық"),
        ("Qazaqstan", "qazaqstandyq"),
    ],
)
def test_scripts_do_not_meet_by_chance(term: str, text: str) -> None:
    assert not hits(term, text)


def test_a_token_may_be_a_form_of_few_words() -> None:
    assert kazakh.stems("министрлерінің")[0] == "министрлерінің"
    assert "министр" in kazakh.stems("министрлерінің")
    assert max(len(kazakh.stems("а" * size + "ларындағылардың")) for size in (2, 40)) < 16


def test_every_alphabet_folds_alike() -> None:
    assert kazakh_latin.fold("нұртілеу") == kazakh_latin.fold("nurtileý") == kazakh_latin.fold("nūrtıleu")
    assert kazakh_latin.fold("жаңалық") == kazakh_latin.fold("jańalyq") == kazakh_latin.fold("jañalyq")
    assert kazakh_latin.fold("шәкәрім") == kazakh_latin.fold("shákárim") == kazakh_latin.fold("şäkärım")
