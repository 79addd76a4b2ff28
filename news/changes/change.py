"""The difference between two versions of one item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """COSMETIC: typography, inflection, a typo; announced to nobody. SUBSTANCE: it says something else."""

    COSMETIC = "cosmetic"
    SUBSTANCE = "substance"


class What(StrEnum):
    """What of substance changed, in the order in which it is told."""

    HEADLINE = "headline"
    FIGURES = "figures"
    NAMES = "names"
    TITLES = "titles"
    PARAGRAPHS = "paragraphs"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One place that changed, a few words of its sentence around it. field: title or text.

    was, now: as each version has it; one of them is empty where words were added or removed. Marks: (start, end) of
    what differs, in code points, ascending, never overlapping. what: empty where the change of this place is cosmetic.
    """

    field: str
    was: str
    now: str
    was_marks: tuple[tuple[int, int], ...] = ()
    now_marks: tuple[tuple[int, int], ...] = ()
    what: tuple[What, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """From one version to a later one. what: empty where cosmetic; passages: those of substance first, then by place.

    added, removed: passages of one sentence or more that are only in the later, or only in the earlier version.
    """

    kind: ChangeKind
    what: tuple[What, ...] = ()
    passages: tuple[Passage, ...] = ()
    added: int = 0
    removed: int = 0
