"""Who told a story, publisher by publisher: weightiest word first, and who was first where that can be known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from news.source import AnySource, Clock
from news.story import Relation
from news.story.first import Appearance, Order, first_of, order
from scheduler.digest.digest import Member, Telling
from scheduler.digest.safe import one_line, safe_link
from storage import Teller, ToldMatch

MOST_MEMBERS = 6
"""Items of one publisher that a card names; a serial may have hundreds."""

MOST_PUBLISHERS = 8
"""Publishers that a card names; the others are counted."""

_TAG = re.compile("[a-z]{2,3}")


def language_tag(language: str) -> str:
    """Return a language tag, "und" for anything that is not one: a page may declare what it likes."""
    return language if _TAG.fullmatch(language) else "und"


def tellers_of(matches: Iterable[ToldMatch]) -> tuple[Teller, ...]:
    """Return the items of these matches as tellers of their story."""
    items = {match.item.id: match for match in matches}
    return tuple(
        Teller(
            item=match.item.id,
            source=match.item.source,
            publisher=match.item.publisher,
            standing=match.item.standing,
            language=match.item.language,
            title=match.item.title,
            url=match.item.url,
            published=match.item.published,
            seen_at=match.item.seen_at,
            version=match.item.version,
            relation=match.relation,
            to=0,
        )
        for match in items.values()
    )


def tellings(tellers: Sequence[Teller], declared: Mapping[str, AnySource]) -> tuple[Telling, ...]:
    """Group who tells a story by publisher, the weightiest standing first, then the earliest.

    declared: sources by id; of one that is configured no more the hours are not raced with.
    """
    by_publisher: dict[tuple[int, str], list[Teller]] = {}
    for one in tellers:
        by_publisher.setdefault((one.standing.rank, one_line(one.publisher)), []).append(one)
    grouped = []
    for (_, publisher), told in by_publisher.items():
        members = sorted((_member(one, tellers) for one in told), key=lambda member: (member.when, member.item))
        telling = Telling(
            publisher=publisher,
            standing=told[0].standing,
            members=tuple(members[:MOST_MEMBERS]),
            more=max(len(members) - MOST_MEMBERS, 0),
        )
        grouped.append((telling, [_appearance(one, declared) for one in told]))
    grouped.sort(key=lambda pair: (pair[0].standing.rank, pair[0].members[0].when, pair[0].publisher))
    return _raced(grouped)


def _raced(grouped: Sequence[tuple[Telling, list[Appearance]]]) -> tuple[Telling, ...]:
    if len(grouped) < 2:
        return tuple(telling for telling, _ in grouped)
    first = first_of([appearances for _, appearances in grouped])
    leading = grouped[0][1]
    orders = [order(appearances, leading) for _, appearances in grouped[1:]]
    ordered = [
        replace(telling, order=one, is_first=place == first, is_close=one is Order.CLOSE)
        for place, ((telling, _), one) in enumerate(zip(grouped[1:], orders, strict=True), 1)
    ]
    return (replace(grouped[0][0], is_first=first == 0, is_close=Order.CLOSE in orders), *ordered)


def _member(one: Teller, tellers: Sequence[Teller]) -> Member:
    decided = _decided(one, tellers)
    return Member(
        item=one.item,
        language=language_tag(one.language),
        stated=one.published,
        seen_at=one.seen_at,
        url=safe_link(one.url),
        version=one.version,
        relation=decided.relation,
        reworded=decided.reworded,
    )


def _decided(one: Teller, tellers: Sequence[Teller]) -> Teller:
    """The item that says how `one` is related to the others; what came first was new then, and is as others to it."""
    if one.relation is not Relation.NEW:
        return one
    return next((other for other in tellers if other.to == one.item and other.relation.joins), one)


def _appearance(one: Teller, declared: Mapping[str, AnySource]) -> Appearance:
    source = declared.get(one.source)
    return Appearance(
        stated=one.published,
        seen_at=one.seen_at,
        clock=source.clock if source else Clock.DAY,
        every=source.every if source else timedelta(0),
    )
