"""News in brief to search in, and queries that some of them answer; everything from one seed and the item's number.

An item is real sentences of one language (see matching_samples), some 65 words. Words are as frequent as words are:
which sentence stands in an item goes by Zipf's law, and so do the made-up surnames that stand before every fourth one,
of which there are 810,000. So most different words are rare, however many items there are.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate, islice

from bench.matching_samples import Samples
from news.item import Item, ItemKey, KeyKind
from news.source import Standing
from news.text.forms import Key, answered_keys, asked_keys
from news.text.words import Words, tokenise
from news.watch.stopwords import STOPWORDS

WORDS = 65
_LANGUAGES = {"en": 50, "ru": 35, "kk": 15}
# The likeliest sentences are about as likely as each other: no sentence stands in every item.
_LEVEL = 20
_SYLLABLES = {
    "en": "ka ri na to be zha dy sa le mi nu ar ba er ga sha ta mur bek zhan sul tan ai dar ro kim gen li val stan",
    "ru": "ка ри на то бе жа ды са ле ми ну ар ба ер га ша та мур бек жан сул тан ай дар ро ким ген ли вал стан",
}
_ENDINGS = {"en": ("",), "ru": ("", "а", "у", "ом"), "kk": ("", "тың", "ға", "дан")}
_SURNAMES = 30**4
# Has no divisor in common with them: surnames of neighbouring ranks begin and end differently.
_APART = 300_007
_NAMED = 0.25
_SAMPLED = 5_000
_COMMON = 0.01
_END = datetime(2026, 11, 22, tzinfo=UTC)
_SPAN = timedelta(days=3 * 365)


class Texts:
    """The items of an archive of `items`, and queries of words that they hold."""

    def __init__(self, items: int) -> None:
        samples = Samples()
        self.real = samples.real
        self._items = items
        self._sentences = samples._sentences
        self._weights = {
            language: [*accumulate(1 / (rank + _LEVEL) for rank in range(len(sentences)))]
            for language, sentences in self._sentences.items()
        }
        for sentences in self._sentences.values():
            random.Random(11).shuffle(sentences)
        self._chance = random.Random(12)
        self._sampled: list[tuple[list[str], Words]] = []
        self._counted: Counter[str] = Counter()
        self._answered: Counter[Key] = Counter()

    def item(self, number: int) -> Item:
        """One item; the later its number, the newer it is."""
        chance = random.Random(number)
        language = chance.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0]
        parts: list[str] = []
        words = 0
        while words < WORDS:
            parts.append(self._sentence(chance, language))
            words += parts[-1].count(" ") + 1
        return Item(
            title=parts[0][:100],
            text=" ".join(parts),
            url=f"https://press.example/{number}",
            source=f"source-{number % 7}",
            publisher="Press office",
            standing=Standing.MEDIA,
            language=language,
            seen_at=_END - _SPAN * (1 - number / self._items),
            keys=(ItemKey(kind=KeyKind.URL, scope="", key=f"press.example/{number}"),),
            text_hash=str(number),
            content_hash=str(number),
        )

    def queries(self, kind: str, count: int) -> list[str]:
        """Queries of a kind, each made of one item's words.

        A rare word stands in one item of 5,000, in whatever form, a common one in every hundredth or more. Every other
        pair is of two common words, the others have a rare one. A phrase is two neighbours anywhere in one text.
        """
        asked = self._asked(kind)
        return list(islice(dict.fromkeys(asked), count))

    def _asked(self, kind: str) -> Iterator[str]:
        known = self._known()
        for at in range(10 * len(self._sampled)):
            forms, words = self._chance.choice(self._sampled)
            rare = [form for form in forms if known[form] == 1 and self._is_alone(form)]
            common = [form for form in forms if known[form] >= _COMMON * len(self._sampled)]
            if kind == "rare word" and rare:
                yield self._chance.choice(rare)
            elif kind == "two words" and common:
                first, second = self._chance.choice(rare if at % 2 and rare else common), self._chance.choice(common)
                if first != second:
                    yield f"{first} {second}"
            elif kind == "phrase":
                place = self._chance.randrange(len(words) - 1)
                first, second = words.raw[place : place + 2]
                if not words.gap(place) and {first.lower(), second.lower()} <= {*forms}:
                    yield f'"{first} {second}"'

    def _known(self) -> Mapping[str, int]:
        """In how many of the sampled items each word stands."""
        if not self._sampled:
            for _ in range(_SAMPLED):
                words = tokenise(self.item(self._chance.randrange(self._items)).text)
                forms = sorted({form for form in words.forms if len(form) > 3 and form.isalpha()} - STOPWORDS)
                self._sampled.append((forms, words))
                self._counted.update(forms)
                self._answered.update({key for form in forms for key in _answered(form)})
        return self._counted

    def _is_alone(self, form: str) -> bool:
        """Whether no other sampled item has the word, in another form."""
        (keys,) = asked_keys((form,))
        return all(self._answered[key] <= 1 for key in keys)

    def _sentence(self, chance: random.Random, language: str) -> str:
        sentence = chance.choices(self._sentences[language], cum_weights=self._weights[language])[0]
        if chance.random() >= _NAMED:
            return sentence
        # Of the rank r there are as many as 1 / r: Zipf's law.
        rank = int(_SURNAMES ** chance.random())
        return f"{_surname(rank, language)}{chance.choice(_ENDINGS[language])}: {sentence}"


@cache
def _answered(form: str) -> frozenset[Key]:
    return answered_keys(form, form)


def _surname(rank: int, language: str) -> str:
    syllables = _SYLLABLES["en" if language == "en" else "ru"].split()
    number = rank * _APART % _SURNAMES
    return "".join(syllables[number // 30**place % 30] for place in range(4)).title()
