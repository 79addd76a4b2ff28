"""The health of a source in words: what is the matter, and what can be done about it. Pure."""

from __future__ import annotations

from news.health import Condition, Health, Sign, SignKind
from scheduler.digest.wording import Wording

_PAGES = "Its pages may have changed: presswatch source test shows what is received."

_REMEDIES = {
    SignKind.SILENT: "The site itself shows whether there is news; its list may have moved.",
    SignKind.FEWER: _PAGES,
    SignKind.UNDATED: _PAGES,
    SignKind.BARE: _PAGES,
    SignKind.SELECTORS: _PAGES,
    SignKind.FLAKY: "Reading goes on; what is published while visits fail is read later.",
}


def matter(condition: Condition, words: Wording) -> str:
    """What is the matter, to follow "<source>: "; empty where nothing is."""
    if condition.is_failing:
        code = f" ({condition.status})" if condition.status >= 400 else ""
        return f"{words.troubles[condition.reason].happened}{code}"
    return "; ".join(_sign(sign, words) for sign in condition.signs)


def remedy(condition: Condition, words: Wording) -> str:
    """What can be done about it, in sentences; empty where nothing is the matter."""
    if condition.is_failing:
        return words.troubles[condition.reason].remedy
    return " ".join(dict.fromkeys(map(remedy_of, condition.signs)))


def remedy_of(sign: Sign) -> str:
    """What can be done about what is odd."""
    return _REMEDIES[sign.kind]


def label(condition: Condition | None) -> str:
    """The state in a word or three."""
    return (condition.state if condition is not None else Health.UNREAD).value


def _sign(sign: Sign, words: Wording) -> str:
    texts = words.count(sign.of, "text", "texts")
    match sign.kind:
        case SignKind.SILENT:
            return f"nothing new, where {words.count(sign.count, 'item', 'items')} would be usual by now"
        case SignKind.FEWER:
            return f"its list holds {words.count(sign.count, 'entry', 'entries')}, usual are {sign.of:,}"
        case SignKind.UNDATED:
            return f"{sign.count} of {texts} have no date, which they used to have"
        case SignKind.BARE:
            return f"{sign.count} of {texts} are empty, which they never were"
        case SignKind.SELECTORS:
            return f"{sign.count} of {texts} had to be read without the source's selectors"
        case SignKind.FLAKY:
            return f"{sign.count} of {words.count(sign.of, 'visit', 'visits')} failed within a day"
