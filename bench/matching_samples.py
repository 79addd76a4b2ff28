"""Items and watches to measure matching with: real sentences at the length of news, watches in real proportions.

The sentences are those of the data folder beside the checkout (see tests/shared.py); without it made-up ones of the
same length take their place. Persons are made up of syllables, and stand in every seventh sentence or so.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from news.item import Item
from news.source import Standing
from news.text.words import tokenise
from news.watch.stopwords import STOPWORDS
from news.watch.watch import Watch

_TEXTS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "text"
_SYLLABLES = {
    "ru": "ка ри на то бе жа ды са ле ми ну ар ба ер га ша та мур бек жан сул тан ай дар ро ким ген ли вал стан",
    "en": "ka ri na to be zha dy sa le mi nu ar ba er ga sha ta mur bek zhan sul tan ai dar ro kim gen li val stan",
}
_PERSONS, _WORDS_AN_ITEM = 30_000, 560
_SHARE = {"en": 50, "ru": 35, "kk": 15}
_ENDINGS = {"en": [""], "ru": ["", "а", "у", "ом"], "kk": ["", "тың", "ға", "дан"]}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A watch as clauses of terms: one term of each clause must be found, none of `absent`; `watch` asks the same.

    A term is a word, a phrase, a beginning with * or two words with " NEAR/8 " between.
    """

    clauses: tuple[tuple[str, ...], ...]
    absent: tuple[str, ...]
    watch: Watch


class Samples:
    """Everything from one seed."""

    def __init__(self, seed: int = 2026) -> None:
        self._chance = random.Random(seed)
        self.real = _TEXTS.is_dir()
        self._persons = [self._person() for _ in range(_PERSONS)]
        self._sentences = _sentences() if self.real else self._made_up()
        frequencies: dict[str, Counter[str]] = {language: Counter() for language in _SHARE}
        for _ in range(1_200):
            language, text = self._text()
            frequencies[language].update(set(tokenise(text).forms))
        self.frequencies: Mapping[str, int] = sum(frequencies.values(), Counter())
        self._words = {language: _by_rarity(counted) for language, counted in frequencies.items()}

    def items(self, count: int) -> list[Item]:
        """News of some 560 words, half of it English."""
        return [_item(*self._text()) for _ in range(count)]

    def watches(self, count: int) -> list[Sample]:
        """Persons, topics with places, beginnings, neighbours and rare words, in the proportions of real watches."""
        return [self._watch(number + 1) for number in range(count)]

    def _person(self) -> dict[str, tuple[str, str]]:
        picks = [[self._chance.randrange(30) for _ in range(self._chance.randint(*span))] for span in ((2, 3), (3, 4))]
        made = {}
        for script, syllables in _SYLLABLES.items():
            listed = syllables.split()
            given, surname = ("".join(listed[pick] for pick in part).title() for part in picks)
            made[script] = (given, surname)
        return made

    def _text(self) -> tuple[str, str]:
        language = self._chance.choices(list(_SHARE), list(_SHARE.values()))[0]
        parts: list[str] = []
        words = 0
        while words < _WORDS_AN_ITEM:
            sentence = self._chance.choice(self._sentences[language])
            if self._chance.random() < 0.15:
                rank = min(int(self._chance.paretovariate(0.35)), _PERSONS) - 1
                given, surname = self._persons[rank]["en" if language == "en" else "ru"]
                sentence = f"{given} {surname}{self._chance.choice(_ENDINGS[language])}: {sentence}"
            parts.append(sentence)
            words += sentence.count(" ") + 1
        return language, " ".join(parts)

    def _made_up(self) -> dict[str, list[str]]:
        words = {
            language: [
                "".join(self._chance.choices(_SYLLABLES["en" if language == "en" else "ru"].split(), k=1 + rank % 4))
                for rank in range(20_000)
            ]
            for language in _SHARE
        }
        weights = [1 / (rank + 3) for rank in range(20_000)]
        return {
            language: [" ".join(self._chance.choices(known, weights, k=16)).capitalize() + "." for _ in range(3_000)]
            for language, known in words.items()
        }

    def _watch(self, number: int) -> Sample:
        kind = self._chance.random()
        absent: tuple[str, ...] = ()
        if kind < 0.4:
            person = self._chance.choice(self._persons)
            names = [f'"{given} {surname}"' for given, surname in person.values()]
            clauses = [(*names, person["ru"][1]) if self._chance.random() < 0.4 else tuple(names)]
        elif kind < 0.7:
            clauses = [self._some("middling", 2, 8), self._some("common", 1, 4)]
            absent = self._some("middling", 1, 2) if self._chance.random() < 0.5 else ()
        elif kind < 0.8:
            word = next(word for word in iter(lambda: self._some("middling", 1, 1)[0], "") if len(word) >= 6)
            clauses = [(word[:-2] + "*",), self._some("common", 2, 2)]
        elif kind < 0.9:
            near = [
                f"{self._some('middling', 1, 1)[0]} NEAR/8 {self._some(rarity, 1, 1)[0]}"
                for rarity in ("common", "rare")
            ]
            clauses = [tuple(near)]
        elif kind < 0.97:
            clauses = [self._some("rare", 2, 6)]
        else:
            clauses = [self._some("middling", 3, 6), self._some("common", 2, 4), self._some("common", 2, 4)]
        groups = ["(" + " OR ".join(f"({term})" for term in clause) + ")" for clause in clauses]
        query = " ".join(groups) + "".join(f" NOT {term}" for term in absent)
        return Sample(clauses=tuple(clauses), absent=absent, watch=Watch(name=str(number), query=query, id=number))

    def _some(self, rarity: str, least: int, most: int) -> tuple[str, ...]:
        languages = self._chance.choice([["en"], ["en", "ru"], ["ru"], ["ru", "kk"], ["en", "ru", "kk"]])
        count = self._chance.randint(least, most)
        # A word twice in a clause says nothing.
        return tuple(
            dict.fromkeys(
                self._chance.choice(self._words[languages[at % len(languages)]][rarity]) for at in range(count)
            )
        )


def _by_rarity(counted: Counter[str]) -> dict[str, Sequence[str]]:
    whole = max(counted.values())
    words = sorted(word for word in counted if len(word) > 3 and word.isalpha() and word not in STOPWORDS)
    return {
        "common": [word for word in words if 0.02 * whole <= counted[word] <= 0.12 * whole],
        "middling": [word for word in words if 0.003 * whole <= counted[word] <= 0.03 * whole],
        "rare": [word for word in words if counted[word] <= max(2, 0.004 * whole)],
    }


def _sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {language: [] for language in _SHARE}
    for file in sorted(_TEXTS.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("lang") in found:
                found[row["lang"]] += [one for one in re.split(r"(?<=[.!?])\s+", row["text"]) if 20 < len(one) < 400]
    return found


def _item(language: str, text: str) -> Item:
    return Item(
        title=text[:60],
        lead=text[:200],
        text=text,
        url="https://example.org/",
        source="made-up",
        publisher="Made up",
        standing=Standing.MEDIA,
        language=language,
        seen_at=datetime(2026, 1, 1, tzinfo=UTC),
        keys=(),
        text_hash="",
        content_hash="",
    )
