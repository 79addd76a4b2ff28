"""What a trouble keeps of a source, as a line that the owner's mail puts into words, in the owner's language. Pure."""

from __future__ import annotations

from datetime import datetime

from news.health import Condition, Health, Sign, SignKind
from news.visit import Reason


def condition_line(condition: Condition) -> str:
    """A condition in a line: "down server_error 503", "degraded selectors_find_nothing=5/5"."""
    if condition.is_failing:
        why = [condition.reason.value, str(condition.status)]
    else:
        why = [f"{sign.kind.value}={sign.count}/{sign.of}" for sign in condition.signs]
    return " ".join([condition.state.name.lower(), *why])


def condition_of(line: str, *, since: datetime) -> Condition | None:
    """The condition that a line tells; None for a line that is none."""
    state, *why = line.split(" ")
    try:
        if not why or "=" in why[0]:
            return Condition(state=Health[state.upper()], since=since, signs=tuple(map(_sign_of, why)))
        reason, status = why
        return Condition(state=Health[state.upper()], since=since, reason=Reason(reason), status=int(status))
    except (KeyError, ValueError):
        return None


def span_line(since: datetime, until: datetime) -> str:
    """A time from-to in a line."""
    return f"{since.isoformat()}/{until.isoformat()}"


def span_of(line: str) -> tuple[datetime, datetime] | None:
    """The time that a line tells; None for a line that tells none."""
    since, _, until = line.partition("/")
    try:
        return datetime.fromisoformat(since), datetime.fromisoformat(until)
    except ValueError:
        return None


def _sign_of(text: str) -> Sign:
    kind, _, figures = text.partition("=")
    count, _, of = figures.partition("/")
    return Sign(kind=SignKind(kind), count=int(count), of=int(of))
