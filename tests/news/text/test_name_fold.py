"""One key for a name in every script, and the looser key that only suggests."""

from __future__ import annotations

import pytest

from news.text.name_fold import fold, same_name, skeleton, suggests
from tests.news.text.labelled import Score, rows
from tests.shared import shared


@pytest.mark.parametrize(
    "spellings",
    [
        ("Tokayev", "Токаев", "Тоқаев", "Toqaev", "Tokaev"),
        ("Abdrakhmanov", "Абдрахманов", "Әбдірахманов", "Abdrahmanov"),
        ("Nurtleu", "Нуртлеу", "Нұртілеу", "Nūrtıleu"),
        ("Zhumagaliyev", "Жумагалиев", "Жұмағалиев", "Jūmağaliev", "Dzhumagaliev"),
        ("Sharipkhanov", "Шарипханов", "Шәріпханов"),
        ("Konoé", "Konoe", "Коноэ"),
        ("Imnadze", "Имнадзе"),
        ("Gherman", "German", "Герман"),
        ("Alexey", "Aleksei", "Алексей"),
        ("Natalia", "Natalya", "Наталия", "Наталья"),
        ("Shcherbakov", "Scherbakov", "Щербаков"),
        ("Kulginov", "Кульгинов", "Көлгінов"),
        ("Zhunusov", "Жунусов", "Жүнісов"),
        ("Francesco", "Франческо"),
        ("Recep", "Реджеп"),
        ("Philipp", "Филипп", "Filip"),
        ("Baimukhan", "Baymukhan", "Баймухан", "Баймұхан"),
        ("Артём", "Артем", "Artem", "Artyom"),
    ],
)
def test_spellings_of_one_name_meet(spellings: tuple[str, ...]) -> None:
    first, *others = spellings
    assert [other for other in others if not same_name(first, other)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karimov", "Каримова"),
        ("Абдрахманов", "Абдрахимов"),
        ("Nurtleu", "Нуртаев"),
        ("Жапарова", "Japarov"),
        ("Cano", "Can"),
        ("Mirziyoyev", "Мирзоев"),
        ("Kairat Umarov", "Умаров"),
        ("Kassymbek", "Касымбеков"),
    ],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_the_skeleton_suggests_what_the_fold_misses() -> None:
    assert skeleton("Karimov") != skeleton("Karimova")
    assert suggests("Tukumov", "Тукимов")
    assert not same_name("Tukumov", "Тукимов")
    assert not suggests("Bektenov", "Бектанов Олжас")
    assert not suggests("Kulginov", "Куликов")


def test_a_fold_of_nothing_but_marks_is_empty() -> None:
    assert fold("ь") == ""
    assert fold("'") == ""


def test_labelled_names() -> None:
    alerts, suggestions = Score(), Score()
    for one, other, expected in rows(shared("eval/names.tsv")):
        pair = f"{one} / {other}"
        alerts.add(hit=same_name(one, other), expected=expected == "1", what=pair)
        suggestions.add(hit=suggests(one, other), expected=expected == "1", what=pair)
    print(f"names.tsv fold: {alerts}\nnames.tsv suggestions: {suggestions}")
    assert alerts.precision >= 0.97, alerts
    assert alerts.recall >= 0.80, alerts
    assert suggestions.recall > alerts.recall
