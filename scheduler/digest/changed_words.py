"""The words around what changed: which version, seen when, told when, and where both versions are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from news.changes import What
from scheduler.digest.changed import summed_up
from scheduler.digest.digest import Digest, Revised
from scheduler.digest.filters import language_label
from scheduler.digest.when import near
from scheduler.digest.wording import Wording

NAMES: Mapping[What, str] = {
    What.HEADLINE: "the headline",
    What.FIGURES: "figures or dates",
    What.NAMES: "names",
    What.TITLES: "offices",
    What.PARAGRAPHS: "text",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item as the templates write it. line: who showed what and when; note: what changed, and where it is kept."""

    one: Revised
    line: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """The items under one heading."""

    title: str
    entries: tuple[Entry, ...]


def sections(digest: Digest, words: Wording) -> tuple[Section, ...]:
    """Return what the digest tells of items that were told before; those withdrawn under a heading of their own."""
    headings = (("Changed since you read it", False), ("Withdrawn since you read it", True))
    found = []
    for title, withdrawn in headings:
        entries = tuple(
            _entry(one, digest, words) for one in digest.revised if (one.withdrawn is not None) == withdrawn
        )
        if entries:
            found.append(Section(title=title, entries=entries))
    return tuple(found)


def _entry(one: Revised, digest: Digest, words: Wording) -> Entry:
    zone, now = digest.recipient.schedule.zone, digest.now
    language = language_label(one.language)
    had = f"you had {'it' if one.withdrawn else f'version {one.had_version}'}"
    if one.told_at is not None:
        had += f" on {near(one.told_at, zone, now, words)}"
    if one.withdrawn is not None:
        since = near(one.withdrawn.missing_since, zone, now, words)
        line = f"{language} page gone ({one.withdrawn.status}) since {since}; {had}".strip()
    else:
        seen = near(one.seen_at, zone, now, words)
        line = f"{language} version {one.version} seen {seen}; {had}".strip()
    changed = f"{summed_up(one, NAMES)}. " if one.what else ""
    kept = f"What was read of it is kept: presswatch item show {one.item}"
    if one.withdrawn is None:
        kept = f"Both versions are kept: presswatch item show {one.item}"
    return Entry(one=one, line=line, note=f"{changed}{kept}")
