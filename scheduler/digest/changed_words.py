"""The words around what changed: which version, seen when, told when, and where both versions are."""

from __future__ import annotations

from dataclasses import dataclass

from news.changes import What
from news.source import Standing
from scheduler.digest.digest import Digest, Marked, Revised, WasNow
from scheduler.digest.filters import headline, language_label
from scheduler.digest.safe import one_line
from scheduler.digest.when import near
from scheduler.digest.wording import Wording


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item as the templates write it. line: who showed what and when; note: what changed, and where it is kept."""

    number: int
    title: Marked
    url: str
    read_at: str
    standing: Standing
    kind: str
    publisher: str
    line: str
    passages: tuple[WasNow, ...]
    note: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """The items under one heading. count: how many, in words."""

    title: str
    count: str
    entries: tuple[Entry, ...]


def sections(digest: Digest, words: Wording) -> tuple[Section, ...]:
    """Return what the digest tells of items that were told before; those withdrawn under a heading of their own."""
    found = []
    for title, withdrawn in (("changed_heading", False), ("withdrawn_heading", True)):
        entries = tuple(
            _entry(one, digest, words) for one in digest.revised if (one.withdrawn is not None) == withdrawn
        )
        if entries:
            count = words.count(len(entries), "stories")
            found.append(Section(title=words.say(title), count=count, entries=entries))
    return tuple(found)


def _entry(one: Revised, digest: Digest, words: Wording) -> Entry:
    zone, now = digest.recipient.schedule.zone, digest.now
    told_at = near(one.told_at, zone, now, words) if one.told_at is not None else ""
    if one.withdrawn is not None:
        since = near(one.withdrawn.missing_since, zone, now, words)
        line = words.say("gone", status=str(one.withdrawn.status), when=since)
        had = words.say("you_had_on", when=told_at) if told_at else words.say("you_had")
    else:
        line = words.say("version_seen", version=one.version, when=near(one.seen_at, zone, now, words))
        had = words.say("you_had_version", version=one.had_version)
        if told_at:
            had = words.say("you_had_version_on", version=one.had_version, when=told_at)
    kept = words.say("kept_both" if one.withdrawn is None else "kept", item=str(one.item))
    changed = f"{summed_up(one, words)}. " if one.what else ""
    said = [line, had]
    if one.unchanged:
        languages = ", ".join(language_label(language) for language in one.unchanged)
        said.insert(1, words.say("unchanged", languages=languages))
    label = language_label(one.language)
    return Entry(
        number=one.number,
        title=headline(one.title),
        url=one.url,
        read_at=words.say("read_at", host=one.host) if one.url else "",
        standing=one.standing,
        kind=words.standings[one.standing],
        publisher=one.publisher,
        line=f"{label}, {'; '.join(said)}" if label else "; ".join(said),
        passages=one.passages,
        note=f"{changed}{kept}",
        why=words.say("for_watches", watches=", ".join(map(one_line, one.watches))) if one.watches else "",
    )


def summed_up(revised: Revised, words: Wording) -> str:
    """Say in words what changed: "Changed: figures or dates; 1 passage added; no figure changed"."""
    parts = []
    changed = [words.parts[one] for one in revised.what if one is not What.PARAGRAPHS]
    if changed:
        parts.append(words.say("changed_parts", parts=", ".join(changed)))
    if revised.added:
        parts.append(words.count(revised.added, "passages_added"))
    if revised.removed:
        parts.append(words.count(revised.removed, "passages_removed"))
    if What.PARAGRAPHS in revised.what and not revised.added and not revised.removed:
        parts.append(words.say("other_words"))
    if What.FIGURES not in revised.what:
        parts.append(words.say("no_figure"))
    if revised.more:
        parts.append(words.count(revised.more, "not_quoted"))
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]
