"""From matches to a digest: one card a story, in the first watch it matched, numbered, with what it vouches for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from news.lexicon import Lexicon, shipped
from news.source import AnySource
from news.story.voice import Voice
from news.watch.watch import Recipient
from scheduler.digest.calendar import ALERTS, Slot
from scheduler.digest.cards import Desk, make_addition, make_card, tag
from scheduler.digest.coverage import Coverage
from scheduler.digest.digest import Addition, Card, Digest, Group
from scheduler.digest.safe import one_line
from storage import ToldMatch, ToldStory

# An alert tells what was found a minute ago, whenever the last one was.
_ALERTS_LOOK_BACK = timedelta(days=1)


def compose(
    recipient: Recipient,
    told: Sequence[ToldMatch],
    coverage: Coverage,
    *,
    slot: Slot,
    now: datetime,
    sources: Sequence[AnySource],
    watches: Iterable[str] = (),
    stories: Mapping[int, ToldStory] | None = None,
    sample: bool = False,
    changed: bool = False,
    lexicon: Lexicon | None = None,
) -> Digest | None:
    """Return what `recipient` is told in `slot`; None only where an alert has nothing to tell.

    changed: there is something to tell besides, of what was told before.
    stories: by number, who tells each, and whether the recipient's digests told of it before; then it is no new story,
    and what came to it is told in few words.

    sources: the configured ones; they say how much of an item may be quoted and whom to credit. An item whose source is
    no longer configured is told by its headline alone. watches: names the recipient follows, for "no hit".
    lexicon: what gives the names of key terms, the shipped one unless given.
    """
    if not told and not changed and slot.kind in ALERTS:
        return None
    desk = Desk(
        declared={source.id: source for source in sources},
        language=recipient.language,
        since=now - _ALERTS_LOOK_BACK if slot.kind in ALERTS else coverage.since,
        now=now,
        lexicon=lexicon or shipped(),
    )
    by_story: dict[tuple[str, int], list[ToldMatch]] = {}
    for match in sorted(told, key=lambda one: (not one.watch.pinned, one.watch.id, one.watch.name, one.match_id)):
        # An item that no story was chosen for yet stands alone.
        key = ("story", match.story) if match.story else ("item", match.item.id)
        by_story.setdefault(key, []).append(match)
    by_watch: dict[str, list[Card]] = {}
    additions: list[Addition] = []
    for matches in by_story.values():
        story = stories.get(matches[0].story) if stories else None
        before = story.before if story is not None else None
        if story is not None and before is not None and before.goes_on(match.item.id for match in matches):
            additions.append(make_addition(matches, desk, story, before))
        else:
            card = make_card(matches, desk, story=story)
            by_watch.setdefault(matches[0].watch.name, []).append(card)
    groups = _numbered(by_watch)
    items = {match.item.id: match.item for match in told}
    return Digest(
        recipient=recipient,
        slot=slot,
        now=now,
        groups=groups,
        coverage=coverage,
        match_ids=tuple(sorted(match.match_id for match in told)),
        items=len(items),
        languages=tuple(sorted({tag(item) for item in items.values()} - {"und"})),
        changed=sum(card.version > 1 for group in groups for card in group.cards),
        additions=tuple(sorted(additions, key=lambda one: (one.tellings[0].standing.rank, one.story))),
        quiet=tuple(name for name in dict.fromkeys(watches) if name not in {match.watch.name for match in told}),
        sample=sample,
    )


def _numbered(by_watch: Mapping[str, list[Card]]) -> tuple[Group, ...]:
    groups: list[Group] = []
    number = 0
    for watch, cards in by_watch.items():
        numbered: list[Card] = []
        for card in sorted(cards, key=_rank):
            number += 1
            numbered.append(replace(card, number=number))
        groups.append(Group(watch=one_line(watch), cards=tuple(numbered)))
    return tuple(groups)


def _rank(card: Card) -> tuple[bool, bool, int, float, float, int, int]:
    """Pinned, official word, what more publishers tell by themselves, what more terms name, the newest.

    The story's number and its first item's make the order total.
    """
    first = min(member.item for telling in card.tellings for member in telling.members)
    official = card.voice is Voice.OFFICIAL
    return not card.pinned, not official, -card.publishers, -card.score, -card.newest.timestamp(), card.story, first
