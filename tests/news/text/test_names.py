"""A person of a watch in a text: in every case and script, and not another person of the same surname."""

from __future__ import annotations

import pytest

from news.text.names import is_given_name, is_shouted, name_answers, name_pattern
from tests.news.text.hits import finds
from tests.news.text.labelled import Score, rows
from tests.shared import shared


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Кайрат Абдрахманов", "К. Абдрахманов принял посла"),
        ("Кайрат Абдрахманов", "К.К. Абдрахманов"),
        ("Кайрат Абдрахманов", "визит Кайрата Абдрахманова"),
        ("Кайрат Абдрахманов", "с Кайратом Абдрахмановым"),
        ("Кайрат Абдрахманов", "Kayrat Abdrakhmanov"),
        ("Кайрат Абдрахманов", "K. Abdrakhmanov's visit"),
        ("Кайрат Абдрахманов", "Қайрат Әбдірахмановтың"),
        ("Кайрат Абдрахманов", "Абдрахманов Кайрат Кудайбергенович"),
        ("Кайрат Абдрахманов", "КАЙРАТ АБДРАХМАНОВ ПРИНЯЛ ПОСЛА"),
        ("Кайрат Абдрахманов", "В Астане Абдрахманов"),
        ("Murat Nurtleu", "Мурата Нуртлеу"),
        ("Murat Nurtleu", "Мұрат Нұртілеумен"),
        ("Murat Nurtleu", "Nurtileýdiń"),
        ("Мұрат Нұртілеу", "Minister Nurtleu"),
        ("Қасым-Жомарт Тоқаев", "президента К.-Ж. Токаева"),
        ("Тоқаев Қасым-Жомарт Кемелұлы", "Kassym-Jomart Tokayev"),
        ("Natalia Gherman", "Натальи Герман"),
        ("Natalia Alonso Cano", "Наталией Алонсо Кано"),
        ("Франческо Рокка", "с Франческо Роккой"),
        ("Франческо Рокка", "Francesco Rocca"),
        ("Цой", "министр Цой"),
        ("Цой", "А. Цой"),
        ("Дарига Назарбаева", "Дариге Назарбаевой"),
        ("Абдрахманов", "Абдрахманова назначили послом"),
        ("Абдрахманов", "встреча Абдрахманова с послом"),
        ("Абдрахманов", "Кайрата Абдрахманова"),
        ("Абдрахманова", "Абдрахманова заявила"),
    ],
)
def test_a_person_is_found(name: str, text: str) -> None:
    assert finds(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Кайрат Абдрахманов", "Абдрахманова Айгуль"),
        ("Кайрат Абдрахманов", "Айгуль Абдрахманова"),
        ("Кайрат Абдрахманов", "А. Абдрахманов"),
        ("Кайрат Абдрахманов", "Nurlan Abdrakhmanov"),
        ("Кайрат Абдрахманов", "Абдрахмановой"),
        ("Кайрат Абдрахманов", "село Абдрахмановка"),
        ("Дарига Назарбаева", "Нурсултана Назарбаева"),
        ("Дарига Назарбаева", "Назарбаев"),
        ("Murat Nurtleu", "нуртлеу"),
        ("Murat Nurtleu", "Nurlan"),
        ("Natalia Gherman", "a German court"),
        ("Natalia Gherman", "German court"),
        ("Natalia Gherman", "в Германии"),
        ("Natalia Alonso Cano", "режиссёр Кано"),
        ("Франческо Рокка", "фестиваль Рокка"),
        ("Цой", "Цой жив"),
        ("Иван Мороз", "Мороз и солнце"),
        ("Абдрахманов", "Айгуль Абдрахманова"),
        ("Абдрахманов", "Министр Абдрахманова заявила"),
        ("Абдрахманов", "Абдрахманова"),
        ("Kakha Imnadze", "Натия Имнадзе"),
    ],
)
def test_another_is_not(name: str, text: str) -> None:
    assert not finds(name, text)


@pytest.mark.parametrize(
    ("surname", "needs"),
    [
        ("Cano", True),
        ("Юн", True),
        ("Цой", True),
        ("Rock", True),
        ("Мороз", True),
        ("Gherman", True),
        ("Nurtleu", False),
        ("Абдрахманов", False),
        ("Тоқаев", False),
    ],
)
def test_short_and_word_like_surnames_need_support(surname: str, needs: bool) -> None:
    assert name_pattern([surname]).needs_support is needs


def test_capitals_are_no_names_unless_all_is_in_capitals() -> None:
    assert not name_answers("ТОКАЕВ", "токаев")
    assert name_answers("ТОКАЕВ", "токаев", shouted=True) & name_pattern(["Токаев"]).surname
    assert is_shouted(["ГЛАВА", "МИД", "ПРИБЫЛ", "В", "АСТАНУ"])
    assert not is_shouted(["Глава", "МИД", "прибыл", "в", "Астану"])
    assert not is_shouted(["УВКБ", "ООН"])


def test_given_names_in_any_case() -> None:
    assert all(is_given_name(word) for word in ("Айгуль", "Нурлану", "Мұраттың", "Aigul", "Michael", "Сергея"))
    assert not any(is_given_name(word) for word in ("Астана", "Министр", "Казахстана", "Foreign", "айгуль"))


def test_no_words_are_no_name() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        name_pattern([])


def test_persons_of_real_texts() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(shared("seeds").glob("*.txt"))]
    found = {
        name: [number for number, text in enumerate(texts) if finds(name, text)]
        for name in ("Кайрат Абдрахманов", "Francesco Rocca", "Мұрат Нұртілеу", "Наталья Герман", "Каха Имнадзе")
    }
    assert found == {
        "Кайрат Абдрахманов": [0, 1],
        "Francesco Rocca": [1],
        "Мұрат Нұртілеу": [3],
        "Наталья Герман": [4],
        "Каха Имнадзе": [3],
    }


def test_labelled_names_as_watches() -> None:
    """The pairs as a watch meets them: endings cut, other persons' given names told apart, short surnames supported."""
    score = Score()
    for one, other, expected in rows(shared("eval/names.tsv")):
        score.add(hit=finds(one, other), expected=expected == "1", what=f"{one} / {other}")
    print(f"names.tsv as watches: {score}")
    assert score.precision >= 0.97, score
    assert score.recall >= 0.80, score
