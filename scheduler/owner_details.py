"""What the owner's mail says of one trouble beside its headline: what is the matter and what can be done. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from news.health import Condition
from news.trouble import Trouble, TroubleKind
from scheduler.digest.wording import Wording, wording
from scheduler.health_words import matter, remedy, with_source
from scheduler.owner_words import OwnerWords
from scheduler.trouble_lines import condition_of, span_of

_REMEDIES = {
    TroubleKind.OFFLINE: "here_remedy",
    TroubleKind.MOVED: "moved_remedy",
    TroubleKind.GAP: "possible_gap_remedy",
}


def details_of(trouble: Trouble, words: OwnerWords, instant: Callable[[datetime], str]) -> list[str]:
    """Lines about one trouble, those with what to do last; of one that is over there is nothing to be done."""
    health = wording(words.locale)
    lines = [line for line in trouble.text.split("\n") if line]
    if trouble.kind in (TroubleKind.SOURCE, TroubleKind.OFFLINE, TroubleKind.GONE):
        condition = condition_of(trouble.text, since=trouble.began_at)
        if condition is not None:
            return _of_condition(trouble, condition, health)
    if trouble.kind == TroubleKind.GAP:
        spans = [span_of(line) for line in lines]
        lines = [
            line if span is None else f"{instant(span[0])} – {instant(span[1])}"
            for line, span in zip(lines, spans, strict=True)
        ]
    if trouble.kind == TroubleKind.FEEDBACK:
        lines = [_said(line, words) for line in lines]
    if trouble.kind in words.remedies:
        lines.append(words.remedies[trouble.kind].format(about=trouble.about))
    if trouble.kind in _REMEDIES and trouble.ended_at is None:
        lines.append(health.say(_REMEDIES[TroubleKind(trouble.kind)]))
    return lines


def _of_condition(trouble: Trouble, condition: Condition, health: Wording) -> list[str]:
    happened = matter(condition, health)
    told = [happened[:1].upper() + happened[1:]] if happened and trouble.kind != TroubleKind.GONE else []
    if trouble.ended_at is not None:
        return told
    to_do = (
        health.say("here_remedy")
        if trouble.kind == TroubleKind.OFFLINE
        else with_source(remedy(condition, health), trouble.about)
    )
    return [*told, *filter(None, [to_do])]


def _said(line: str, words: OwnerWords) -> str:
    """A remark, what it is about in words."""
    about, _, text = line.partition(": ")
    return f"{words.remarks[about]}: {text}" if about in words.remarks else line
