"""A card in words: what templates write down, all of it text that is ready to stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from news.changes.editions import Awaited
from news.source import Standing
from scheduler.digest.digest import Addition, Card, Marked, Member, Telling
from scheduler.digest.editions import none_yet
from scheduler.digest.filters import headline, language_label, reasons
from scheduler.digest.safe import one_line
from scheduler.digest.when import Reader
from scheduler.digest.wording import Wording

ROW_LIMIT = 110
"""Characters of a headline that is told in one row."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One item of a line: "EN", its link or nothing, "14:05 (reprint)"."""

    label: str
    url: str
    when: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one publisher told. order: "then", where it is known; tail: what follows the editions, from its comma on."""

    standing: Standing
    kind: str
    order: str
    publisher: str
    editions: tuple[Edition, ...]
    tail: str

    @property
    def told(self) -> str:
        """The editions and what follows them, as text: "RU 14:05, EN 15:20 (reprint), and 2 more"."""
        return ", ".join(f"{one.label} {one.when}".strip() for one in self.editions) + self.tail


@dataclass(frozen=True, kw_only=True)
class CardWords:
    """A card as templates write it; what there is nothing of is empty.

    warnings: that it is not to be used yet; glosses: an alert before, lateness, and what helps with a headline in
    another language; voice: that no official text is there.
    """

    title: Marked
    url: str
    pinned: str
    warnings: tuple[str, ...]
    glosses: tuple[str, ...]
    voice: str
    lines: tuple[Line, ...]
    more: tuple[str, ...]
    snippet: Marked | None
    unread: str
    why: str
    note: str
    also_in: str
    credit: str
    read_at: str


@dataclass(frozen=True, kw_only=True)
class AdditionWords:
    """What came to a story that was told before."""

    title: Marked
    url: str
    had: str
    lines: tuple[Line, ...]


def card_words(card: Card, reader: Reader, words: Wording, awaited: Mapping[int, tuple[Awaited, ...]]) -> CardWords:
    """Put a card into words. awaited: by item, the editions that are not there yet."""
    more = []
    if card.unnamed:
        more.append(words.count(card.unnamed, "other_publishers"))
    if card.further:
        more.append(words.count(card.further, "further_items"))
    return CardWords(
        title=headline(card.title),
        url=card.url,
        pinned=words.say("pinned") if card.pinned else "",
        warnings=tuple(_warnings(card, reader, words)),
        glosses=tuple(_glosses(card, reader, words)),
        voice=words.voices.get(card.voice, ""),
        lines=_lines(card.tellings, reader, words, awaited),
        more=tuple(more),
        snippet=card.snippet,
        unread=words.say("headline_only", reason=words.troubles[card.unread].brief) if card.unread else "",
        why=words.say("why", reasons=reasons(card.why, words)) if card.why else "",
        note=_note(card, words),
        also_in=words.say("also_in", watches=", ".join(card.also_in)) if card.also_in else "",
        credit=words.say("credit", credits="; ".join(card.credits)) if card.credits else "",
        read_at=words.say("read_at", host=card.host) if card.url else "",
    )


def addition_words(one: Addition, reader: Reader, words: Wording) -> AdditionWords:
    """Put into words what came to a story."""
    had = words.say("you_had_it", when=reader.dated(one.told_at, words))
    return AdditionWords(
        title=headline(one.title, ROW_LIMIT),
        url=one.url,
        had=f"{had} {words.say('for_watches', watches=', '.join(one.watches))}",
        lines=_lines(one.tellings, reader, words, {}, told_before=True),
    )


def _warnings(card: Card, reader: Reader, words: Wording) -> list[str]:
    found = []
    if card.embargo is not None:
        until = card.embargo.until
        text = words.say("embargo_until", until=reader.dated(until, words)) if until else words.say("embargo")
        quoted = words.say("title_quoted", title=one_line(card.embargo.words))
        found.append(f"{text} {words.say('embargo_words', words=quoted)}" if card.embargo.words else text)
    return found


def _glosses(card: Card, reader: Reader, words: Wording) -> list[str]:
    found = []
    if card.alerted is not None:
        found.append(words.say("alerted", when=reader.dated(card.alerted, words)))
    if card.late:
        first = min((member for telling in card.tellings for member in telling.members), key=lambda one: one.when)
        seen = reader.dated(first.seen_at, words)
        if first.stated is None:
            found.append(words.say("late_undated", found=seen))
        else:
            found.append(words.say("late", published=reader.dated_stated(first.stated, words), found=seen))
    if card.other_title is not None:
        found.append(words.say("other_title", title=one_line(headline(card.other_title).text)))
    if card.key_terms:
        found.append(words.say("key_terms", terms="; ".join(map(one_line, card.key_terms))))
    return found


def _note(card: Card, words: Wording) -> str:
    if not card.spellings:
        return ""
    spellings = words.say("spellings", n=len(card.spellings), names=" / ".join(map(one_line, card.spellings)))
    return words.say("note", note=spellings)


def _lines(
    tellings: Sequence[Telling],
    reader: Reader,
    words: Wording,
    awaited: Mapping[int, tuple[Awaited, ...]],
    *,
    told_before: bool = False,
) -> tuple[Line, ...]:
    """told_before: the story was, so that even its first line here is a reprint of something."""
    return tuple(
        _line(telling, reader, words, awaited, place=place, is_reprint=told_before or place > 0)
        for place, telling in enumerate(tellings)
    )


def _line(
    telling: Telling,
    reader: Reader,
    words: Wording,
    awaited: Mapping[int, tuple[Awaited, ...]],
    *,
    place: int,
    is_reprint: bool,
) -> Line:
    order = words.say("first") if telling.is_first else words.orders.get(telling.order, "")
    return Line(
        standing=telling.standing,
        kind=words.standings[telling.standing],
        order=order if place else "",
        publisher=telling.publisher,
        editions=tuple(
            Edition(
                label=language_label(member.language),
                url=member.url,
                when=_when(member, telling, reader, words, is_reprint=is_reprint),
            )
            for member in telling.members
        ),
        tail=(f", {words.count(telling.more, 'and_more')}" if telling.more else "") + none_yet(telling, awaited, words),
    )


def _when(member: Member, telling: Telling, reader: Reader, words: Wording, *, is_reprint: bool) -> str:
    """Return when a member was published, and in brackets what has to be known about it.

    is_reprint: whether another publisher told the story before; only then it means something how the member relates to
    it. Where it cannot be said who was first, the hour at which it was seen stands there too.
    """
    notes = []
    if member.stated is None or member.stated.at is None or telling.is_close:
        notes.append(words.say("seen", when=reader.near(member.seen_at, words)))
    if telling.is_close and is_reprint:
        notes.append(words.say("close"))
    if member.version > 1:
        notes.append(words.say("new_version", n=member.version))
    if is_reprint and member.relation in words.relations:
        notes.append(words.say("reworded") if member.reworded else words.relations[member.relation])
    when = reader.stated(member.stated, words) if member.stated is not None else words.say("undated")
    return words.say("with_brackets", name=when, note="; ".join(notes)) if notes else when
