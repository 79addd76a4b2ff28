"""From a digest to a message: the words and shapes of `templates/`, in plain text and in HTML that mail programs hold.

HTML: tables and inlined styles, nothing loaded from anywhere, below 95 kB because Gmail cuts a message at 102 kB. What
cannot be inlined, dark colours and narrow screens, stands in a style of its own that is left as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from markupsafe import Markup

from news.message import Message
from scheduler.digest.calendar import SlotKind
from scheduler.digest.card_words import addition_words
from scheduler.digest.changed_words import sections
from scheduler.digest.digest import Digest, Group, fold
from scheduler.digest.drawn_bars import bars_told
from scheduler.digest.filters import squeeze
from scheduler.digest.fragments import BLANK, Fragment, Style, card_fragment, row_fragment, style_of, write
from scheduler.digest.links import Links
from scheduler.digest.safe import one_line
from scheduler.digest.subject import nothing_new, subject
from scheduler.digest.templating import Templates, fault_of, shipped_templates, templates_of
from scheduler.digest.vouching import vouching
from scheduler.digest.when import day_and_hour, reader
from scheduler.digest.wording import Wording, wording

HTML_LIMIT = 95_000
"""Bytes of the HTML part (UTF-8)."""

MOST_ADDITIONS = 20
"""Stories told before of which a digest says what came to them; the others are counted."""

MOST_WHOLE = 60
"""Stories of a digest that are told by a whole card, at most; of more nobody reads each."""

_FOLDS = ((140, 15), (80, 10), (40, 5), (20, 3), (10, 2), (0, 1))
"""Stories told by their headline alone, at most, and for how many whole cards there must be room beside them."""

_HEADINGS = 700
# Bytes of a group's heading and of what stands around its headlines.
_HERE = "<tr><td>\ue001</td></tr>"
# Where the stories go: a row, because a parser lets no other text stay between rows.
_log = structlog.get_logger(__name__)


def render(digest: Digest, *, domain: str, links: Links | None = None, templates: Path | None = None) -> Message:
    """Return the message of `digest`; the same digest gives the same message, byte for byte.

    domain: right side of the Message-ID and of the List-Id, that of the sender's address. links: for the last line and
    for List-Unsubscribe. templates: folder whose files stand in for shipped ones of the same name; where they are at
    fault the shipped ones are used, and the log says where.
    """
    links = links or Links()
    html = text = ""
    if templates is not None:
        try:
            html, text = _parts(digest, links, templates_of(templates))
        except Exception as error:  # whatever somebody's template does, the digest is sent
            _log.error("template at fault, the shipped ones are used", fault=str(fault_of(error, templates)))
    if not html:
        html, text = _parts(digest, links, shipped_templates())
    return Message(
        id=f"{_name(digest)}@{domain}",
        subject=subject(digest),
        text=text,
        html=html,
        date=digest.now,
        headers={
            "List-Id": f"presswatch digest <digest.{domain}>",
            "Auto-Submitted": "auto-generated",
            **_unsubscribing(links),
        },
    )


def _unsubscribing(links: Links) -> dict[str, str]:
    """The headers by which a mail program stops this digest (RFC 2369, RFC 8058)."""
    ways = [f"<{address}>" for address in (links.one_click, links.mail_stop) if address]
    headers = {"List-Unsubscribe": ", ".join(ways)} if ways else {}
    if links.one_click:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _name(digest: Digest) -> str:
    """Return the left side of the Message-ID: the slot, and a hash that tells recipients apart without naming them."""
    recipient = digest.recipient
    identity = "\n".join(
        (recipient.address, str(recipient.id), recipient.schedule.name, digest.slot.name, str(digest.sample))
    )
    slot = re.sub(r"[^0-9A-Za-z]+", "-", digest.slot.name).strip("-")
    return f"digest.{slot}.{hashlib.sha256(identity.encode()).hexdigest()[:20]}"


def _parts(digest: Digest, links: Links, templates: Templates) -> tuple[str, str]:
    """Write both parts of the mail, with as many whole cards as its size allows."""
    zone, words = digest.recipient.schedule.zone, wording(digest.recipient.language)
    style = style_of(templates, words.tag, reader(zone, words, since=digest.coverage.since, now=digest.now))
    frame_html, frame_text = _frame(digest, links, style)
    behind = list(_behind(digest, style))
    room = HTML_LIMIT - len(frame_html.encode()) - sum(part.size for part in behind)
    cards = _Cards(digest, style)
    folded = _folded(digest, cards, room)
    parts = [part for group in folded.groups for part in _group(group, cards, style)] + behind
    html = frame_html.replace(_HERE, "\n".join(part.html for part in parts), 1)
    return html, squeeze(frame_text).replace(_HERE, "".join(part.text for part in parts).strip("\n"), 1)


def _frame(digest: Digest, links: Links, style: Style) -> tuple[str, str]:
    """Write what stands around the stories: the head, the coverage, the links."""
    zone, words, templates = digest.recipient.schedule.zone, style.words, style.templates
    vouched = vouching(digest.coverage, digest.quiet, zone=zone, words=words, last_hits=digest.last_hits)
    who, title, period = one_line(digest.recipient.name), title_of(digest, words), period_of(digest, words)
    context = {
        "say": words.say,
        "lang": words.tag,
        "subject": subject(digest),
        "sample": digest.sample,
        "reader": who,
        "title": title,
        "period": period,
        "headed": f"{f'{who}, {title[:1].lower()}{title[1:]}' if who else title}. {period}",
        "sum": sum_of(digest, words),
        "asides": tuple(_asides(digest, vouched.free_day, words)),
        "complete": digest.coverage.complete,
        "vouched": vouched,
        "bars": bars_told(digest.bars, words),
        "place": words.city(zone),
        "links": _shown(links, words),
        "rows": Markup(_HERE),
    }
    page = templates.inlined_page(templates.write("digest.html", **context))
    # Put in after inlining, and after the character set, which has to stand in the first kilobyte of a page.
    page = page.replace("</head>", f"<style>\n{templates.write('screens.css')}</style>\n</head>", 1)
    return page, templates.write("digest.txt", **context)


def title_of(digest: Digest, words: Wording) -> str:
    """What this digest is called; a daily one by the time of its day."""
    if digest.slot.kind is SlotKind.DAILY:
        local = digest.slot.at.astimezone(ZoneInfo(digest.recipient.schedule.zone)).hour
        return words.say("title_morning" if local < 12 else "title_afternoon" if local < 17 else "title_evening")
    return words.say(f"title_{digest.slot.kind.value}")


def period_of(digest: Digest, words: Wording) -> str:
    zone = digest.recipient.schedule.zone
    since, until = (day_and_hour(instant, zone, words) for instant in (digest.coverage.since, digest.now))
    text = words.say("period", since=since, until=until, place=words.city(zone))
    return text[:1].upper() + text[1:]


def sum_of(digest: Digest, words: Wording) -> str:
    """Count what is told, in a sentence."""
    changed = len(digest.revised)
    if not digest.stories:
        told_before = digest.additions or digest.revised
        return words.say("no_new_story") if told_before else f"{nothing_new(digest.coverage, words)}."
    text = words.say(
        "sum_up",
        stories=words.count(digest.stories + changed, "stories"),
        items=words.count(digest.items + changed, "from_items"),
        languages=words.count(len(digest.languages), "in_languages") if digest.languages else "",
    )
    changes = f"; {words.count(changed, 'changed_of_them')}" if changed else ""
    return f"{text.strip()}{changes}."


def _asides(digest: Digest, free_day: str, words: Wording) -> Iterator[str]:
    if free_day:
        yield free_day
    if digest.slot.missed:
        yield words.count(digest.slot.missed, "missed")
    if digest.changed:
        yield words.count(digest.changed, "changed_by_publisher")


def _shown(links: Links, words: Wording) -> tuple[dict[str, str], ...]:
    names = ("irrelevant", "missing", "clean", "hours", "stop")
    return tuple({"name": words.say(f"link_{name}"), "url": url} for name in names if (url := getattr(links, name)))


class _Cards(dict[int, Fragment]):
    """The cards of a digest by their numbers, each written when it is first asked for."""

    def __init__(self, digest: Digest, style: Style) -> None:
        super().__init__()
        self._style, self._awaited = style, digest.awaited
        self._cards = {card.number: card for group in digest.groups for card in group.cards}

        self.rows = cache(lambda number: row_fragment(self._cards[number], style))

    def __missing__(self, number: int) -> Fragment:
        self[number] = written = card_fragment(self._cards[number], self._style, self._awaited)
        return written


def _folded(digest: Digest, cards: _Cards, room: int) -> Digest:
    """Return the digest with as many headlines, then as many whole cards as `room` bytes of HTML hold."""
    for listed, fewest in _FOLDS:
        smallest = fold(digest, full=fewest, listed=listed)
        taken = _size(smallest, cards)
        if taken > room:
            continue
        # From what these cards take on average, then down to what fits for sure.
        each = max(sum(one.size for one in cards.values()) // max(len(cards), 1), 1)
        for full in range(min(fewest + (room - taken) // each, MOST_WHOLE), fewest, -1):
            folded = fold(digest, full=full, listed=listed)
            if _size(folded, cards) <= room:
                return folded
        return smallest
    return fold(digest, full=1, listed=0)


def _size(folded: Digest, cards: _Cards) -> int:
    """Bytes of HTML that the stories take; of headlines and headings at most."""
    return sum(
        _HEADINGS
        + sum(cards[card.number].size for card in group.cards)
        + sum(cards.rows(card.number).size for card in group.listed)
        for group in folded.groups
    )


def _group(group: Group, cards: _Cards, style: Style) -> Iterator[Fragment]:
    words = style.words
    yield write("group", style, title=group.watch, count=words.count(group.total, "stories"))
    for card in group.cards:
        yield cards[card.number]
    if group.listed or group.unlisted:
        heading = words.count(len(group.listed) + group.unlisted, "further_stories")
        yield write("more", style, text=f"{heading}{':' if group.listed else '.'}")
        yield from (cards.rows(card.number) for card in group.listed)
        if group.listed and group.unlisted:
            yield write("more", style, text=words.count(group.unlisted, "more_kept"))
        yield BLANK


def _behind(digest: Digest, style: Style) -> Iterator[Fragment]:
    """Write what comes after the stories: what came to stories told before, and what changed of them."""
    words = style.words
    if digest.additions:
        left = len(digest.additions) - MOST_ADDITIONS
        yield write(
            "additions",
            style,
            additions=[addition_words(one, style.reader, words) for one in digest.additions[:MOST_ADDITIONS]],
            count=words.count(len(digest.additions), "stories"),
            more=words.count(left, "more_kept") if left > 0 else "",
        )
    if digest.revised:
        yield write("changed", style, sections=sections(digest, words))
