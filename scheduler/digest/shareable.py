"""What of a digest may leave its reader's own mail: everything but what is under embargo."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from scheduler.digest.digest import Bars, Card, Digest, Group, Member
from scheduler.digest.safe import one_line


def shareable(digest: Digest) -> Digest:
    """Return the digest without what asks not to be used yet, its stories numbered anew.

    Feeds, webhooks, short notices and copies to forward are made of this alone: also their subject, which may be a
    headline. What is left out is told by them to nobody, not even as a number.
    """
    groups = tuple(
        group for group in (_open(one) for one in digest.groups) if group.cards or group.listed or group.unlisted
    )
    numbered: list[Group] = []
    number = 0
    for group in groups:
        cards = []
        for card in group.cards:
            number += 1
            cards.append(replace(card, number=number))
        numbered.append(replace(group, cards=tuple(cards)))
    revised = [one for one in digest.revised if one.embargo is None]
    held = {member.item for group in digest.groups for card in group.cards if card.embargo for member in _members(card)}
    held |= {one.item for one in digest.revised if one.embargo is not None}
    held_by = Counter(
        one_line(name)
        for group in digest.groups
        for card in group.cards
        if card.embargo is not None
        for name in (group.watch, *card.also_in)
    )
    return replace(
        digest,
        bars=tuple(_without(bars, held_by[bars.watch]) for bars in digest.bars),
        groups=tuple(numbered),
        items=max(digest.items - len(held & {one.item for one in digest.shown}), 0) if held else digest.items,
        additions=tuple(one for one in digest.additions if one.embargo is None),
        revised=tuple(replace(one, number=number + place) for place, one in enumerate(revised, 1)),
    )


def _open(group: Group) -> Group:
    return replace(group, cards=tuple(card for card in group.cards if card.embargo is None))


def _without(bars: Bars, held: int) -> Bars:
    """The bars without so many of their newest stories."""
    days = list(bars.days)
    for day in range(len(days) - 1, -1, -1):
        taken = min(days[day], held)
        days[day] -= taken
        held -= taken
    return replace(bars, days=tuple(days))


def _members(card: Card) -> list[Member]:
    return [member for telling in card.tellings for member in telling.members]
