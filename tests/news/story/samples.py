"""Items to group, made from what a test cares about, and the stream that gives each its story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from news.item import Item, Stated
from news.source import Standing
from news.story import Choice
from news.story.candidates import Candidates
from news.watch.indexed import index_item

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def an_item(title: str = "", text: str = "", *, day: date = TODAY, publisher: str = "Press", **fields: Any) -> Item:
    """An item as normalising makes it; publishers have one source each."""
    values: dict[str, Any] = {
        "title": title,
        "text": text,
        "lead": "",
        "url": "",
        "source": publisher.lower(),
        "publisher": publisher,
        "standing": Standing.MEDIA,
        "language": "en",
        "published": Stated(day=day, zone="Asia/Almaty"),
        "seen_at": NOW,
        "keys": (),
        "text_hash": "",
        "content_hash": "",
    }
    return Item(**{**values, **fields})


def choices(*items: Item) -> list[Choice]:
    """What is chosen for each of some items in order of arrival, from an empty store on."""
    candidates = Candidates()
    return [candidates.take_in(index_item(item))[1] for item in items]


def last(*items: Item) -> Choice:
    """What is chosen for the last of some items."""
    return choices(*items)[-1]


RECEIVED: Mapping[str, tuple[str, str]] = {
    "en": (
        "Foreign Ministry receives the Ambassador of {country}",
        "The Ministry of Foreign Affairs received the Ambassador of {country} today. The sides discussed trade, "
        "transport and the exchange of students, and agreed that a delegation of {count} companies will come to"
        " Astana on "
        "{day} December. The embassy of {country} handed over {books} books to the National Library and thanked the"
        " ministry "
        "for its help. The parties agreed to keep up regular contacts and to hold the next consultations in the"
        " spring.",
    ),
    "ru": (
        "МИД принял посла {country}",
        "Министерство иностранных дел сегодня приняло посла {country}. Стороны обсудили торговлю, транспорт и обмен "
        "студентами и условились, что делегация из {count} компаний прибудет в Астану {day} декабря. Посольство "
        "{country} передало Национальной библиотеке {books} книг и поблагодарило министерство за помощь. Стороны"
        " договорились "
        "поддерживать регулярные контакты и провести следующие консультации весной.",
    ),
    "kk": (
        "СІМ {country} елшісін қабылдады",
        "Сыртқы істер министрлігі бүгін {country} елшісін қабылдады. Тараптар сауда, көлік және студенттер алмасу "
        "мәселелерін талқылап, {count} компаниядан тұратын делегация {day} желтоқсанда Астанаға келетініне уағдаласты. "
        "{country} елшілігі Ұлттық кітапханаға {books} кітап тапсырып, министрлікке көмегі үшін алғыс айтты.",
    ),
}
COUNTRIES = {"en": ("Japan", "Finland"), "ru": ("Японии", "Финляндии"), "kk": ("Жапония", "Финляндия")}


def received(language: str, which: int = 0, **fields: Any) -> Item:
    """The ministry received an ambassador: event 0 or 1, in English, Russian or Kazakh."""
    title, text = RECEIVED[language]
    slots = {
        "country": COUNTRIES[language][which],
        "count": 14 + 9 * which,
        "day": 3 + which,
        "books": 320 + 85 * which,
    }
    return an_item(title.format(**slots), text.format(**slots), language=language, **fields)
