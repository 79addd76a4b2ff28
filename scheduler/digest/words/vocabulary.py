"""What a language has to give for a digest to be written in it, and how a phrase is filled in.

A phrase is a text with named places, or one such text for each form of the number `n` that CLDR knows in that language
("one", "few", "many", "other"); Babel knows the forms, the separators of numbers and the names of days, months,
countries and cities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_location
from babel.numbers import format_decimal

from news.changes import What
from news.health import Health, SignKind
from news.source import Standing
from news.story import Relation
from news.story.first import Order
from news.story.voice import Voice
from news.visit import Reason


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A reason in words: `happened` continues "<source>: ...", `remedy` is a sentence of its own.

    brief: of an article, in brackets or counted.
    """

    brief: str
    happened: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """All words of one language.

    locale: name for Babel. day, near_day: patterns of a day with its weekday and of one without (Unicode TS 35).
    tag: the language tag of HTML. phrases: by key, see `say`.
    """

    locale: str
    tag: str
    day: str
    near_day: str
    standings: Mapping[Standing, str]
    relations: Mapping[Relation, str]
    voices: Mapping[Voice, str]
    orders: Mapping[Order, str]
    fields: Mapping[str, str]
    states: Mapping[Health, str]
    parts: Mapping[What, str]
    signs: Mapping[SignKind, str | Mapping[str, str]]
    sign_remedies: Mapping[SignKind, str]
    troubles: Mapping[Reason, Trouble]
    phrases: Mapping[str, str | Mapping[str, str]]

    @property
    def column(self) -> int:
        """Characters that the labels of a card's lines take in the text part, the blanks behind them included."""
        labels = [text for standing, text in self.standings.items() if standing is not Standing.AGGREGATOR]
        return max(map(len, (*labels, *self.orders.values()))) + 2

    def say(self, key: str, **values: object) -> str:
        """Write the phrase `key` with its places filled; numbers get the language's separators, `n` chooses the form.

        Raises KeyError for a phrase that there is not, or a place that nothing was given for.
        """
        return self.fill(self.phrases[key], **values)

    def count(self, n: int, key: str) -> str:
        """Write the number `n` with its noun: "1 story", "2,000 stories"."""
        return self.say(key, n=n)

    def fill(self, phrase: str | Mapping[str, str], **values: object) -> str:
        """Fill the places of a phrase."""
        if not isinstance(phrase, str):
            n = values["n"]
            form = Locale.parse(self.locale).plural_form(n if isinstance(n, int) else 0)
            phrase = phrase.get(form) or phrase["other"]
        return phrase.format_map({name: self._written(value) for name, value in values.items()})

    def number(self, n: int) -> str:
        """Write a number with the language's separators."""
        return format_decimal(n, locale=self.locale)

    def country(self, code: str) -> str:
        """The name of a country (ISO 3166), or its code where the language has none for it."""
        return str(Locale.parse(self.locale).territories.get(code, code))

    def city(self, zone: str) -> str:
        """The city that a zone is named after, as people of this language write it: "Almaty", "Алматы"."""
        return get_timezone_location(ZoneInfo(zone), locale=self.locale, return_city=True)

    def _written(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else value
