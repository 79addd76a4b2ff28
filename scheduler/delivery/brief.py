"""A digest in a few lines, for channels that carry no page: its subject, each story with its link, what it vouches for.

Made of `Message.data`, so it says no more than the sources let out and nothing under embargo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from news.message import Message


def brief(message: Message) -> list[str]:
    """The blocks of a short text, the subject apart: a story each, changes, coverage last; of other messages, nothing
    but what may be forwarded."""
    if not message.data:
        return [message.clean_text.strip()] if message.clean_text.strip() else []
    return [block for block in _blocks(message.data) if block]


def cut(blocks: Sequence[str], *, longest: int) -> list[str]:
    """The blocks joined to as few texts of at most `longest` signs as keep blocks whole; a longer one is split."""
    texts: list[str] = []
    for block in (part for whole in blocks for part in _parts(whole, longest)):
        if texts and len(texts[-1]) + len(block) + 2 <= longest:
            texts[-1] = f"{texts[-1]}\n\n{block}"
        else:
            texts.append(block)
    return texts


def _blocks(data: Mapping[str, Any]) -> Iterator[str]:
    for section in ("stories", "changed", "additions"):
        for story in data.get(section) or ():
            yield _story(story)
    coverage = data.get("coverage") or {}
    yield str(coverage.get("line") or "")


def _story(story: Mapping[str, Any]) -> str:
    said = " - ".join(str(story[name]) for name in ("title", "publisher") if story.get(name))
    return "\n".join(filter(None, (said, str(story.get("url") or ""))))


def _parts(block: str, longest: int) -> Iterator[str]:
    while len(block) > longest:
        place = max(block.rfind("\n", 0, longest), block.rfind(" ", 0, longest))
        place = place if place > 0 else longest
        yield block[:place]
        block = block[place:].lstrip()
    yield block
