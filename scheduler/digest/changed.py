"""Changed since you read it: items a recipient was told that now say something else, or are there no more.

The publisher's words before and after are shown within what the source lets out; of the rest it is said what changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from news.changes import ChangeKind, Passage, What, classify
from news.embargo import embargo_in_force
from news.item import Item
from news.source import AnySource, Quote
from scheduler.digest.cards import tag
from scheduler.digest.digest import Digest, Marked, Revised, WasNow
from scheduler.digest.safe import host_of, merged, one_line, printable, safe_link
from storage import Shown, ToldChange, ToldMatch

MOST_PASSAGES = 3
"""Passages shown of one item; further ones are counted."""

MOST_REVISED = 15
"""Items that one digest tells as changed; the others follow in the next one."""

_ELLIPSES = "… "
# What is a fact and nobody's words: a figure, a name, an office.
_FACTS = frozenset({What.FIGURES, What.NAMES, What.TITLES})
_LONGEST_FACT = 60
_LAST_WORD = re.compile(r"\w{1,30}\s\Z")
_FIRST_WORD = re.compile(r"\s\w{1,30}")


@dataclass(frozen=True, kw_only=True)
class Beside:
    """watches: those of the recipient that found a changed item. unchanged: languages of its editions that are not."""

    watches: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


_NOTHING_BESIDE = Beside()


def with_changes(
    digest: Digest,
    told: Iterable[ToldMatch],
    changes: Sequence[ToldChange],
    *,
    sources: Iterable[AnySource],
    beside: Mapping[int, Beside] | None = None,
) -> Digest:
    """Return the digest with what changed, and with the versions in which it shows each item.

    told: what the digest tells as news; changes: at most MOST_REVISED; beside: by item, what stands beside its change.
    What turned out to read as before (a correction that was taken back) is counted as shown, and not told.
    """
    declared = {source.id: source for source in sources}
    revised = [
        one
        for change in changes
        if (one := _revised(change, declared, (beside or {}).get(change.now.id, _NOTHING_BESIDE), now=digest.now))
    ]
    revised.sort(key=lambda one: (one.withdrawn is not None, one.standing.rank, one.item))
    numbered = [replace(one, number=digest.stories + place) for place, one in enumerate(revised, 1)]
    shown = {match.item.id: Shown(item=match.item.id, version=match.item.version) for match in told}
    shown |= {
        change.now.id: Shown(
            item=change.now.id,
            version=change.now.version,
            withdrawn=change.withdrawn is not None,
            before=change.was.version,
        )
        for change in changes
    }
    return replace(digest, revised=tuple(numbered), shown=tuple(shown.values()))


def _revised(change: ToldChange, declared: Mapping[str, AnySource], beside: Beside, *, now: datetime) -> Revised | None:
    found = classify(change.was, change.now)
    if found.kind is ChangeKind.COSMETIC and change.withdrawn is None:
        return None
    source = declared.get(change.now.source)
    quote = source.quote if source else Quote.HEADLINE
    told = [one for one in found.passages if one.what or found.kind is ChangeKind.SUBSTANCE]
    shown = [one for passage in told if (one := _allowed(passage, change, quote)) is not None]
    url = safe_link(change.now.url)
    return Revised(
        item=change.now.id,
        title=Marked(text=printable(change.now.title), language=tag(change.now)),
        publisher=one_line(change.now.publisher),
        standing=change.now.standing,
        language=tag(change.now),
        version=change.now.version,
        had_version=change.was.version,
        seen_at=change.now.seen_at,
        told_at=change.told_at,
        what=found.what,
        passages=tuple(_shown(one, change.now) for one in shown[:MOST_PASSAGES]),
        more=len(told) - len(shown[:MOST_PASSAGES]),
        added=found.added,
        removed=found.removed,
        withdrawn=change.withdrawn,
        url=url,
        host=host_of(url),
        watches=tuple(map(one_line, beside.watches)),
        unchanged=beside.unchanged,
        embargo=embargo_in_force(change.now, zone=source.zone if source else "UTC", now=now),
    )


def _allowed(passage: Passage, change: ToldChange, quote: Quote) -> Passage | None:
    """Return as much of the passage as its source lets out: below the lead only the fact itself."""
    if passage.field == "title" or quote is Quote.FULL:
        return passage
    if quote is Quote.HEADLINE:
        return None
    sides = ((passage.was, change.was), (passage.now, change.now))
    if all(text.strip(_ELLIPSES) in item.lead for text, item in sides):
        return passage
    if not _FACTS.intersection(passage.what):
        return None
    was, was_mark = _bare(passage.was, passage.was_marks)
    now, now_mark = _bare(passage.now, passage.now_marks)
    return replace(passage, was=was, now=now, was_marks=was_mark, now_marks=now_mark)


def _bare(text: str, marks: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the first place that is marked with one word on each side, and where the mark lies in that."""
    if not marks:
        return "", ()
    start, end = marks[0]
    end = min(end, start + _LONGEST_FACT)
    before = _LAST_WORD.search(text[:start])
    after = _FIRST_WORD.match(text[end:])
    left = before.group() if before else ""
    right = after.group() if after else ""
    return left + text[start:end] + right, ((len(left), len(left) + end - start),)


def _shown(passage: Passage, item: Item) -> WasNow:
    was, now = (
        Marked(text=printable(text), marks=merged(list(marks), len(text)), language=tag(item))
        for text, marks in ((passage.was, passage.was_marks), (passage.now, passage.now_marks))
    )
    return WasNow(was=was, now=now, is_headline=passage.field == "title")
