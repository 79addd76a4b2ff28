"""Words that no stored item has, told to who asked for them: most are slips of the hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ui.cli.output import visible

if TYPE_CHECKING:
    from storage import UnknownWord


def unknown_lines(words: Sequence[UnknownWord]) -> Iterator[str]:
    """A line for each word, with what stored items have in its place."""
    for one in words:
        meant = f" Did you mean {' or '.join(map(visible, one.nearest))}?" if one.nearest else ""
        yield f"No stored item has the word {visible(one.word)}.{meant}"


def unknown_json(words: Sequence[UnknownWord]) -> list[dict[str, Any]]:
    """The words for `--json`."""
    return [{"word": one.word, "nearest": list(one.nearest)} for one in words]
