"""Articles that a list names and that are still to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from news.item import Draft
from news.urls import canonical_url
from news.visit import Validators


@dataclass(frozen=True, kw_only=True)
class Link:
    """One article as a list names it: its absolute address as found, and what the list said of it.

    said: title, date, summary, guid and so on as the list gave them; what the article's page says goes before.
    """

    url: str
    said: Draft

    @cached_property
    def key(self) -> str:
        """What tells one article from another in its source, equal for all spellings of its address."""
        return canonical_url(self.url).key


class PendingState(StrEnum):
    """What becomes of a link: read at the next visit, or given up with its reason and kept so that it is told.

    LAPSED: given up long ago; a list that names it again has it read anew, as nothing new.
    """

    WAITING = "waiting"
    GIVEN_UP = "given_up"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A link that waits in the database. tries: readings that failed; reason: of the last one, a `Reason` value.

    quiet: found by reading back into the past, so that its item never alerts. first: named at its source's first
    visit, or given up and named again after it had lapsed, so that its item alerts only where it was fresh when it was
    found (P10). tried_at: the last reading; of a
    link given up it tells when. next_try: None is at once. `id` is 0 until stored; instants are aware UTC.
    again: the item whose page is read again, 0 for a first reading; validators: what that reading is conditional on.
    """

    id: int
    source: str
    link: Link
    found_at: datetime
    tries: int = 0
    tried_at: datetime | None = None
    next_try: datetime | None = None
    reason: str = ""
    detail: str = ""
    first: bool = False
    quiet: bool = False
    state: PendingState = PendingState.WAITING
    again: int = 0
    validators: Validators = field(default_factory=Validators)
