"""Where a new item belongs: its story is chosen from what is alike, and later items can find it."""

from __future__ import annotations

from datetime import datetime

import structlog

from news.item import Item
from news.story import Signature, choose_story
from news.story.bridge import further_choices
from storage import Unit
from storage.story_frequencies import Counting
from storage.story_vectors import Vectors

_log = structlog.get_logger()


def place(unit: Unit, item: Item, signature: Signature, counting: Counting, vectors: Vectors, *, now: datetime) -> None:
    """Put a stored item into its story, and join to it those that it turns out to tell as well.

    Another version of an item keeps its story, and is found by its new words from now on.
    """
    is_new = unit.stories.story_of(item.id) is None
    if is_new:
        alike = vectors.lookalikes(item, unit.stories.lookalikes(item, signature))
        choice = choose_story(item, alike, signature=signature, frequencies=counting)
        story = unit.stories.assign(item.id, choice, at=now)
        for further in further_choices(item, choice, alike, signature=signature, frequencies=counting):
            joined = unit.stories.tie(story, further, by=item.id, at=now)
            if joined is not None:
                _log.info("stories joined", story=joined, by=item.id)
                story = joined
        counting.add(signature)
    unit.stories.file(item.id, signature, at=now)
    vectors.keep(item, counted=is_new)
