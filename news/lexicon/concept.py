"""What the lexicon knows of one thing: its names in each language, and for an office who has held it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

LANGUAGES = ("en", "ru", "kk")

ConceptKind = Literal["organisation", "place", "office", "topic", "own"]
NameKind = Literal["name", "abbreviation", "old"]


@dataclass(frozen=True, kw_only=True)
class Name:
    """One name in one language (en, ru or kk; Kazakh in Cyrillic).

    An abbreviation is compared with its case, names and old names without. sure: it may match; a name that nobody has
    checked, or that other things bear as well, is not sure and is only suggested.
    """

    text: str
    language: str
    kind: NameKind
    sure: bool = True


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who held an office from the day `since` to the day `until`, both included; None where it is open.

    On the day an office is handed over it has two holders. sure: False where person or dates are not checked.
    """

    names: tuple[Name, ...]
    since: date | None
    until: date | None
    sure: bool = True

    def held_on(self, day: date) -> bool:
        """Whether they held the office on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class Concept:
    """One thing that texts name in many ways, written @id in a watch.

    unverified: nobody has checked the row as a whole, so that none of its names is sure.
    """

    id: str
    kind: ConceptKind
    names: tuple[Name, ...]
    holders: tuple[Holder, ...] = ()
    unverified: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it has a sure name, in the order en, ru, kk."""
        sure = {name.language for name in self.names if name.sure}
        return tuple(language for language in LANGUAGES if language in sure)

    def holders_on(self, day: date) -> tuple[Holder, ...]:
        """Who surely held the office on `day`: one, two on the day it was handed over, or nobody that is known."""
        return tuple(holder for holder in self.holders if holder.sure and holder.held_on(day))
