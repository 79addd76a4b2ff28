"""The mail that tells the owner what is wrong, and what is over: made of troubles, nothing read, nothing sent. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_timedelta

from news.message import Message
from news.settings.owner import Owner
from news.trouble import LASTING, Trouble
from scheduler.owner_details import details_of
from scheduler.owner_words import OWNER_WORDS, OwnerWords

MOST_TOLD = 60
"""Troubles told in full in one mail; beyond that something common is behind them, and more would not be read."""


def is_time(last_told: datetime | None, *, now: datetime, pause: timedelta) -> bool:
    """Whether a mail may go: the first at once, the next after a pause."""
    return last_told is None or now - last_told >= pause


def owner_letter(
    troubles: Sequence[Trouble], owner: Owner, *, names: Mapping[str, str], zone: str, domain: str, now: datetime
) -> Message:
    """Return the mail about these troubles; the same ones in the same state give the same Message-ID.

    names: of sources, by their ids. zone: in which instants are written.
    """
    words = OWNER_WORDS[owner.language]
    told = troubles[:MOST_TOLD]
    entries = [(_headline(one, words, names), _lines(one, words, ZoneInfo(zone))) for one in told]
    more = [f"... + {len(troubles) - len(told)}"] if len(troubles) > len(told) else []
    pause = format_timedelta(owner.pause, locale=words.locale, threshold=1)
    closing = [words.look, words.foot.format(pause=pause)]
    text = "\n\n".join(["\n".join([f"- {title}", *(f"  {line}" for line in lines)]) for title, lines in entries])
    return Message(
        id=f"owner-{_digest(troubles)}@{domain}",
        subject=f"presswatch: {_summary(troubles, words, names)}",
        text="\n\n".join([text, *more, *closing]) + "\n",
        html=_html(entries, more, closing, words.locale),
        date=now,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _summary(troubles: Sequence[Trouble], words: OwnerWords, names: Mapping[str, str]) -> str:
    """The subject's news: the one trouble there is, or how many and the first of them."""
    if len(troubles) == 1:
        state = f" ({words.all_over})" if troubles[0].ended_at is not None else ""
        return _headline(troubles[0], words, names) + state
    form = Locale.parse(words.locale).plural_form(len(troubles))
    counted = words.count.get(form, words.count["other"]).format(n=len(troubles))
    return f"{counted}: {_headline(troubles[0], words, names)}, ..."


def _headline(trouble: Trouble, words: OwnerWords, names: Mapping[str, str]) -> str:
    known = words.kinds.get(trouble.kind, trouble.kind.replace("_", " ") + (": {about}" if trouble.about else ""))
    return known.format(about=names.get(trouble.about, trouble.about))


def _lines(trouble: Trouble, words: OwnerWords, zone: ZoneInfo) -> list[str]:
    def instant(at: datetime) -> str:
        return format_datetime(at.astimezone(zone), "d MMM HH:mm", locale=words.locale)

    since = instant(trouble.began_at)
    if trouble.ended_at is not None:
        when = words.over.format(since=since, until=instant(trouble.ended_at))
    else:
        when = words.since.format(since=since) if trouble.kind in LASTING else since
    if trouble.times > 1 and trouble.kind not in LASTING:
        when = f"{when}, {words.times.format(times=trouble.times)}"
    return [when, *details_of(trouble, words, instant)]


def _html(
    entries: Sequence[tuple[str, Sequence[str]]], more: Sequence[str], closing: Sequence[str], language: str
) -> str:
    listed = "".join(
        f"<li><b>{escape(title)}</b><br>{'<br>'.join(map(escape, lines))}</li>" for title, lines in entries
    )
    further = "".join(f"<p>{escape(line)}</p>" for line in (*more, *closing))
    return f'<!DOCTYPE html><html lang="{language}"><body><ul>{listed}</ul>{further}</body></html>\n'


def _digest(troubles: Sequence[Trouble]) -> str:
    """What tells one set of troubles in one state from another."""
    states = "|".join(f"{one.id}:{one.ended_at is not None}:{one.told_at}" for one in troubles)
    return hashlib.sha256(states.encode()).hexdigest()[:24]
