"""What a digest says, before it has a form: cards, why they are there, what the digest vouches for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from news.changes import What
from news.changes.editions import Awaited
from news.embargo import Embargo as Embargo
from news.item import Stated
from news.source import Standing
from news.story import Relation
from news.story.first import Order
from news.story.voice import Voice
from news.visit import Reason
from news.watch.watch import Recipient
from scheduler.digest.calendar import Slot
from scheduler.digest.coverage import Coverage
from storage import Shown, Withdrawal


@dataclass(frozen=True, kw_only=True)
class Marked:
    """Text with the places that were looked for: (start, end) in code points, ascending, never overlapping."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Member:
    """One item of a card. stated: the publisher's own time; url: safe to link, or empty; version counts from 1.

    reworded: it tells the same in words of its own.
    """

    item: int
    language: str
    stated: Stated | None
    seen_at: datetime
    url: str
    version: int
    relation: Relation
    reworded: bool = False

    @property
    def when(self) -> datetime:
        """The instant to sort by: as stated where the hour is known, else when it was seen."""
        return self.stated.at if self.stated is not None and self.stated.at is not None else self.seen_at


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The members of one card that one publisher told, in the order of time; more: how many others are not named.

    order: how it stands in time to the first telling of the card; is_first: it came before every other one; is_close:
    its hours are known, and too near another's to say who came first.
    """

    publisher: str
    standing: Standing
    members: tuple[Member, ...]
    order: Order = Order.UNKNOWN
    is_first: bool = False
    is_close: bool = False
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Found:
    """One form of a term as an item has it; fields: title, lead, text or tag, in that order."""

    form: str
    language: str
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Why:
    """A term of a watch and the forms in which it was found."""

    term: str
    found: tuple[Found, ...]


@dataclass(frozen=True, kw_only=True)
class Bars:
    """What a watch found, a number of stories a local day, the oldest first; the last is the day of the digest."""

    watch: str
    days: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One story. url: of the item whose headline is shown; credits: lines that sources ask for; host: where url leads.

    also_in: further watches of the recipient that this story matched. unread: why the page of the item shown could not
    be read, so that there is only its headline. voice: whose word it is; unnamed, further: publishers and items
    that are only counted. pinned: of a watch that goes first. late: published before the period, found in it.
    alerted: when the reader was alerted of all of it.
    embargo: the text asks not to be used before; such a card is in no copy, feed or channel until then.
    key_terms: names of the lexicon's concepts in the title, in the reader's language, where the title is not in it and
    no publisher has a version in it. other_title: the headline of the item that was found, where the one shown is the
    publisher's own version of it in the reader's language. spellings: one person's name as the members write it, where
    they differ: ("Kakha Imnadze", "Kaha Imnadze").
    score: distinct terms that were found, at most in one item. publishers: how many tell it independently.
    """

    story: int
    title: Marked
    tellings: tuple[Telling, ...]
    why: tuple[Why, ...]
    url: str = ""
    host: str = ""
    snippet: Marked | None = None
    also_in: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    unread: Reason | None = None
    voice: Voice = Voice.OFFICIAL
    unnamed: int = 0
    further: int = 0
    number: int = 0
    pinned: bool = False
    late: bool = False
    alerted: datetime | None = None
    embargo: Embargo | None = None
    key_terms: tuple[str, ...] = ()
    other_title: Marked | None = None
    spellings: tuple[str, ...] = ()
    score: float = 0.0
    publishers: int = 1

    @property
    def standing(self) -> Standing:
        """The weightiest standing among the publishers."""
        return self.tellings[0].standing

    @property
    def newest(self) -> datetime:
        """The time of the newest member."""
        return max(member.when for telling in self.tellings for member in telling.members)

    @property
    def version(self) -> int:
        """The highest version among the members; above 1 a publisher changed what was first seen."""
        return max(member.version for telling in self.tellings for member in telling.members)


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What came to a story that an earlier digest told, at `told_at`: the new members alone, by publisher.

    embargo: as for a card, where one of the new members asks for it.
    """

    story: int
    title: Marked
    tellings: tuple[Telling, ...]
    told_at: datetime
    watches: tuple[str, ...]
    url: str = ""
    embargo: Embargo | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """The cards of one watch. listed: cards told by title alone; unlisted: cards of which only the number is told."""

    watch: str
    cards: tuple[Card, ...]
    listed: tuple[Card, ...] = ()
    unlisted: int = 0

    @property
    def total(self) -> int:
        """All stories of the group, however they are told."""
        return len(self.cards) + len(self.listed) + self.unlisted


@dataclass(frozen=True, kw_only=True)
class WasNow:
    """A place of an item in the words of two versions; one of them is empty where words came or went."""

    was: Marked
    now: Marked
    is_headline: bool = False


@dataclass(frozen=True, kw_only=True)
class Revised:
    """An item told before that says something else now, or is withdrawn. more: changes that are not among `passages`.

    had_version: what the recipient was told last, at told_at; version: in force, seen_at. watches: of the recipient
    that found it. unchanged: languages of the publisher's other editions that say what they said.
    """

    item: int
    title: Marked
    publisher: str
    standing: Standing
    language: str
    version: int
    had_version: int
    seen_at: datetime
    told_at: datetime | None
    what: tuple[What, ...]
    passages: tuple[WasNow, ...]
    more: int = 0
    added: int = 0
    removed: int = 0
    withdrawn: Withdrawal | None = None
    url: str = ""
    host: str = ""
    number: int = 0
    watches: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    embargo: Embargo | None = None


@dataclass(frozen=True, kw_only=True)
class Digest:
    """Everything one recipient is told in one slot. match_ids: what freezing it marks as told.

    additions: what came to stories told before; revised: what was told before and changed since; shown: the version in
    which each item is told.
    awaited: language versions that items, by their numbers, usually have and do not have yet.
    bars: four weeks of each watch the recipient follows. last_hits: when a quiet watch last found something.
    quiet: watches the recipient follows that found nothing. now: instant of composing.
    """

    recipient: Recipient
    slot: Slot
    now: datetime
    groups: tuple[Group, ...]
    coverage: Coverage
    match_ids: tuple[int, ...] = ()
    items: int = 0
    languages: tuple[str, ...] = ()
    changed: int = 0
    quiet: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    revised: tuple[Revised, ...] = ()
    shown: tuple[Shown, ...] = ()
    awaited: Mapping[int, tuple[Awaited, ...]] = field(default_factory=dict)
    bars: tuple[Bars, ...] = ()
    last_hits: Mapping[str, datetime] = field(default_factory=dict)
    sample: bool = False

    @property
    def stories(self) -> int:
        """How many stories the digest tells, folded ones included."""
        return sum(group.total for group in self.groups)


def fold(digest: Digest, *, full: int, listed: int) -> Digest:
    """Return the digest with at most `full` whole cards and `listed` titles; the rest is counted, none is hidden.

    What is pinned is whole first, then one card of every watch, then what official sources say. Of the rest every watch
    keeps its share: the longest groups are cut first, so a flood in one watch hides no other.
    """
    sizes = [len(group.cards) for group in digest.groups]
    kept = [0] * len(sizes)
    pinned = [sum(card.pinned for card in group.cards) for group in digest.groups]
    official = [sum(card.pinned or card.voice is Voice.OFFICIAL for card in group.cards) for group in digest.groups]
    for wanted in (pinned, [min(size, 1) for size in sizes], official, sizes):
        more = _shares([max(want - have, 0) for want, have in zip(wanted, kept, strict=True)], full - sum(kept))
        kept = [have + got for have, got in zip(kept, more, strict=True)]
    titled = _shares([size - share for size, share in zip(sizes, kept, strict=True)], listed)
    groups = tuple(
        replace(
            group,
            cards=group.cards[:share],
            listed=group.cards[share : share + titles],
            unlisted=len(group.cards) - share - titles,
        )
        for group, share, titles in zip(digest.groups, kept, titled, strict=True)
    )
    return replace(digest, groups=groups)


def _shares(sizes: list[int], room: int) -> list[int]:
    """Share `room` among groups of `sizes` so that no group gets more than another that still wants."""
    shares = [0] * len(sizes)
    for count, index in enumerate(sorted(range(len(sizes)), key=lambda one: (sizes[one], one))):
        left = len(sizes) - count
        shares[index] = min(sizes[index], -(-(room - sum(shares)) // left))
    return shares
