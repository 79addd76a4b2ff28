"""What a watch can catch, in words: the languages it reads, what a missing one would add, what each NOT leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from news.lexicon import LANGUAGES, Lexicon, shipped
from news.watch.compiler import check_watch
from news.watch.expand import reading, reads
from news.watch.indexed import IndexedItem
from news.watch.near_misses import widened
from news.watch.query import Not
from news.watch.survey import Survey, exclusions, without
from ui.cli.output import counted

PERIOD = timedelta(days=90)
"""Of how long ago items are counted, by their day of publication."""


@dataclass(frozen=True, kw_only=True)
class Catch:
    """What a watch can catch.

    languages: of en, ru and kk, those it reads. more: by language it does not read, how many items the lexicon's names
    in it would add. left_out: what each NOT says, and how many items it kept from being found. looked_at: the newest
    items among which these were counted; None where they are all those of the period.
    """

    languages: tuple[str, ...]
    more: Mapping[str, int]
    left_out: tuple[tuple[str, int], ...]
    looked_at: int | None

    def reading(self) -> str:
        """For example: reads English only: add Russian, 212 items in 90 days."""
        return reading(self.languages, {language: self._among(items) for language, items in self.more.items()})

    def lines(self) -> list[str]:
        """The reading as a sentence, and a sentence for each NOT."""
        left_out = [f"{written} leaves out {self._among(items)}." for written, items in self.left_out]
        return [f"It {self.reading()}.", *left_out]

    def shown(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "reads": list(self.languages),
            "would_add": dict(self.more),
            "left_out": [{"text": written, "items": removed} for written, removed in self.left_out],
            "counted": f"{PERIOD.days} days" if self.looked_at is None else f"newest {counted(self.looked_at, 'item')}",
        }

    def _among(self, items: int) -> str:
        if self.looked_at is None:
            return f"{counted(items, 'item')} in {PERIOD.days} days"
        return f"{items} of the newest {counted(self.looked_at, 'item')}"


class Catching:
    """Asks of any number of watches what they can catch, in one pass over stored items.

    lexicon: what concepts mean, the shipped one where None. now: the aware instant from which the period goes back.
    """

    def __init__(self, lexicon: Lexicon | None, *, now: datetime) -> None:
        self._lexicon = lexicon or shipped()
        self._survey = Survey(self._lexicon)
        self._since = now - PERIOD
        self._looked = 0
        self._oldest: datetime | None = None

    def ask(self, text: str) -> Asked:
        """Ask of one more watch; raises QuerySyntaxError where it cannot be matched."""
        query = check_watch(text, self._lexicon)
        languages = reads(query, self._lexicon)
        wider = {
            language: variant
            for language in (LANGUAGES if languages else ())
            if language not in languages and (variant := widened(text, language, self._lexicon)) is not None
        }
        excluded = exclusions(query)
        variants = [*wider.values(), *(without(query, one) for one in excluded)]
        tally = self._survey.ask(query, variants)
        return Asked(text=text, languages=languages, wider=tuple(wider), excluded=excluded, beyond=tally.beyond)

    def look_at(self, indexed: IndexedItem) -> bool:
        """Count an item, the newest first; whether one of the watches found it."""
        self._looked += 1
        self._oldest = indexed.item.seen_at
        return bool(self._survey.look_at(indexed, variants=indexed.day >= self._since.date()))

    def answer(self, asked: Asked, *, stored: int) -> Catch:
        """What was counted; stored: how many items there are in all."""
        whole = self._looked >= stored or (self._oldest is not None and self._oldest < self._since)
        split = len(asked.wider)
        texts = [asked.text[one.place.start : one.place.end] for one in asked.excluded]
        return Catch(
            languages=asked.languages,
            more=dict(zip(asked.wider, asked.beyond[:split], strict=True)),
            left_out=tuple(zip(texts, asked.beyond[split:], strict=True)),
            looked_at=None if whole else self._looked,
        )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A watch that `Catching` counts for. beyond: grows by look_at; first the languages of `wider`, then `excluded`."""

    text: str
    languages: tuple[str, ...]
    wider: tuple[str, ...]
    excluded: tuple[Not, ...]
    beyond: list[int]
