"""The parts of a digest, each written once: in a run for many recipients the same cards come again and again.

A part is kept by everything it is written from: the card without its number, the language, the reader's zone and day,
and the templates in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter

from news.changes.editions import Awaited
from scheduler.digest.card_words import ROW_LIMIT, card_words
from scheduler.digest.digest import Card, Marked
from scheduler.digest.filters import headline, squeeze
from scheduler.digest.templating import Templates
from scheduler.digest.when import Reader
from scheduler.digest.wording import WORDINGS, Wording

KEPT = 4096
"""Cards of which both forms are kept, some 5 kB each."""

_CONTENT = attrgetter(*(field.name for field in fields(Card) if field.name != "number"))
# Stands where the number will, as wide as that: a character for private use, which no number is.
_DIGIT = "\ue000"


@dataclass(frozen=True, kw_only=True, eq=False)
class Style:
    """How the parts of one digest are written: all that they depend on beside their content. Made by `style_of`."""

    templates: Templates
    language: str
    reader: Reader

    @property
    def words(self) -> Wording:
        """The words of the digest."""
        return WORDINGS[self.language]


@lru_cache(maxsize=256)
def style_of(templates: Templates, language: str, reader: Reader) -> Style:
    """Return the one style of these templates, this language and this reader; so it is told apart by itself."""
    return Style(templates=templates, language=language, reader=reader)


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """One part in both forms, HTML with its styles at its elements; size: of the HTML, bytes of UTF-8."""

    html: str
    text: str
    size: int


BLANK = Fragment(html="", text="\n", size=0)
"""An empty line of the text."""

_BLOCKS = frozenset({"card", "additions", "changed"})
# Parts that an empty line follows.


class _Content:
    """A card as a key: equal where all but the number is; its hash is computed once."""

    __slots__ = ("card", "content", "value")

    def __init__(self, card: Card, awaited: tuple[tuple[int, tuple[Awaited, ...]], ...]) -> None:
        self.card = card
        self.content = (*_CONTENT(card), awaited)
        self.value = hash(self.content)

    def __hash__(self) -> int:
        return self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self.value == other.value and self.content == other.content


def card_fragment(card: Card, style: Style, awaited: Mapping[int, tuple[Awaited, ...]]) -> Fragment:
    """Write a card, or take what was written of the same one before."""
    members = (member.item for telling in card.tellings for member in telling.members)
    missing = tuple((item, awaited[item]) for item in members if item in awaited) if awaited else ()
    number = str(card.number)
    written = _card(_Content(card, missing), style, len(number))
    return _numbered(written, number)


@lru_cache(maxsize=KEPT)
def _card(content: _Content, style: Style, digits: int) -> Fragment:
    words = style.words
    told = card_words(content.card, style.reader, words, dict(content.content[-1]))
    return write("card", style, card=told, number=_DIGIT * digits)


def row_fragment(card: Card, style: Style) -> Fragment:
    """Write a card's headline alone, or take what was written of the same one before."""
    number = str(card.number)
    return _numbered(_row(card.title, card.url, style, len(number)), number)


@lru_cache(maxsize=KEPT)
def _row(title: Marked, url: str, style: Style, digits: int) -> Fragment:
    return write("row", style, title=headline(title, ROW_LIMIT), url=url, number=_DIGIT * digits)


def _numbered(written: Fragment, number: str) -> Fragment:
    place = _DIGIT * len(number)
    return Fragment(
        html=written.html.replace(place, number, 1), text=written.text.replace(place, number, 1), size=written.size
    )


def write(name: str, style: Style, **context: object) -> Fragment:
    """Write the part `name` in both forms; inlining styles is spared where the same rows were written before."""
    words, templates = style.words, style.templates
    given = {"say": words.say, "column": words.column, **context}
    html = templates.inlined_rows(templates.write(f"{name}.html", **given).strip("\n"))
    return Fragment(
        html=html,
        text=squeeze(templates.write(f"{name}.txt", **given)) + ("\n" if name in _BLOCKS else ""),
        size=len(html.encode()),
    )
