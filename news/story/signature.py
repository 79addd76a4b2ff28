"""What an item is known by: sampled passages, names, figures and title, in some hundred bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import combinations
from operator import attrgetter
from typing import Self

import numpy as np
import numpy.typing as npt

from news.item import Item
from news.story.concepts import shipped_names
from news.story.entities import CONCEPT, KNOWN, NAME, WORD, Entity, Known, keys_of, rank_of, weight_of
from news.story.frequencies import passage_bucket, seeded
from news.story.glossary import glossaries
from news.story.marks import is_collection, is_later, is_site_notice
from news.story.naming import Naming, named_in
from news.story.passages import hash_of, passages
from news.story.passages import hash_of_form as hashed
from news.story.spellings import spellings_of
from news.text.remembered import Kept
from news.watch.indexed import IndexedField, IndexedItem
from news.watch.stopwords import STOPWORDS

_VERSION = 1
_KEPT, _COUNTED, _COUNTED_ENTITIES = 128, 44, 16
_FILED, _FILED_OF_LONG, _WORDS_A_FILED = 14, 24, 60
_FILED_ENTITIES, _PAIRED = 7, 4
_LEAST_WEIGHT = 0.5
_LONGEST_TITLE, _DISTINCT_TITLE = 16, 4
# A lead tells the news where the text is no longer than this many words.
_SHORT_TEXT = 25

_HEAD = struct.Struct("<BBIQBB")
_COLLECTION, _LATER, _NOTICE, _SHORT_CUT = 1, 2, 4, 8
_SEPARATOR = "\x1f"
_WHOLE = 1 << 32

_CROSS = 1 << 46
_MASK = (1 << 64) - 1
_PERIOD, _OVERLAP = 8, 2
_ORDER = attrgetter("order")
_REMEMBERED = 16_384
_NOTHING = np.empty(0, np.uint64)


def _entity(packed: str) -> Entity:
    return Entity(packed[1], packed[2:], packed[0] == "+")


# The same few names stand in most of what is unpacked.
_entities = Kept(_entity, most=_REMEMBERED)


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What is kept of an item to compare it with others.

    filed_under: what the item is looked up by, at most some thirty non-negative integers below 2**47; two items that
    share one that `is_cross_key`, or three others, may tell one story. counted: distinct buckets (see `Frequencies`) in
    which the item counts once. Neither is packed: both are empty after `unpack`.
    passages: ascending 32-bit hashes of three neighbouring words, the lowest of the text. cut: whether there are more
    than these. words: length of the text. body: hash of the whole text, 0 where there is none. title: hashes of the
    title's words but for those of every text, in order. entities: names, figures, concepts and words that it tells of.
    cut_kinds: the kinds of which it tells more. collection: news of a day or week. later: its title says that it was
    updated. notice: its text is a site's notice.
    """

    filed_under: tuple[int, ...] = ()
    counted: tuple[int, ...] = ()
    passages: tuple[int, ...] = ()
    cut: bool = False
    words: int = 0
    body: int = 0
    title: tuple[int, ...] = ()
    entities: tuple[Entity, ...] = ()
    cut_kinds: str = ""
    collection: bool = False
    later: bool = False
    notice: bool = False

    @property
    def reach(self) -> int:
        """Every passage of the text with a hash below this is in `passages`."""
        return self.passages[-1] + 1 if self.cut else _WHOLE

    @cached_property
    def passage_set(self) -> frozenset[int]:
        """The passages, to look one up."""
        return frozenset(self.passages)

    @cached_property
    def ends(self) -> Mapping[str, int]:
        """Of the kinds that are cut: the rank from which on nothing of the kind is kept beside the title."""
        ends = dict.fromkeys(self.cut_kinds, 0)
        for (kind, _, title), place in zip(self.entities, self.ranks, strict=True):
            if not title and kind in ends and place > ends[kind]:
                ends[kind] = place
        return ends

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """The `rank` of each entity, in order."""
        return tuple(map(rank_of, self.entities))

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """The `weight` of each entity, in order."""
        return tuple(map(weight_of, self.entities))

    @cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """The `keys` of each entity, in order."""
        return tuple(map(keys_of, self.entities))

    def pack(self) -> bytes:
        """The bytes that `unpack` reads, some 900 for a long text."""
        flags = _COLLECTION * self.collection | _LATER * self.later | _NOTICE * self.notice | _SHORT_CUT * self.cut
        named = _SEPARATOR.join(
            [self.cut_kinds, *(f"{'+' if one.title else '-'}{one.kind}{one.text}" for one in self.entities)]
        )
        numbers = (*self.passages, *self.title)
        head = _HEAD.pack(_VERSION, flags, min(self.words, _WHOLE - 1), self.body, len(self.passages), len(self.title))
        return head + struct.pack(f"<{len(numbers)}I", *numbers) + zlib.compress(named.encode("utf-8", "replace"))

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """The signature without what it is filed under and counted in; raises ValueError for other bytes."""
        try:
            version, flags, words, body, passages, title = _HEAD.unpack_from(packed)
            if version != _VERSION:
                raise ValueError(f"a signature of version {version}")
            numbers = struct.unpack_from(f"<{passages + title}I", packed, _HEAD.size)
            cut_kinds, *named = zlib.decompress(packed[_HEAD.size + 4 * len(numbers) :]).decode().split(_SEPARATOR)
        except (struct.error, zlib.error, UnicodeDecodeError) as error:
            raise ValueError("not a signature") from error
        return cls(
            passages=numbers[:passages],
            cut=bool(flags & _SHORT_CUT),
            words=words,
            body=body,
            title=numbers[passages:],
            entities=tuple(map(_entities.__getitem__, named)),
            cut_kinds=cut_kinds,
            collection=bool(flags & _COLLECTION),
            later=bool(flags & _LATER),
            notice=bool(flags & _NOTICE),
        )


def is_cross_key(filed: int) -> bool:
    """Whether an integer of `filed_under` is a cross-language key, which makes two items lookalikes by itself."""
    return bool(filed & _CROSS)


def get_ready() -> None:
    """Load what signing needs, some 0.2 s of work, before the first item waits for it."""
    shipped_names()
    glossaries()
    seeded()


def sign(indexed: IndexedItem) -> Signature:
    """Work out an item's signature from the words that `index_item` cut; linear in their number."""
    item = indexed.item
    known = spellings_of(item.language)
    title, *others = [one for one in indexed.fields if one.name == "title" or (one.by_default and one.places)]
    fields = [title, *others]
    readings = dict(zip([one.name for one in fields], known.read([one.words.raw for one in fields]), strict=True))
    told = [readings[name].hashes for name in _told(others) if name in readings]
    hashes = told[0] if len(told) == 1 else np.concatenate(told) if told else _NOTHING
    notice = is_site_notice(f"{item.lead}\n{item.text}", len(hashes))
    if notice:
        hashes = _NOTHING
    words = len(hashes)
    found = passages(hashes)
    kept = (found[:_KEPT] >> np.uint64(32)).tolist()
    filed = min(_FILED_OF_LONG, max(_FILED, words // _WORDS_A_FILED))
    title_words = _title(title.words.forms, readings["title"].hashes)
    named = named_in(title, others, readings, known, indexed.spellings)
    cross = () if notice else _cross_keys(named, title_words, day_of(item))
    counted = set(map(passage_bucket, kept[:_COUNTED]))
    return Signature(
        filed_under=(*dict.fromkeys((found[:filed] >> np.uint64(18)).tolist()), *dict.fromkeys(cross)),
        counted=tuple(sorted(counted.union(map(rank_of, named.entities[:_COUNTED_ENTITIES])))),
        passages=tuple(kept),
        cut=len(found) > _KEPT,
        words=words,
        body=hash_of(hashes.tobytes()) if words else 0,
        title=title_words,
        entities=named.entities,
        cut_kinds=named.cut_kinds,
        collection=is_collection(item.title, title.words.forms),
        later=is_later(item.title),
        notice=notice,
    )


def day_of(item: Item) -> date:
    """The day an item tells of: as published where that can be believed, else when it was seen."""
    return believable(item.published.day if item.published else None, item.seen_at.date())


def believable(stated: date | None, seen: date) -> date:
    """The stated day, but for the beginnings of clocks (1970) and days to come."""
    if stated is None or stated.year < 1990 or (stated - seen).days > 1:
        return seen
    return stated


def _told(others: Sequence[IndexedField]) -> Sequence[str]:
    """The fields that tell the news, without the title: the text, and the lead where the text is short or lacks it."""
    text = next((one for one in others if one.name == "text"), None)
    return ("lead", "text") if text is None or len(text.words) <= _SHORT_TEXT else ("text",)


def _title(forms: Sequence[str], hashes: npt.NDArray[np.uint64]) -> tuple[int, ...]:
    numbers = (hashes >> np.uint64(32)).tolist()
    told = [number for form, number in zip(forms, numbers, strict=True) if form not in STOPWORDS]
    return tuple(told[:_LONGEST_TITLE])


def _cross_keys(named: Naming, title: Sequence[int], day: date) -> list[int]:
    found = []
    if len(set(title)) >= _DISTINCT_TITLE:
        found.append(_CROSS | hashed(f"title {sorted(set(title))}") >> 18)
    first: dict[str, Known] = {}
    for name in named.names:
        known = KNOWN[NAME][name.text]
        first.setdefault(known.filing, known)
        if len(first) == _FILED_ENTITIES:
            break
    strong = [*first.values(), *[one for one in named.others if one.weight >= _LEAST_WEIGHT]]
    strong.sort(key=_ORDER)
    words = list(dict.fromkeys([one.filing for one in strong]))[:_FILED_ENTITIES]
    if len(words) < _PAIRED:
        weak = [one for one in named.others if one.weight < _LEAST_WEIGHT and one.entity.kind in {WORD, CONCEPT}]
        others = sorted(weak, key=_ORDER)[:_PAIRED]
        words += [f"{one} {other}" for one, other in combinations(sorted({one.filing for one in others}), 2)]
    number = day.toordinal()
    factors = [2 * period + 1 for period in {number // _PERIOD, (number + _OVERLAP) // _PERIOD}]
    for hashed_word in map(_filed_hash, words):
        found += [_CROSS | (hashed_word * factor & _MASK) >> 18 for factor in factors]
    return found


@lru_cache(maxsize=4_096)
def _filed_hash(word: str) -> int:
    return hashed(word)
