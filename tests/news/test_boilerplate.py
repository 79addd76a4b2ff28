"""What is split from a text, and the near misses that stay in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.boilerplate import split_text
from tests.shared import shared

FIRST = "Спасатели доставили воду и палатки в три района области, где дома остались без связи."
SECOND = "Работы продолжаются, сообщили в ведомстве: к вечеру обещают открыть две дороги."
NEWS = f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("opening", "dated"),
    [
        ("Астана, 3 мая 2018 год - ", "3 мая 2018 год"),
        ("г. Астана, 3 мая 2018 года – ", "3 мая 2018 года"),
        ("ASTANA. KAZINFORM – ", ""),
        ("ASTANA.KAZINFORM -", ""),
        ("TAShKENT. KAZINFORM — ", ""),
        ("date 2017-07-04 ASTANA. KAZINFORM - ", "2017-07-04"),
        ("АСТАНА. КАЗИНФОРМ – ", ""),
        ("ASTANA. QazAqparat - ", ""),
        ("АСТАНА. 5 октября. КАЗИНФОРМ – ", "5 октября"),
        ("NUR-SULTAN. KAZINFORM – ", ""),
        ("ТАШКЕНТ. УзА – ".upper(), ""),
        ("Kazinform – ", ""),
        ("Geneva, 5 March 2024 – ", "5 March 2024"),
        ("New York, March 5, 2024 (UN News) - ", "March 5, 2024"),
        ("Астана қ., 2018 жылғы 3 мамыр – ", "2018 жылғы 3 мамыр"),
        ("Astana, 2024 jylǵy 7 naýryz – ", "2024 jylǵy 7 naýryz"),
    ],
)
def test_a_dateline_of_any_spelling_is_split_off_and_dates_the_text(opening: str, dated: str) -> None:
    parts = split_text(opening + NEWS)
    assert (parts.body, parts.dated) == (NEWS, dated)
    assert parts.aside == opening.rstrip(" –—-")


@pytest.mark.parametrize(
    "sentence",
    [
        "COVID-19 – болезнь, о которой ведомство напомнило школам.",
        "Министерство, ОБСЕ и ЮНИСЕФ - организаторы учений в трёх областях.",
        "МЧС. ООН – так подписаны палатки, которые привезли в район.",
        "Deputy Minister - Head of Office received the delegation on 3 May 2018.",
        "Astana, Almaty - both cities sent water and tents.",
        "The office, opened on 5 March 2024 – a week late – has two rooms.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(sentence: str) -> None:
    assert split_text(f"{sentence}\n{SECOND}").body == f"{sentence}\n{SECOND}"


def test_a_dateline_may_come_below_a_headline_or_a_lead() -> None:
    parts = split_text(f"Вода доставлена\nАстана, 3 мая 2018 год - {NEWS}")
    assert (parts.body, parts.dated) == (f"Вода доставлена\n{NEWS}", "3 мая 2018 год")


def test_what_stands_above_the_first_sentence_is_split_off() -> None:
    above = "Home » News\n11:17, 30 Qańtar 2026 | GMT +5\nВода  «доставлена»!\nФото: пресс-служба"
    parts = split_text(f"{above}\n{NEWS}", title="Вода доставлена")
    assert parts.body == NEWS
    assert parts.aside.split("\n") == [" ".join(line.split()) for line in above.split("\n")]
    assert parts.dated == "11:17, 30 Qańtar 2026 | GMT +5"
    assert split_text(NEWS, title="Вода доставлена").body == NEWS


@pytest.mark.parametrize("opening", ["On April 20, 2022, a delegation met.", "20 апреля 2022 года делегация прибыла."])
def test_a_text_that_opens_with_a_day_is_dated_by_it_and_keeps_it(opening: str) -> None:
    parts = split_text(f"{opening}\n{NEWS}")
    assert parts.body.startswith(opening)
    assert "2022" in parts.dated
    assert split_text("In 2022 a delegation met.\nOn 3 May it left.").dated == ""


@pytest.mark.parametrize(
    "reference",
    [
        "Справка: Центр открыт в 1998 году.\nВ нём работают двадцать человек.",
        "Справочно: Центр открыт в 1998 году.",
        "Для справки\nЦентр открыт в 1998 году.",
        "For reference: The centre was opened in 1998.",
        "Notes to editors:\nThe centre was opened in 1998.",
        "Анықтама: Орталық 1998 жылы ашылды.",
        "Anyqtama: Ortalyq 1998 jyly ashyldy.",
    ],
)
def test_a_reference_block_goes_to_its_end(reference: str) -> None:
    parts = split_text(f"{NEWS}\n{reference}")
    assert (parts.body, parts.aside) == (NEWS, reference)


def test_a_reference_in_the_midst_of_the_news_is_only_its_own_paragraph() -> None:
    parts = split_text(f"{FIRST}\nСправка: Центр открыт в 1998 году.\n{SECOND}\n{SECOND} И ещё.")
    assert parts.body == f"{FIRST}\n{SECOND}\n{SECOND} И ещё."
    assert split_text("Справка: Центр открыт в 1998 году.").body == "Справка: Центр открыт в 1998 году."


@pytest.mark.parametrize(
    "line",
    [
        "Справка о составе семьи теперь выдаётся без очереди.",
        "Анықтама қызметі жаңа нөмірге көшті.",
        "For reference books the library has opened a new room.",
        "Пресс-служба МИД сообщила о встрече послов.",
        "Фото жителей района показали на выставке, которую открыли в субботу.",
        "Photo exhibition of the region opens on Saturday.",
        "Ранее министр занимал пост посла в двух странах.",
        "Ранее министр сообщал послам о ходе переговоров.",
        "Дорогу, о которой сообщалось ранее, открыли.",
        "Earlier the minister reported to the parliament on water.",
        "It was reported that two roads are closed.",
        "Бұған дейін ол министр қызметін атқарған.",
        "Buǵan deıin ol mınıstr qyzmetin atqarǵan.",
        "Бұған дейін министр бұл туралы мәлімдеген болатын.",
        "Подписывайте заявления до пятницы, напомнили в ведомстве.",
        "Read also the second chapter, which lists the roads.",
        "12 24 36 480",
        "2023 2024 2025",
        "Home to two rivers, the region is often flooded.",
    ],
)
def test_a_line_that_only_looks_like_boilerplate_stays(line: str) -> None:
    assert split_text(f"{FIRST}\n{line}\n{SECOND}").body == f"{FIRST}\n{line}\n{SECOND}"
    assert split_text(f"{line}\n{SECOND}").body == f"{line}\n{SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        "Images | Kazakh MFA",
        "Фото: пресс-служба ведомства",
        "Photo credit: IFRC",
        "Photo by the press office",
        "© UNICEF/Office",
        "UN Photo/Office",
        "Сурет: баспасөз қызметі",
        "20 04 22 1",
        "IMG_2041.jpg",
        "photo_2024-02-22_10-11-12.jpg",
        "Soundcloud",
        "Tweet URL",
        "Дорогой посетитель!",
        "Подписывайтесь на наш канал",
        "Ранее сообщалось, что в соседней области открыли мост.",
        "Ранее Kazinform сообщал о наводнении в соседней области.",
        "Напомним, ранее сообщалось о ремонте моста.",
        "Как сообщалось ранее, мост закрыт.",
        "Earlier it was reported that a bridge is closed.",
        "As reported earlier, a bridge is closed.",
        "Buǵan deıin kópirdiń jabylǵanyn habarlaǵan edik.",
        "Buğan deiin köpirdiñ jabylğanyn habarlağan bolatynbyz.",
        "Бұған дейін көпірдің жабылғанын хабарлаған едік.",
        "Осыған дейін көпірдің жабылғаны туралы жазған болатынбыз.",
        "Читайте также: Мост закрыт",
        "Read also: A bridge is closed",
    ],
)
def test_credits_captions_embeds_notices_and_teasers_are_split_off(line: str) -> None:
    for text in (f"{FIRST}\n{line}\n{SECOND}", f"{NEWS}\n{line}"):
        parts = split_text(text)
        assert (parts.body, parts.aside) == (NEWS, line)


def test_the_headlines_below_a_pointer_go_with_it() -> None:
    parts = split_text(f"{FIRST}\nЧитайте также:\nМост закрыт до пятницы\nПогода на неделю\n{SECOND}")
    assert parts.body == NEWS


@pytest.mark.parametrize(
    "signature",
    [
        "Пресс-релиз\nМинистерства иностранных дел\nРеспублики Казахстан",
        "Пресс-служба МИД РК",
        "Press service of the Ministry of Foreign Affairs",
        "Қазақстан Республикасы\nСыртқы істер министрлігінің\nбаспасөз қызметі",
    ],
)
def test_a_signature_closes_a_text_and_what_comes_before_it_is_judged_alone(signature: str) -> None:
    assert split_text(f"{NEWS}\n{signature}").body == NEWS
    parts = split_text(f"{NEWS}\nСправка: Центр открыт в 1998 году.\n{signature}")
    assert parts.body == NEWS
    assert parts.aside == f"Справка: Центр открыт в 1998 году.\n{signature}" or set(parts.aside.split("\n")) == {
        "Справка: Центр открыт в 1998 году.",
        *signature.split("\n"),
    }


def test_a_source_names_notices_of_its_own() -> None:
    text = f"{NEWS}\nНаш сайт меняется. Пишите нам."
    assert split_text(text).body == text
    assert split_text(text, notices=("Наш сайт меняется", "")).body == NEWS


def test_a_text_of_teasers_alone_stays_a_text() -> None:
    line = "Ранее сообщалось, что в соседней области открыли мост."
    assert split_text(f"{line}\nФото: пресс-служба").body == line
    assert split_text("Фото: пресс-служба").body == ""


@given(st.lists(st.text(max_size=80), max_size=8), st.text(max_size=40))
def test_no_letter_is_lost_or_made_up(lines: list[str], title: str) -> None:
    text = "\n".join(lines)
    parts = split_text(text, title=title)
    dashes = " –—-\u2010\u2011"

    def signs(value: str) -> list[str]:
        return sorted(sign for sign in value if not sign.isspace() and sign not in dashes)

    assert signs(parts.body + parts.aside) == signs(text)


def test_kazinforms_kazakh_records_lose_title_hour_dateline_and_teaser() -> None:
    for line in shared("payloads/kazinform/qz-inform-kz.3-records.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        parts = split_text(record["text"], title=record["title"])
        assert record["title"] not in parts.body
        assert "KAZINFORM" not in parts.body
        assert "GMT" not in parts.body
        assert "Buǵan deıin" not in parts.body
        assert len(parts.body) > 0.6 * len(record["text"])
