"""The health of a source in words: what is the matter, and what can be done about it. Pure."""

from __future__ import annotations

from news.health import Condition, Health
from scheduler.digest.wording import Wording

LOOK = "presswatch source test"
"""The command that remedies name, in every language."""


def with_source(remedy: str, source_id: str) -> str:
    """The remedy with the source that its command is about."""
    return remedy.replace(LOOK, f"{LOOK} {source_id}")


def matter(condition: Condition, words: Wording) -> str:
    """What is the matter, to follow "<source>: "; empty where nothing is."""
    if condition.is_failing:
        code = f" ({condition.status})" if condition.status >= 400 else ""
        return f"{words.troubles[condition.reason].happened}{code}"
    return "; ".join(words.fill(words.signs[sign.kind], n=sign.count, of=sign.of) for sign in condition.signs)


def remedy(condition: Condition, words: Wording) -> str:
    """What can be done about it, in sentences; empty where nothing is the matter."""
    if condition.is_failing:
        return words.troubles[condition.reason].remedy
    return " ".join(dict.fromkeys(words.sign_remedies[sign.kind] for sign in condition.signs))


def label(condition: Condition | None) -> str:
    """The state in a word or three."""
    return (condition.state if condition is not None else Health.UNREAD).value
