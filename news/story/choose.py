"""Which story an item belongs to: the publisher's own id outranks equal text, earlier items outrank later ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from news.item import Item
from news.story.frequencies import Frequencies
from news.story.relation import Choice, Lookalike, Relation
from news.story.signature import Signature

WINDOW = timedelta(days=14)
"""How far back candidates are looked for."""

MOST_HOLDERS = 200
"""A filed hash that more items hold is boilerplate: the look-up skips it."""


def choose_story(
    item: Item,
    lookalikes: Sequence[Lookalike],
    *,
    signature: Signature | None = None,  # noqa: ARG001
    frequencies: Frequencies | None = None,  # noqa: ARG001
) -> Choice:
    """Decide the story of `item`; the publisher's own id outranks equal text, earlier items outrank later ones."""
    ordered = sorted(lookalikes, key=lambda one: one.item)
    for other in ordered:
        shared = set(item.story_keys) & set(other.story_keys)
        if shared:
            relation = Relation.TRANSLATION if other.language != item.language else Relation.SAME
            return Choice(
                story=other.story, relation=relation, to=other.item, why=f"same id at the publisher ({min(shared)})"
            )
    for other in ordered:
        if item.text_hash and item.text_hash == other.text_hash:
            return Choice(story=other.story, relation=Relation.SAME, to=other.item, why="same text")
    return Choice(story=None, relation=Relation.NEW)
