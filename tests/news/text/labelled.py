"""Labelled pairs of the data folder, and the precision and recall of a judgement on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(kw_only=True)
class Score:
    """Counts of right and wrong hits; `wrong` names each error."""

    right: int = 0
    false: int = 0
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, *, hit: bool, expected: bool, what: str) -> None:
        self.right += hit and expected
        self.false += hit and not expected
        self.missed += expected and not hit
        if hit is not expected:
            self.wrong.append(("false hit " if hit else "missed ") + what)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)

    def __str__(self) -> str:
        figures = f"P {self.precision:.3f} R {self.recall:.3f} F {self.f1:.3f} of {self.right + self.missed} wanted"
        return "; ".join([figures, *self.wrong])


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table without its head; fields keep their inner white space."""
    for line in path.read_text(encoding="utf-8").split("\n")[1:]:
        if line:
            yield line.split("\t")
