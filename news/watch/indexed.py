"""An item made ready for matching: every field cut into words once, before any transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from news.item import Item
from news.text.names import is_shouted
from news.text.words import Words, tokenise
from news.watch.labels import label_value


@dataclass(frozen=True, kw_only=True)
class IndexedField:
    """One field's words. Several fields may be named "tag".

    places: each distinct word as written -> where it stands, ascending. by_default: whether a term without a field
    looks here.
    """

    name: str
    words: Words
    places: Mapping[str, Sequence[int]]
    by_default: bool

    @property
    def spellings(self) -> Set[str]:
        """The distinct words as written."""
        return self.places.keys()

    @cached_property
    def shouted(self) -> bool:
        """Whether it is all in capitals, so that a name cannot be told by its capital letter."""
        return self.words.text.isupper() and is_shouted(self.words.written)

    @cached_property
    def small(self) -> bool:
        """Whether it has no capital letter, so that none can be asked of a word."""
        return self.words.text.islower()


@dataclass(frozen=True, kw_only=True)
class IndexedItem:
    """An item with its words.

    spellings: the distinct ones of the fields searched by default; labels: field -> comparable value.
    """

    item: Item
    fields: tuple[IndexedField, ...]
    spellings: frozenset[str]
    labels: Mapping[str, str]

    @property
    def day(self) -> date:
        """The day that decides who held an office: as published, else when it was seen."""
        return self.item.published.day if self.item.published is not None else self.item.seen_at.date()


def index_item(item: Item) -> IndexedItem:
    """Cut an item's title, lead, text and tags into words; linear in their length."""
    words = [tokenise(text) for text in texts_of(item)]
    return assemble(item, words, [places_of(one) for one in words])


def texts_of(item: Item) -> tuple[str, ...]:
    """The texts that are cut into words, in the order in which `assemble` takes them."""
    return (item.title, item.lead, item.text, *item.tags)


def places_of(words: Words) -> dict[str, list[int]]:
    """Each distinct word as written -> where it stands, ascending."""
    places: dict[str, list[int]] = {}
    for place, raw in enumerate(words.raw):
        if raw in places:
            places[raw].append(place)
        else:
            places[raw] = [place]
    return places


def assemble(item: Item, words: Sequence[Words], places: Sequence[Mapping[str, Sequence[int]]]) -> IndexedItem:
    """The item with the words of its `texts_of` and their places."""
    names = ("title", "lead", "text", *["tag"] * len(item.tags))
    by_default = (True, not _repeats(item.lead, item.text), True, *[False] * len(item.tags))
    fields = tuple(
        IndexedField(name=name, words=of_words, places=of_places, by_default=default)
        for name, of_words, of_places, default in zip(names, words, places, by_default, strict=True)
    )
    return IndexedItem(
        item=item,
        fields=fields,
        spellings=frozenset().union(*(field.places for field in fields if field.by_default)),
        labels=_labels(item.source, item.publisher, item.standing, item.language),
    )


def _repeats(lead: str, text: str) -> bool:
    """Whether the lead is the beginning of the text, so that its hits would be told twice.

    It must end where a word ends: the lead "... the UN" is no repetition of "... the UNDP".
    """
    beginning = lead.strip()
    if not beginning:
        return True
    if not text.lstrip().startswith(beginning):
        return False
    following = text.lstrip()[len(beginning) : len(beginning) + 1]
    return not (following.isalnum() and beginning[-1:].isalnum())


@lru_cache(maxsize=4096)
def _labels(source: str, publisher: str, standing: str, language: str) -> Mapping[str, str]:
    named = {"source": source, "publisher": publisher, "standing": standing, "lang": language}
    return {field: label_value(tokenise(value).forms) for field, value in named.items()}
