"""The clean copy of a digest: what its reader may pass on to somebody who did not ask for it.

It has the stories, by whose word they are, with their credits and the coverage in one line, and nothing that says what
its reader looks for: no watches, no reasons, no marks, no links of theirs; and nothing under embargo.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from news.source import Standing
from scheduler.digest.card_words import ROW_LIMIT
from scheduler.digest.changed_words import Entry, Section, sections, summed_up
from scheduler.digest.digest import Card, Digest, Marked, Revised
from scheduler.digest.filters import headline, language_label, squeeze
from scheduler.digest.fragments import Fragment, Style, card_fragment, row_fragment, style_of, write
from scheduler.digest.render import HTML_LIMIT, MOST_ADDITIONS, period_of, sum_of, title_of
from scheduler.digest.safe import one_line
from scheduler.digest.shareable import shareable
from scheduler.digest.templating import Templates
from scheduler.digest.vouching import vouching
from scheduler.digest.when import near, reader
from scheduler.digest.wording import Wording, wording

# Bytes that the headings of all groups may take.
_HEADINGS = 5 * 1_400
_HERE = "<tr><td>\ue001</td></tr>"


def clean_copy(digest: Digest, templates: Templates) -> tuple[str, str]:
    """Return the copy of `digest` as plain text and as a page that holds in mail programs."""
    told = shareable(digest)
    zone, words = told.recipient.schedule.zone, wording(told.recipient.language)
    style = style_of(templates, words.tag, reader(zone, words, since=told.coverage.since, now=told.now))
    vouched = vouching(told.coverage, (), zone=zone, words=words)
    context = {
        "say": words.say,
        "lang": words.tag,
        "title": title_of(told, words),
        "period": period_of(told, words),
        "sum": sum_of(told, words),
        "free_day": vouched.free_day,
        "coverage": vouched.full,
        "complete": told.coverage.complete,
        "place": words.city(zone),
        "rows": Markup(_HERE),
    }
    page = templates.inlined_page(templates.write("clean.html", **context))
    # As in the digest: after inlining, and after the character set.
    page = page.replace("</head>", f"<style>\n{templates.write('screens.css')}</style>\n</head>", 1)
    text = templates.write("clean.txt", **context)
    behind = list(_behind(told, style))
    room = HTML_LIMIT - len(page.encode()) - sum(part.size for part in behind)
    parts = [*_stories(told, style, room=room), *behind]
    html = page.replace(_HERE, "\n".join(part.html for part in parts), 1)
    return squeeze(text.replace(_HERE, "\n".join(part.text for part in parts), 1)), html


def anonymous(card: Card) -> Card:
    """Return a card without what says who looked for what: only what publishers say, and what is known of it."""
    return replace(
        card,
        title=_plain(card.title),
        snippet=_plain(card.snippet) if card.snippet else None,
        other_title=_plain(card.other_title) if card.other_title else None,
        why=(),
        also_in=(),
        pinned=False,
        score=0.0,
    )


def _plain(marked: Marked) -> Marked:
    return replace(marked, marks=())


def _stories(digest: Digest, style: Style, *, room: int) -> Iterator[Fragment]:
    """Write the stories by whose word they are; whole ones as long as there is room for the others' headlines too."""
    words = style.words
    cards = [anonymous(card) for group in digest.groups for card in (*group.cards, *group.listed)]
    cards.sort(key=lambda card: (card.standing.rank, card.number))
    numbered = [replace(card, number=place) for place, card in enumerate(cards, 1)]
    lines = {card.number: row_fragment(card, style) for card in numbered}
    room -= _HEADINGS + sum(line.size for line in lines.values())
    for standing in Standing:
        group = [card for card in numbered if card.standing is standing]
        if group:
            yield write("group", style, title=words.standings[standing], count=words.count(len(group), "stories"))
        rows: list[Fragment] = []
        for card in group:
            fragment, line = card_fragment(card, style, digest.awaited), lines[card.number]
            if not rows and fragment.size - line.size <= room:
                room -= fragment.size - line.size
                yield fragment
            else:
                rows.append(line)
        if rows:
            # Without room even for all headlines, the last ones are counted.
            kept = len(rows)
            while kept and room < 0:
                kept -= 1
                room += rows[kept].size
            yield _more(f"{words.count(len(rows), 'further_stories')}{':' if kept else '.'}", style)
            yield from rows[:kept]
            if 0 < kept < len(rows):
                yield _more(words.count(len(rows) - kept, "more_kept"), style)


def _more(text: str, style: Style) -> Fragment:
    return write("more", style, text=text)


def _behind(digest: Digest, style: Style) -> Iterator[Fragment]:
    words = style.words
    if digest.additions:
        yield _more(f"{words.say('added_heading')}: {words.count(len(digest.additions), 'stories')}", style)
        for one in digest.additions[:MOST_ADDITIONS]:
            yield write("row", style, title=headline(one.title, ROW_LIMIT), url=one.url, number="+")
    if digest.revised:
        by_number = {one.number: one for one in digest.revised}
        told = [
            Section(
                title=section.title,
                count=section.count,
                entries=tuple(_entry(entry, by_number[entry.number], digest, words) for entry in section.entries),
            )
            for section in sections(digest, words)
        ]
        yield write("changed", style, sections=told)


def _entry(entry: Entry, one: Revised, digest: Digest, words: Wording) -> Entry:
    """What changed, without what its reader had of it and where it is kept."""
    zone, now = digest.recipient.schedule.zone, digest.now
    if one.withdrawn is not None:
        since = near(one.withdrawn.missing_since, zone, now, words)
        line = words.say("gone", status=str(one.withdrawn.status), when=since)
    else:
        line = words.say("version_seen", version=one.version, when=near(one.seen_at, zone, now, words))
    label = language_label(one.language)
    return replace(
        entry,
        title=_plain(entry.title),
        publisher=one_line(entry.publisher),
        line=f"{label}, {line}" if label else line,
        note=f"{summed_up(one, words)}." if one.what else "",
        why="",
    )
