"""What a source's health is: six states, each since when and why, and what is told of a change. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from news.visit import Reason

HERE = ""
"""The id under which this computer's own connection has a health, beside those of the sources."""


class Health(StrEnum):
    """How a source is doing, judged over many visits; one visit alone is a `VisitResult`."""

    UNREAD = "never yet read"
    OK = "ok"
    QUIET = "quiet"
    DEGRADED = "degraded"
    DOWN = "down"
    REFUSED = "refused"

    @property
    def is_good(self) -> bool:
        """Whether nothing is known to be amiss."""
        return self in (Health.OK, Health.UNREAD)


class SignKind(StrEnum):
    """What is odd about a source that answers."""

    SILENT = "silent"
    FEWER = "fewer_entries"
    UNDATED = "dates_vanished"
    BARE = "texts_vanished"
    SELECTORS = "selectors_find_nothing"
    FLAKY = "some_visits_fail"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One oddity in figures.

    SILENT: `count` items were to be expected since the last new one, 0 of them came. FEWER: `count` entries where `of`
    are usual. UNDATED, BARE, SELECTORS: `count` of `of` texts. FLAKY: `count` of `of` visits failed.
    """

    kind: SignKind
    count: int
    of: int = 0


@dataclass(frozen=True, kw_only=True)
class Condition:
    """How a source is doing at one moment.

    since: aware instant from which it is so, not the one at which it was noticed. reason and status: of the last failed
    visit, where it is failing (status 0 without an answer); signs: where it answers and is yet not right.
    """

    state: Health
    since: datetime
    reason: Reason = Reason.NONE
    status: int = 0
    signs: tuple[Sign, ...] = ()

    @property
    def is_failing(self) -> bool:
        """Whether its visits are not answered as they should be."""
        return self.reason is not Reason.NONE


class NoticeKind(StrEnum):
    """What a notice tells."""

    STATE = "state"
    GAP = "gap"
    READ_BACK = "read_back"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something about a source that each recipient is told once.

    STATE: it went from `before`, which began at `before.since`, to `after`. GAP: items published between `since` and
    `until` may have been missed. READ_BACK: what was not read between them was read afterwards, nothing is missing.
    MOVED: its address leads to the one in `detail` for good. id is 0 until stored; at: when it was noticed. source may
    be `HERE`.
    """

    source: str
    kind: NoticeKind
    at: datetime
    before: Condition | None = None
    after: Condition | None = None
    since: datetime | None = None
    until: datetime | None = None
    detail: str = ""
    id: int = field(default=0, compare=False)


def change(source: str, before: Condition, after: Condition, *, at: datetime) -> Notice | None:
    """The notice that a change of condition deserves; None where the state is the same, or it was read at last."""
    if before.state is after.state or (before.state is Health.UNREAD and after.state is Health.OK):
        return None
    return Notice(source=source, kind=NoticeKind.STATE, at=at, before=before, after=after)
