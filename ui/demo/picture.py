"""What the demo's database holds in the end, gathered in one reading transaction for the summary."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from news.item import Item
from news.message import ParcelState
from news.watch.watch import Mode
from scheduler.composing import INSTANT
from storage import Unit

_ALL = 1_000


@dataclass(frozen=True, kw_only=True)
class Correction:
    """An item that its publisher changed: both headlines, and the words of the text that became others."""

    item: Item
    earlier: Item
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one watch found. at_once: it does not wait for the next digest."""

    watch: str
    at_once: bool
    items: int
    stories: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """One digest: how much it held, and whether it reached its channel. at_once: of the watches that do not wait."""

    at_once: bool
    stories: int
    items: int
    delivered: bool


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Everything the summary tells of the database.

    stories: the items of each story, in order of arrival. problems: why digests were not delivered.
    """

    stories: tuple[tuple[Item, ...], ...]
    corrections: tuple[Correction, ...]
    found: tuple[Found, ...]
    told: tuple[Told, ...]
    problems: tuple[str, ...]


def picture(unit: Unit) -> Picture:
    """Gather the stored items by story, the corrections, and what was found and told."""
    items = {item.id: item for item in reversed(unit.items.newest(_ALL))}
    story_of = {item_id: story.id for item_id in items if (story := unit.stories.of_item(item_id)) is not None}
    members: dict[int, list[Item]] = {}
    for item_id, story_id in story_of.items():
        members.setdefault(story_id, []).append(items[item_id])
    return Picture(
        stories=tuple(tuple(story) for story in members.values()),
        corrections=tuple(_correction(unit, item) for item in items.values() if item.version > 1),
        found=tuple(_found(unit, story_of)),
        told=tuple(
            Told(
                at_once=row.schedule == INSTANT,
                stories=row.stories,
                items=row.items,
                delivered=row.state is ParcelState.SENT,
            )
            for row in reversed(unit.digests.list(_ALL))
        ),
        problems=tuple(
            parcel.last_error or parcel.state.value
            for parcel in unit.outbox.list(_ALL)
            if parcel.state is not ParcelState.SENT
        ),
    )


def _correction(unit: Unit, item: Item) -> Correction:
    earlier = unit.items.versions(item.id)[0]
    return Correction(item=item, earlier=earlier, words=replaced_words(earlier.text, item.text))


def _found(unit: Unit, story_of: dict[int, int]) -> list[Found]:
    found = []
    for watch in unit.watches.all():
        matched = [match.item for match in unit.matches.of_watch(watch.id, _ALL)]
        stories = len({story_of[item] for item in matched})
        found.append(Found(watch=watch.name, at_once=watch.mode is Mode.INSTANT, items=len(matched), stories=stories))
    return found


def replaced_words(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """The runs of words that stand in `after` where others stood in `before`, each as (before, after)."""
    old, new = before.split(), after.split()
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return tuple((" ".join(old[a:b]), " ".join(new[c:d])) for step, a, b, c, d in steps if step == "replace")
