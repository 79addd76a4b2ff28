"""Filling in what drafts mean, as vectors; runs in the reader process, where the model of `[semantic]` lives."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from dataclasses import replace

from crawler.read.page import Reading
from news.item import Draft
from news.source import AnySource
from news.story.semantic import Embedder, pack, told

log = logging.getLogger(__name__)

REMEMBERED = 4_000
"""Texts whose vectors are kept, 388 bytes each: a list shows most of its entries again at the next visit."""


class Meanings:
    """Embeds drafts, each text once while it is remembered."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: OrderedDict[str, bytes] = OrderedDict()

    def with_meanings(self, reading: Reading, source: AnySource, seconds: float) -> Reading:
        """The reading with a vector for each draft, in page order; those left after so many seconds go without."""
        until = time.monotonic() + seconds
        drafts = [self.with_meaning(draft, source) if time.monotonic() < until else draft for draft in reading.drafts]
        return replace(reading, drafts=tuple(drafts))

    def with_meaning(self, draft: Draft, source: AnySource) -> Draft:
        """The same for one draft; where the model fails on it, it goes without: its vector is no part of the news."""
        text = told(draft, source.notices)
        found = self._known.get(text)
        if found is None:
            try:
                found = pack(self._embedder.embed(text))
            except Exception as error:
                log.warning("a text could not be embedded", exc_info=error)
                return draft
            self._known[text] = found
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end(text)
        return replace(draft, meaning=found)
