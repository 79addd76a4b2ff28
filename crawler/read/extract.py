"""The general extractor: trafilatura in its fast mode, which was quicker and not worse than the default (F1 0.96)."""

from __future__ import annotations

import logging
from typing import Any

# On larger pages it takes many seconds (a million <span> elements: twenty), and no article of news is that long.
_LARGEST = 1_000_000
_MOST_TAGS = 50_000


def extracted(html: str) -> str:
    """The HTML of the main text of a page's markup; empty where none is found, or the page is too large to look."""
    if len(html) > _LARGEST or html.count("<") > _MOST_TAGS:
        return ""
    found = _trafilatura().extract(
        html, fast=True, favor_recall=True, output_format="html", include_comments=False, include_tables=True
    )
    return str(found or "").partition("<body>")[2].rpartition("</body>")[0].strip()


def _trafilatura() -> Any:
    import trafilatura  # half a second to import, and pages of declared sources never need it

    # It logs every page on which it finds little; that is told by the reading.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura
