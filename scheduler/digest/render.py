"""From a digest to a message: the words and shapes of `templates/`, in plain text and in HTML that mail programs hold.

HTML: tables and inlined styles, nothing loaded from anywhere, below 95 kB because Gmail cuts a message at 102 kB. What
cannot be inlined, dark colours and narrow screens, stands in a style of its own that is left as it is.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, partial
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from news.message import Message
from scheduler.digest.calendar import SlotKind
from scheduler.digest.changed_words import sections
from scheduler.digest.digest import Digest, Member, Telling, fold
from scheduler.digest.editions import none_yet
from scheduler.digest.filters import FILTERS, squeeze
from scheduler.digest.safe import one_line
from scheduler.digest.subject import nothing_new, subject
from scheduler.digest.vouching import vouching
from scheduler.digest.when import day_and_hour, near, place, stated
from scheduler.digest.wording import Wording, wording

HTML_LIMIT = 95_000
"""Bytes of the HTML part (UTF-8)."""

MOST_ADDITIONS = 20
"""Stories told before of which a digest says what came to them; the others are counted."""

_FOLDS = ((60, 140), (60, 80), (50, 80), (45, 60), (40, 50), (35, 40), (30, 40), (20, 30), (10, 20), (5, 10), (1, 0))
"""Whole cards and titles, tried in turn until the HTML is small enough."""

_TITLES = {
    SlotKind.HOURLY: "Hourly digest",
    SlotKind.DAILY: "Daily digest",
    SlotKind.WEEKLY: "Weekly digest",
    SlotKind.MANUAL: "Digest on request",
    SlotKind.INSTANT: "Alert",
    SlotKind.SAMPLE: "Sample digest",
}


def render(digest: Digest, *, domain: str) -> Message:
    """Return the message of `digest`; the same digest gives the same message, byte for byte.

    domain: right side of the Message-ID and of the List-Id, that of the sender's address.
    """
    html = ""
    folded = digest
    for full, listed in _FOLDS:
        folded = fold(digest, full=full, listed=listed)
        html = _html(folded)
        if len(html.encode()) <= HTML_LIMIT:
            break
    return Message(
        id=f"{_name(digest)}@{domain}",
        subject=subject(digest),
        text=squeeze(_environment().get_template("digest.txt").render(_context(folded))),
        html=html,
        date=digest.now,
        headers={
            "List-Id": f"presswatch digest <digest.{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _name(digest: Digest) -> str:
    """Return the left side of the Message-ID: the slot, and a hash that tells recipients apart without naming them."""
    recipient = digest.recipient
    identity = "\n".join(
        (recipient.address, str(recipient.id), recipient.schedule.name, digest.slot.name, str(digest.sample))
    )
    slot = re.sub(r"[^0-9A-Za-z]+", "-", digest.slot.name).strip("-")
    return f"digest.{slot}.{hashlib.sha256(identity.encode()).hexdigest()[:20]}"


def _html(digest: Digest) -> str:
    document = _environment().get_template("digest.html").render(_context(digest))
    # Put in after inlining, and after the character set, which has to stand in the first kilobyte of a page.
    screens = _environment().get_template("screens.css").render()
    return _inliner().inline(document).replace("</head>", f"<style>\n{screens}</style>\n</head>", 1)


def _context(digest: Digest) -> dict[str, Any]:
    zone, words = digest.recipient.schedule.zone, wording(digest.recipient.language)
    vouched = vouching(digest.coverage, digest.quiet, zone=zone, words=words)
    return {
        "digest": digest,
        "reader": one_line(digest.recipient.name),
        "words": words,
        "subject": subject(digest),
        "title": _TITLES[digest.slot.kind],
        "vouched": vouched,
        "nothing_new": nothing_new(digest.coverage, words),
        "period": _period(digest),
        "place": place(zone),
        "missed": digest.slot.missed,
        "times": partial(_times, digest=digest),
        "race": partial(_race, words=words),
        "had": partial(near, zone=zone, now=digest.now, words=words),
        "additions": digest.additions[:MOST_ADDITIONS],
        "revised": sections(digest, words),
        "none_yet": partial(none_yet, digest=digest),
    }


def _times(member: Member, telling: Telling, reprint: bool, *, digest: Digest) -> str:
    """Return when a member was published, and in brackets what has to be known about it.

    reprint: whether another publisher told the story before; only then it means something how the member relates to it.
    Where it cannot be said who was first, the hour at which it was seen stands there too.
    """
    zone, words = digest.recipient.schedule.zone, wording(digest.recipient.language)
    notes = []
    if member.stated is None or member.stated.at is None or telling.is_close:
        notes.append(f"seen {near(member.seen_at, zone, digest.now, words)}")
    if telling.is_close and reprint:
        notes.append(words.close)
    if member.version > 1:
        notes.append(f"version {member.version}, changed by the publisher")
    if reprint and words.relations[member.relation]:
        notes.append(words.reworded if member.reworded else words.relations[member.relation])
    when = stated(member.stated, zone, digest.now, words) if member.stated is not None else "undated"
    return f"{when} ({'; '.join(notes)})" if notes else when


def _race(telling: Telling, reprint: bool, *, words: Wording) -> str:
    """Return whether another telling than the one named first came before or after that; nothing where unknown."""
    if not reprint:
        return ""
    return words.first if telling.is_first else words.orders[telling.order]


def _period(digest: Digest) -> str:
    zone, words = digest.recipient.schedule.zone, wording(digest.recipient.language)
    since, until = (day_and_hour(instant, zone, words) for instant in (digest.coverage.since, digest.now))
    return f"{since} to {until}, {place(zone)}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(minify_css=True, load_remote_stylesheets=False)
