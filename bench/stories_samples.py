"""Made-up news to measure grouping with: stories and what becomes of them at other publishers, and serials on one form.

Persons are made up of syllables. Each sample is the item as `try stories` would be given it, and the event it tells.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from bench.matching_samples import Samples

_START = date(2026, 3, 2)
_COUNTRIES = {
    "en": "Japan Italy Qatar Finland Brazil Kenya Uzbekistan Austria Norway Jordan Malaysia Cuba Hungary Serbia"
    " Egypt Oman"
    " Poland Chile Latvia Ghana Peru Nepal Uganda Iceland Panama Tunisia Senegal Lebanon Bolivia Rwanda",
    "ru": "Японии Италии Катара Финляндии Бразилии Кении Узбекистана Австрии Норвегии Иордании Малайзии Кубы Венгрии"
    " Сербии"
    " Египта Омана Польши Чили Латвии Ганы Перу Непала Уганды Исландии Панамы Туниса Сенегала Ливана Боливии Руанды",
}
_REGIONS = {
    "en": "Abai Akmola Aktobe Atyrau Zhambyl Zhetisu Karaganda Kostanay Kyzylorda Mangystau Pavlodar Turkistan Ulytau",
    "ru": "Абайской Акмолинской Актюбинской Атырауской Жамбылской Жетысуской Карагандинской Костанайской Кызылординской"
    " Мангистауской Павлодарской Туркестанской Улытауской",
}
_TOPICS = {
    "en": "trade|transport|logistics|water resources|agriculture|the visa"
    " regime|investment|education|tourism|energy|mining"
    "|air links|digitalisation|health care|the green economy",
    "ru": "торговли|транспорта|логистики|водных ресурсов|сельского хозяйства|визового режима|инвестиций|образования"
    "|туризма|энергетики|горного дела|авиасообщения|цифровизации|здравоохранения|зелёной экономики",
}
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),  # noqa: SIM905
}
_SYLLABLES = {
    "en": "ka ri na to be zha dy sa le mi ar ba er ga sha mur bek zhan sul tan ai dar ro kim gen val".split(),  # noqa: SIM905
    "ru": "ка ри на то бе жа ды са ле ми ар ба ер га ша мур бек жан сул тан ай дар ро ким ген вал".split(),  # noqa: SIM905
}
FORMS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "ambassador": {
        "en": (
            "{p} received the Ambassador of {c}",
            "Deputy Minister of Foreign Affairs {p} received the Ambassador Extraordinary and Plenipotentiary of {c}"
            " {q}. During"
            " the meeting the parties discussed the state and prospects of bilateral cooperation in the political,"
            " trade and"
            " cultural spheres, with particular attention to {t}, {u} and {v}. The sides noted the high level of mutual"
            " understanding and expressed readiness to strengthen the partnership between Kazakhstan and {c}, also"
            " within the"
            " United Nations and other international organisations. The Kazakh side spoke of the reforms carried out"
            " in the"
            " country. {q} thanked for the warm welcome and confirmed the interest of the business circles of {c} in"
            " projects"
            " in the field of {t}. Following the meeting the parties agreed to keep up regular contacts.",
        ),
        "ru": (
            "{p} принял посла {c}",
            "Заместитель министра иностранных дел {p} принял Чрезвычайного и Полномочного Посла {c} {q}. В ходе"
            " встречи стороны"
            " обсудили состояние и перспективы двустороннего сотрудничества в политической, торговой и культурной"
            " сферах, уделив"
            " особое внимание вопросам {t}, {u} и {v}. Собеседники отметили высокий уровень взаимопонимания и выразили"
            " готовность укреплять партнёрство между Казахстаном и {c}, в том числе в рамках ООН и других международных"
            " организаций. Казахстанская сторона рассказала о проводимых в стране реформах. {q} поблагодарил за"
            " тёплый приём и"
            " подтвердил заинтересованность деловых кругов {c} в проектах в области {t}. По итогам встречи стороны"
            " договорились поддерживать регулярные контакты.",
        ),
    },
    "consultations": {
        "en": (
            "Meeting at the Ministry of Foreign Affairs",
            "A delegation of {c} headed by {q} visited the Ministry of Foreign Affairs today. The talks touched upon"
            " {t} and"
            " {u}. The sides agreed that the next round of political consultations is to take place in the capital"
            " of {c}. In"
            " conclusion the parties exchanged views on topical issues of the international agenda and agreed to"
            " continue the"
            " constructive dialogue that links the two countries.",
        ),
        "ru": (
            "Встреча в Министерстве иностранных дел",
            "Министерство иностранных дел сегодня посетила делегация {c} во главе с {q}. На переговорах были"
            " затронуты вопросы"
            " {t} и {u}. Стороны условились, что следующий раунд политических консультаций пройдёт в столице {c}. В"
            " завершение"
            " участники обменялись мнениями по актуальным вопросам международной повестки и договорились продолжить"
            " конструктивный диалог, который связывает две страны.",
        ),
    },
    "rates": {
        "en": (
            "Official exchange rates of the National Bank",
            "The National Bank has set the official exchange rates for {d} {m}. One US dollar costs {x} tenge, one"
            " euro {y}"
            " tenge, one Russian rouble {z} tenge. The rates are set for the purposes of accounting and of customs"
            " payments and"
            " do not oblige the Bank to buy or sell the currencies at these rates. Second-tier banks set their own"
            " rates.",
        ),
        "ru": (
            "Официальные курсы валют Национального банка",
            "Национальный банк установил официальные курсы иностранных валют на {d} {m}. Один доллар США стоит {x}"
            " тенге, один"
            " евро {y} тенге, один российский рубль {z} тенге. Курсы устанавливаются для целей бухгалтерского учёта и"
            " таможенных платежей и не обязывают банк покупать или продавать валюту по этим курсам. Банки второго"
            " уровня"
            " устанавливают собственные курсы.",
        ),
    },
    "quake": {
        "en": (
            "Earthquake recorded by the seismic network",
            "On {d} {m} at {h} the seismic network recorded an earthquake {n} km from the centre of {r} region. Its"
            " energy class"
            " was {k}, the magnitude {a}, the depth {e} km. There is no information on whether it was felt. No"
            " casualties or"
            " damage were reported, rescue services work as usual.",
        ),
        "ru": (
            "Сетью сейсмических станций зарегистрировано землетрясение",
            "{d} {m} в {h} сетью сейсмических станций зарегистрировано землетрясение в {n} км от центра {r} области."
            " Энергетический класс {k}, магнитуда {a}, глубина {e} км. Сведений об ощутимости нет. Пострадавших и"
            " разрушений"
            " нет, спасательные службы работают в обычном режиме.",
        ),
    },
    "road": {
        "en": (
            "Road closed in {r} region because of a snowstorm",
            "Because of a snowstorm traffic was closed for all kinds of vehicles on the section from the {n} to the"
            " {o} km of a"
            " road of national importance in {r} region, the emergency service says. {e} people and {k} vehicles"
            " were taken to"
            " heating points. Drivers are asked to follow the weather forecasts and to postpone long journeys. The"
            " hotline"
            " works around the clock.",
        ),
        "ru": (
            "В {r} области из-за метели закрыта дорога",
            "Из-за метели закрыто движение всех видов автотранспорта на участке с {n} по {o} км дороги"
            " республиканского значения"
            " в {r} области, сообщила служба чрезвычайных ситуаций. В пункты обогрева доставлены {e} человек и {k}"
            " машин."
            " Водителей просят следить за прогнозами погоды и отложить дальние поездки. Горячая линия работает"
            " круглосуточно.",
        ),
    },
}  # fmt: skip
_BOILERPLATE = {
    "en": (
        "ASTANA. AGENCY - ",
        " Follow us on Telegram and be the first to know the latest news. All rights reserved.",
    ),
    "ru": ("АСТАНА. АГЕНТСТВО - ", " Подписывайтесь на наш канал и узнавайте новости первыми. Все права защищены."),
    "kk": ("АСТАНА. АГЕНТТІК - ", " Біздің арнаға жазылып, соңғы жаңалықтарды бірінші болып біліңіз."),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """An item as given, the event it tells and what was done to it; form: the serial it belongs to, empty for none."""

    given: Mapping[str, str]
    event: str
    made: str = "first"
    form: str = ""


class StorySamples:
    """Everything from one seed."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._seed = seed

    @cached_property
    def _sentences(self) -> Samples:
        return Samples(self._seed)

    def stories(self, count: int) -> list[Told]:
        """News of real sentences (made-up ones where the data folder is missing), in three languages."""
        found = []
        for number, item in enumerate(self._sentences.items(count)):
            sentences = re.split(r"(?<=[.!?])\s+", item.text)
            words = sentences[0].split()
            found.append(
                self._told(
                    item.language, " ".join(words[:9]), " ".join(sentences[1 : self._chance.randint(8, 30)]), number
                )
            )
        return found

    def serial(self, form: str, language: str, count: int) -> list[Told]:
        """Different events told on one form, some of them on one day."""
        title, text = FORMS[form][language]
        found = []
        for number in range(count):
            slots = self._slots(language, number // 2)
            given = {"published": (_START + timedelta(days=number // 2)).isoformat(), "source": "serial"}
            given |= {"language": language, "title": title.format(**slots), "text": text.format(**slots)}
            found.append(Told(given=given, event=f"{form} {language} {number}", form=f"{form} {language}"))
        return found

    def variations(self, told: Told) -> Iterator[Told]:
        """What becomes of an item: its copies, and the item inside a longer text."""
        yield from self.copies(told)
        before, after = (" ".join(self._around(told.given["language"], 6)) for _ in range(2))
        yield self._varied(told, "wrapped", text=f"{before} {told.given['text']} {after}")

    def copies(self, told: Told) -> Iterator[Told]:
        """An item whole or in part at another publisher, and corrected at its own."""
        text = told.given["text"]
        sentences = re.split(r"(?<=[.!?])\s+", text)
        middle = len(sentences) // 2
        words = text.split()
        before, after = _BOILERPLATE[told.given["language"]]
        yield self._varied(told, "reprint", text=text)
        yield self._varied(told, "new title", title=" ".join(words[5:12]), text=text)
        yield self._varied(told, "half", text=" ".join(words[: max(25, len(words) // 2)]))
        yield self._varied(told, "teaser", text=" ".join(words[: max(20, len(words) // 4)]))
        yield self._varied(told, "dateline", text=before + text + after)
        yield self._varied(told, "moved", text=" ".join(sentences[middle:] + sentences[:middle]))
        yield self._varied(told, "corrected", text=self._corrected(text), source=told.given["source"])

    def _around(self, language: str, count: int) -> list[str]:
        return [self._chance.choice(self._sentences._sentences[language]) for _ in range(count)]

    def _corrected(self, text: str) -> str:
        """The text with one figure another, or where it has none one word longer by a letter."""
        figures = list(re.finditer(r"\b\d+\b", text))
        if figures:
            found = self._chance.choice(figures)
            return text[: found.start()] + str(int(found.group()) + 1) + text[found.end() :]
        words = text.split()
        at = self._chance.randrange(len(words))
        words[at] = words[at][:1] + words[at]
        return " ".join(words)

    def _varied(self, told: Told, made: str, **changed: str) -> Told:
        given = {**told.given, "source": f"other {made}", **changed}
        return Told(given=given, event=told.event, made=made, form=told.form)

    def _told(self, language: str, title: str, text: str, number: int) -> Told:
        day = (_START + timedelta(days=number % 40)).isoformat()
        given = {"published": day, "source": "first", "language": language, "title": title, "text": text}
        return Told(given=given, event=f"story {number}")

    def _slots(self, language: str, day: int) -> dict[str, str]:
        chance = self._chance
        when = _START + timedelta(days=day)
        t, u, v = chance.sample(_TOPICS[language].split("|"), 3)
        figure: Callable[[int, int], str] = lambda least, most: str(chance.randint(least, most))  # noqa: E731
        return {
            "c": chance.choice(_COUNTRIES[language].split()),
            "r": chance.choice(_REGIONS[language].split()),
            "p": self._person(language),
            "q": self._person(language),
            "t": t,
            "u": u,
            "v": v,
            "d": str(when.day),
            "m": _MONTHS[language][when.month - 1],
            "x": f"{chance.uniform(450, 550):.2f}",
            "y": f"{chance.uniform(500, 600):.2f}",
            "z": f"{chance.uniform(4, 7):.2f}",
            "h": f"{chance.randint(10, 23)}:{chance.randint(10, 59)}",
            "a": f"{chance.uniform(2.5, 5.9):.1f}",
            "k": f"{chance.uniform(7, 12):.1f}",
            "n": figure(20, 400),
            "o": figure(401, 700),
            "e": figure(5, 60),
        }

    def _person(self, language: str) -> str:
        syllables = _SYLLABLES[language]
        return " ".join("".join(self._chance.sample(syllables, size)).capitalize() for size in (2, 3))
