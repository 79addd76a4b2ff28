"""News that begins as boilerplate does and stays in the body, beside the boilerplate that goes, kind by kind."""

from __future__ import annotations

import pytest

from news.boilerplate import split_text

FIRST = "Спасатели доставили воду и палатки в три района области, где дома остались без связи."
SECOND = "Работы продолжаются, сообщили в ведомстве: к вечеру обещают открыть две дороги."
NEWS = f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "sentence",
    [
        "UNDP, UNICEF – partners of the exercise in three regions.",
        "NATO, OSCE - both sent observers to the exercise.",
        "UNDRR/UNICEF – joint training opened in the region.",
        "UNICEF. UNDP – two offices moved to one house.",
        "UNICEF, TASS – both opened an exhibition on water.",
        "ОБСЕ, ЮНИСЕФ — участники учений в трёх областях.",
        "ОБСЕ. ЮНИСЕФ — участники учений в трёх областях.",
        "ТАСС, Казинформ – участники выставки о воде.",
        "Министерство культуры, Казинформ – организаторы выставки о воде.",
        "АЛМАТЫ, АСТАНА – между двумя городами открыли движение.",
        "БҰҰ, ЮНИСЕФ – оқу-жаттығудың қатысушылары.",
        "Trend – fewer floods in spring, the office says.",
        "Астана, 5 мая – 9 мая пройдёт форум о воде.",
        "Астана, 5 мая 2026 года – 9 мая 2026 года: дни форума.",
        "Geneva, May 5 – 9 will see the forum on water.",
        "Geneva, 5 May – 9 May: the forum on water.",
        "Астана, 5 мамыр – 9 мамыр аралығында форум өтеді.",
    ],
)
def test_a_list_of_offices_or_a_span_of_days_is_no_dateline(sentence: str) -> None:
    assert split_text(f"{sentence}\n{SECOND}").body == f"{sentence}\n{SECOND}"


@pytest.mark.parametrize(
    "opening",
    [
        "Astana, Kazinform – ",
        "АЛМАТЫ. ТАСС – ",
        "Нур-Султан. Казинформ – ",
        "АСТАНА/КАЗИНФОРМ – ",
        "АСТАНА. ҚазАқпарат – ",
        "BAKU. TREND – ",
        "Rio de Janeiro, 5 March 2024 – ",
        "Geneva, March 5 – ",
    ],
)
def test_a_dateline_is_that_of_an_agency_or_of_a_day(opening: str) -> None:
    assert split_text(opening + NEWS).body == NEWS
    agency_and_day = split_text("АСТАНА. КАЗИНФОРМ – 9 мая пройдёт форум о воде.")
    assert agency_and_day.body == "9 мая пройдёт форум о воде."


@pytest.mark.parametrize(
    "line",
    [
        # notices
        "При использовании материалов космической съёмки МЧС выявило три очага.",
        "При использовании материалов космической съёмки, которую ведут с весны, МЧС выявило три очага в двух районах.",
        "Follow us on the road to COP: the UN offices open their doors in two cities.",
        "Follow us on the road to COP",
        "Поделиться в социальных проектах опытом смогут сорок волонтёров.",
        "Нашли ошибку в тексте закона о воде, который приняли весной, депутаты и вернули его на доработку.",
        # labels
        "Related ministries and agencies of three regions took part",
        "Related ministries and agencies of three regions took part.",
        "По теме изменения климата выступили представители трёх ведомств",
        "По теме «Снижение риска бедствий» выступил представитель УСРБ ООН",
        "See also the Sendai Framework, which names four priorities",
        "Материалы по теме наводнений собрали сотрудники трёх ведомств",
        "Тақырып бойынша үш ведомство өкілдері сөйледі",
        # what is new since
        "Ранее сообщалось о трёх пострадавших, сегодня МЧС подтвердило спасение ещё пяти человек.",
        "Как сообщалось ранее, режим чрезвычайной ситуации ввели в двух районах; сегодня он снят.",
        "Earlier it was reported that two villages were cut off; today the Red Crescent reached both.",
        "As reported earlier, the road was closed, and now it is open again.",
        "Ранее сообщалось о закрытии двух дорог, теперь обе открыты.",
        "Бұған дейін екі жол жабылған, бүгін министрлік жолды ашты, бұл туралы хабарлаған едік.",
        # who speaks
        "Бұған дейін екі ауыл байланыссыз қалған еді, министрлік бұл туралы хабарлаған еді.",
        "Еске салайық, министрлік екі ұйымға өтініш жазған болатын.",
        "Buǵan deıin eki aýyl baılanyssyz qalǵan edi, mınıstrlik bul týraly habarlaǵan edi.",
        "Eske salaıyq, mınıstrlik eki uıymǵa ótinish jazǵan bolatyn.",
        # credits
        "Video: Red Crescent volunteers evacuate families in Atyrau",
        "Photo by photo, the exhibition of the Red Crescent tells of the flood",
        "Видео: спасатели МЧС эвакуируют жителей трёх посёлков",
        "Фотографии: выставка МИД открылась.",
        "Сурет: көрмені Қызыл Жарты Ай қоғамы ашты деп хабарлады",
        # breadcrumbs
        "Home → school programme of UNICEF",
        "Home → School programme of UNICEF reaches forty villages in the south",
        "Главная → Задача года – доставить воду в сорок посёлков.",
    ],
)
def test_news_that_begins_as_boilerplate_stays(line: str) -> None:
    assert split_text(f"{FIRST}\n{line}\n{SECOND}").body == f"{FIRST}\n{line}\n{SECOND}"
    assert split_text(f"{line}\n{SECOND}").body == f"{line}\n{SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        "При использовании материалов активная ссылка на сайт обязательна.",
        "При копировании материалов сайта гиперссылка на первоисточник обязательна",
        "Материалды пайдаланғанда сілтеме жасау міндетті.",
        "Перепечатка материалов запрещена.",
        "Follow us on Facebook, Telegram and X.",
        "Поделиться в соцсетях",
        "Поделиться в социальных сетях:",
        "Следите за нашими новостями!",
        "Читайте нас в Telegram.",
        "Subscribe to our newsletter",
        "Нашли ошибку? Выделите её и нажмите Ctrl+Enter.",
        "Share this article",
        "Related: A bridge is closed",
        "Related stories",
        "По теме: Мост закрыт",
        "По теме – Мост закрыт",
        "See also: A bridge is closed",
        "Read also A bridge is closed",
        "Читайте также Мост закрыт",
        "Тағы оқыңыз: Көпір жабылды",
        "Ранее сообщалось о закрытии двух мостов.",
        "Еске салайық, көпірдің жабылғаны туралы жазған едік.",
        "Бұған дейін көпірдің жабылғаны хабарланған болатын.",
        "Бұған дейін көпірдің жабылғанын хабарлағанбыз.",
        "Buǵan deıin kópirdiń jabylǵany habarlanǵan bolatyn.",
        "Eske salaıyq, kópirdiń jabylǵany týraly jazǵan edik.",
        "Фото: пресс-служба Министерства иностранных дел Республики Казахстан",
        "Photo: press service of the Ministry",
        "Видео: МЧС РК",
        "Фото: из архива.",
    ],
)
def test_boilerplate_of_the_same_beginnings_goes(line: str) -> None:
    parts = split_text(f"{NEWS}\n{line}")
    assert (parts.body, parts.aside) == (NEWS, line)


@pytest.mark.parametrize(
    "line", ["Home » News", "Home / News / Office opens two reading rooms in the old town", "home / news"]
)
def test_a_breadcrumb_has_few_words_between_its_marks(line: str) -> None:
    assert split_text(f"{line}\n{NEWS}").body == NEWS


LONG = f"{NEWS}\n{NEWS}\n{NEWS}"


@pytest.mark.parametrize(
    ("heading", "news"),
    [
        ("For reference: The centre was opened in 1998.", "Also, the office sent water to three villages."),
        ("Background information:\nThe centre was opened in 1998.", "ASTANA. KAZINFORM – The office sent water."),
        ("For reference: The centre was opened in 1998.", '"We sent water to three villages," the office said.'),
        ("Справка: Центр открыт в 1998 году.", "Также ведомство отправило воду в три посёлка."),
        (
            "Справка:\n«Центр» – учреждение, открыт в 1998 году.",
            "«Вода доставлена в три посёлка», – сообщили в ведомстве.",
        ),
        ("Анықтама: Орталық 1998 жылы ашылды.", "Сонымен қатар ведомство үш ауылға су жеткізді."),
        ("Anyqtama: Ortalyq 1998 jyly ashyldy.", "Sonymen qatar vedomstvo úsh aýylǵa sý jetkizdi."),
    ],
)
def test_a_reference_block_ends_where_the_news_goes_on(heading: str, news: str) -> None:
    parts = split_text(f"{LONG}\n{heading}\nВ нём работают двадцать человек.\n{news}\n{SECOND}")
    assert parts.body == f"{LONG}\n{news}\n{SECOND}"
    assert parts.aside == f"{heading}\nВ нём работают двадцать человек."
