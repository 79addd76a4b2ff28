"""How many texts came in visits, and how many of them had no date, or no text at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from news.item import Draft
from news.source import AnySource
from news.visit import HEADLINE, Visit

UNDATED_ENTRY = "entry_no_date"
"""The oddity of an entry that is complete in its list and has no date."""

BARE_ENTRY = "entry_no_text"
"""The oddity of such an entry that has neither text nor summary."""

UNDATED_ARTICLE = "no_date"
BARE_ARTICLE = "no_body"
ENTRIES = "entries_looked_at"
"""Beside those: how many entries were looked at for them."""


def odd_entries(drafts: Iterable[Draft]) -> dict[str, int]:
    """What is odd about the entries of a list that are complete in it, by name, to be counted with their visit."""
    counts: Counter[str] = Counter()
    for draft in drafts:
        counts[ENTRIES] += 1
        counts[UNDATED_ENTRY] += draft.published is None and draft.updated is None
        counts[BARE_ENTRY] += not (draft.text or draft.html or draft.summary)
    return {name: count for name, count in counts.items() if count}


def texts_of(visits: Iterable[Visit], source: AnySource) -> tuple[int, int, int]:
    """How many texts visits to a source brought, entries or articles; how many were undated, how many bare."""
    has_pages = source.articles is not None or source.kind in ("listing", "sitemap")
    texts = undated = bare = 0
    for visit in visits:
        odd = visit.oddities
        articles = visit.new + visit.changed + visit.known - odd.get(HEADLINE, 0)
        texts += articles if has_pages else odd.get(ENTRIES, 0)
        undated += odd.get(UNDATED_ENTRY, 0) + odd.get(UNDATED_ARTICLE, 0)
        bare += odd.get(BARE_ENTRY, 0) + odd.get(BARE_ARTICLE, 0)
    return texts, undated, bare
