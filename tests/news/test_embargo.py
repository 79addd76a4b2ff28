"""Labels of publishers that ask to hold a text back, in three languages; all of them invented samples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.embargo import UNNAMED, embargo_in_force, find_embargo
from news.item import Item
from news.source import Standing

SEEN = datetime(2024, 3, 6, 6, 0, tzinfo=UTC)
BODY = "Drought costs rose again this year, the office said on Friday.\nA second paragraph says more."


def an_item(title: str = "Drought report", *, text: str = BODY, language: str = "en", aside: str = "") -> Item:
    return Item(
        title=title,
        url="https://un.example/1",
        source="un-en",
        publisher="UN News",
        standing=Standing.UN,
        language=language,
        seen_at=SEEN,
        keys=(),
        text_hash="",
        content_hash="",
        text=text,
        aside=aside,
    )


def march(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 3, day, hour, minute, tzinfo=UTC)


# Kazakhstan is UTC+5 in March 2024; the hours below are UTC.
LABELS = {
    "EMBARGOED until 10:00 GMT 8 March 2024": march(8, 10),
    "Embargo: not for release before 8 March 2024, 10:00 GMT": march(8, 10),
    "Embargoed until 8 March 2024, 00:01 GMT": march(8, 0, 1),
    "STRICTLY EMBARGOED UNTIL 0001 HRS GMT FRIDAY 8 MARCH": march(8, 0, 1),
    "(Embargoed until Friday, 8 March, 11 a.m. Geneva time)": march(8, 10),
    "EMBARGOED until 10.00 Astana time, 8 March": march(8, 5),
    "Under embargo until 12 noon CET on 8 March 2024": march(8, 11),
    "Not for publication or broadcast before 10:00 Geneva time, 8 March 2024": march(8, 9),
    "Hold for release until 8 March": march(7, 19),
    "EMBARGOED FOR RELEASE UNTIL 8 MARCH 2024": march(7, 19),
    "Do not publish before 15:00 Almaty time": march(6, 10),
    "For release: 8 March 2024, 10:00 GMT": march(8, 10),
    "Embargo 8 March 2024 10:00 GMT": march(8, 10),
    "Эмбарго до 10:00 8 марта 2024 года": march(8, 5),
    "Эмбарго: до 8 марта, 10.00 по времени Астаны": march(8, 5),
    "До 10:00 8 марта не публиковать": march(8, 5),
    "Не для публикации до 8 марта 2024 г., 10:00 мск": march(8, 7),
    "Под эмбарго до 12 часов 8 марта": march(8, 7),
    "Просьба не публиковать до 15:00 8 марта": march(8, 10),
    "Не публиковать ранее 08.03.2024 10:00": march(8, 5),
    "ЭМБАРГО ДО 10:00 ПО МОСКОВСКОМУ ВРЕМЕНИ 8 МАРТА": march(8, 7),
    "Публикация разрешена после 10:00 8 марта 2024 года": march(8, 5),
    "8 наурыз 2024 жылғы сағат 10:00-ге дейін жарияланбасын": march(8, 5),
    "Эмбарго: 8 наурыз, сағат 10:00-ге дейін": march(8, 5),
    "2024 жылғы 8 наурызға дейін жариялауға болмайды": march(7, 19),
    "8 наурызда 10:00-ден бұрын жарияланбасын": march(8, 5),
    "Сағат 10:00-ге дейін жариялауға рұқсат етілмейді": march(7, 5),
}

NONE = [
    "EU agrees embargo on Russian oil until 8 March",
    "Embargo on oil",
    "Arms embargo until 8 March 2024 extended",
    "The embargo until 8 March remains, the minister said.",
    "The arms embargo, until 8 March 2024, remains in force.",
    "Embargo extended until 8 March",
    "UN arms embargo",
    "Under embargo, oil prices rose",
    "Embargo: a history of sanctions",
    "The embargoed goods were listed on 8 March 2024",
    "Embargo until 8 March: minister explains the ban on exports",
    "He asked reporters not to publish before 8 March.",
    "For release of hostages before 8 March",
    "FOR IMMEDIATE RELEASE",
    "Not for sale before 8 March",
    "Эмбарго на поставки зерна до 8 марта",
    "Россия ввела эмбарго: поставки остановлены",
    "Эмбарго: что это значит для Казахстана",
    "Эмбарго до 31 декабря: Казахстан запретил вывоз",
    "Казахстан снял эмбарго",
    "Мұнайға эмбарго 8 наурызға дейін",
    "Қару-жараққа эмбарго салынды",
]


@pytest.mark.parametrize(("label", "until"), LABELS.items())
@pytest.mark.parametrize("where", ["title", "first", "last", "aside"])
def test_a_label_is_found_wherever_publishers_put_it(label: str, until: datetime, where: str) -> None:
    long = "\n".join(f"Paragraph {number} of the report." for number in range(30))
    item = {
        "title": an_item(f"{label} - Drought report") if label[0] != "(" else an_item(f"Drought report {label}"),
        "first": an_item(text=f"{label}\n{long}"),
        "last": an_item(text=f"{long}\n{label}"),
        "aside": an_item(aside=label),
    }[where]

    found = find_embargo(item, zone="Asia/Almaty")

    if where == "title" and "embargoed" not in label.lower() and found is None:
        # A bare noun and a day in a headline may be an embargo of trade.
        assert "10:00" not in label
        return
    assert found is not None
    assert found.until == until
    assert found.words in f"{item.title}\n{item.text}\n{item.aside}"


@pytest.mark.parametrize("text", NONE)
def test_news_of_an_embargo_is_no_label(text: str) -> None:
    assert find_embargo(an_item(text), zone="Asia/Almaty") is None
    assert find_embargo(an_item(text=f"{text}\n{BODY}"), zone="Asia/Almaty") is None
    assert find_embargo(an_item(text=f"{BODY} {text}"), zone="Asia/Almaty") is None


def test_a_label_in_the_middle_of_a_long_text_is_somebodys_words() -> None:
    middle = "\n".join(["A line."] * 9 + ["Embargoed until 8 March 2024, 10:00 GMT"] + ["A line more."] * 9)

    assert find_embargo(an_item(text=middle), zone="Asia/Almaty") is None


@pytest.mark.parametrize("title", ["[EMBARGO] Drought report", "EMBARGOED: Drought report", "Под эмбарго: доклад"])
def test_a_label_without_a_time_holds_for_a_day(title: str) -> None:
    item = an_item(title)
    found = find_embargo(item, zone="Asia/Almaty")

    assert found is not None
    assert found.until is None
    assert found.ends_at(item.seen_at) == SEEN + UNNAMED
    assert embargo_in_force(item, zone="Asia/Almaty", now=SEEN + UNNAMED - timedelta(seconds=1)) == found
    assert embargo_in_force(item, zone="Asia/Almaty", now=SEEN + UNNAMED) is None


def test_a_label_is_in_force_until_its_very_minute() -> None:
    item = an_item("EMBARGOED until 10:00 GMT 8 March 2024: Drought report")

    assert embargo_in_force(item, zone="Asia/Almaty", now=march(8, 9, 59)) is not None
    assert embargo_in_force(item, zone="Asia/Almaty", now=march(8, 10)) is None


def test_an_hour_without_a_zone_is_the_sources() -> None:
    item = an_item(text=f"Embargoed until 10:00 on 8 March 2024\n{BODY}")

    assert find_embargo(item, zone="Europe/Zurich") != find_embargo(item, zone="Asia/Almaty")
    assert embargo_in_force(item, zone="Europe/Zurich", now=march(8, 8, 59)) is not None


def test_of_two_labels_the_later_counts() -> None:
    item = an_item("EMBARGOED: Drought report", text=f"Embargoed until 10:00 GMT 8 March 2024\n{BODY}")
    found = find_embargo(item, zone="Asia/Almaty")

    assert found is not None
    assert found.until == march(8, 10)


def test_long_texts_and_endless_lines_cost_little() -> None:
    for text in ("embargo " * 50_000, "Embargoed until " + "8 " * 100_000, "не публиковать до\n" * 20_000):
        find_embargo(an_item(text[:600], text=text), zone="Asia/Almaty")
