"""What a reader for a single site is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crawler.read.page import ArticleReading, Page, Reading
from news.link import Link


@dataclass(frozen=True, kw_only=True)
class Site:
    """How one site is read; the source handed in is of the kind that its declaration has.

    list: as `crawler.read.read_page`, raises Unreadable. article: as `crawler.read.article.read_article`.
    """

    list: Callable[[Page, Any], Reading] | None = None
    article: Callable[[Page, Any, Link], ArticleReading] | None = None
