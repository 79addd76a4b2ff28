"""The lines below a coverage: one note each, and the names of sources in them."""

from __future__ import annotations

from dataclasses import dataclass

from news.source import AnySource
from scheduler.digest.safe import one_line


@dataclass(frozen=True, kw_only=True)
class Note:
    """One line below the coverage. grave: something may be missing because of it; remedy may be empty."""

    text: str
    remedy: str = ""
    grave: bool = False


def name_of(source: AnySource) -> str:
    """The source's name, with its language where the name alone would fit several sources of one publisher."""
    title = one_line(source.title)
    return f"{title} {source.language.upper()}" if source.language and not source.name else title
