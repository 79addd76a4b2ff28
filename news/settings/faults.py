"""How a validator says what is wrong with a value: the problem and what would be right, never the value itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pydantic_core import PydanticCustomError


def wrong(problem: str, remedy: str = "") -> PydanticCustomError:
    """The error for a validator to raise; `problem` continues the key's name ("is not a length of time")."""
    return PydanticCustomError("settings", "{problem}", {"problem": problem, "remedy": remedy})


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question naming the likeliest of `known`, or all of them where there are few, or nothing."""
    names = sorted(set(known))
    folded = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{folded[close[0]]}"?'
    return f"Possible here: {', '.join(names)}" if 0 < len(names) <= 20 else ""


def plain(number: float) -> str:
    """The number as a person writes it: 20, 1.5, 5000000."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


def quoted_names(expected: str) -> list[str]:
    """The names inside pydantic's "'feed' or 'json'"."""
    return re.findall(r"'([^']*)'", expected)
