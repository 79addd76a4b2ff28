"""Key terms of a headline that its reader cannot read: what the lexicon knows by name in it, in the reader's language.

Each concept is looked for as a watch for it would be, by the same matcher; what is told is labelled as no translation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache

from news.item import Item
from news.lexicon import Concept, Lexicon
from news.source import Standing
from news.watch.matcher import Matcher, index_item
from news.watch.watch import Hit, Watch

MOST_TERMS = 5
"""Key terms of one headline."""

_LONGEST_TITLE = 400
_LONG_NAME = 40
# What is in every other headline says little, and goes when there is more to say.
_COMMON = frozenset({"kazakhstan", "central_asia", "astana", "almaty"})
_KINDS = ("own", "organisation", "office", "topic", "place")


def key_terms(title: str, *, title_language: str, language: str, day: date, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the names in `language` of what a title names, in the order in which the title has them.

    day: when it was published, for who holds an office then. Nothing for a title in an unknown language. The first call
    of a process compiles every concept: about a second; after that a title costs about a millisecond, once.
    """
    if title_language in {"und", language}:
        return ()
    return _key_terms(title[:_LONGEST_TITLE], title_language, language, day, lexicon)


@dataclass(frozen=True, kw_only=True)
class _Glossed:
    concept: Concept
    start: int
    end: int


@lru_cache(maxsize=20_000)
def _key_terms(title: str, title_language: str, language: str, day: date, lexicon: Lexicon) -> tuple[str, ...]:
    matcher, concepts = _every_concept(lexicon)
    found = [
        _Glossed(concept=concepts[match.watch], start=hit.start, end=hit.end)
        for match in matcher.matches(index_item(_as_item(title, title_language, day)))
        for hit in _own_hits(match.hits)
    ]
    widest = [one for one in found if not any(_is_within(one, other) for other in found)]
    widest.sort(key=lambda one: (one.start, _KINDS.index(one.concept.kind), one.concept.id))
    names: dict[str, str] = {}
    for one in widest:
        name = _name(one.concept, language)
        if name:
            names.setdefault(one.concept.id, name)
    if len(names) > MOST_TERMS:
        names = {id: name for id, name in names.items() if id not in _COMMON}
    return tuple(dict.fromkeys(names.values()))[:MOST_TERMS]


@lru_cache(maxsize=2)
def _every_concept(lexicon: Lexicon) -> tuple[Matcher, dict[int, Concept]]:
    concepts = {number: one for number, one in enumerate(lexicon.all, 1) if not one.unverified}
    watches = [Watch(name=one.id, query=f"@{one.id}", id=number) for number, one in concepts.items()]
    return Matcher(watches, lexicon=lexicon), concepts


def _own_hits(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.field == "title")


def _is_within(one: _Glossed, other: _Glossed) -> bool:
    """Whether a longer name holds this one, or the same words name something more telling."""
    if one.concept.id == other.concept.id or not (other.start <= one.start and one.end <= other.end):
        return False
    same = (one.start, one.end) == (other.start, other.end)
    return not same or _KINDS.index(other.concept.kind) < _KINDS.index(one.concept.kind)


def _name(concept: Concept, language: str) -> str:
    own = [name for name in concept.names if name.sure and name.language == language]
    names = [name.text for name in own if name.kind == "name"]
    short = [name.text for name in own if name.kind == "abbreviation"]
    # What is known by its letters is read faster so than by a name as long as a line.
    chosen = short or names if names and len(names[0]) > _LONG_NAME else names or short
    return chosen[0] if chosen else ""


def _as_item(title: str, language: str, day: date) -> Item:
    return Item(
        title=title,
        url="",
        source="",
        publisher="",
        standing=Standing.MEDIA,
        language=language,
        seen_at=datetime.combine(day, time(12), tzinfo=UTC),
        keys=(),
        text_hash="",
        content_hash="",
    )
