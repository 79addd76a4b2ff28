"""What `tests/pages` holds: a folder for each declaration of the catalogue, its expected.yaml one entry a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from crawler.read.page import Page
from news.settings import pack_labels, parse_settings
from news.source import AnySource, FeedSource, Source
from tests.crawler.read.pages import NOW, PAGES

EXPECTED = "expected.yaml"

# What an entry of a list or an article is asked for, and what else a page's entry may say; tests/pages/README.md.
ENTRY_KEYS = frozenset(
    {
        *("title", "url", "published", "updated", "summary", "language", "starts", "ends", "without", "aside"),
        *("authors", "image", "enclosures"),
    }
)
PAGE_KEYS = ENTRY_KEYS | {
    *("list", "article", "kind", "way", "type", "status", "shows", "fault", "doubt"),
    *("links", "drafts", "nested", "entries", "by", "canonical", "oddities", "listed", "fetched"),
}


@dataclass(frozen=True, kw_only=True)
class ExpectedPage:
    """One file and what must come out of it. `says` is its entry of expected.yaml."""

    folder: str
    name: str
    says: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Folder and file, as a test is named."""
        return f"{self.folder}/{self.name}"

    @property
    def source(self) -> AnySource:
        """The way in that reads the page: the declaration of the source that is named, or one of its alternatives."""
        source = declared_sources()[self.says.get("list") or self.says["article"]]
        position = self.says.get("way", 0)
        way = source.alternatives[position - 1] if position else source
        return _as_feed(way) if self.says.get("kind") == "feed" else way

    @property
    def fetched_at(self) -> datetime:
        """When the page was fetched: what "today" means on it, and what lies in its future."""
        return datetime.fromisoformat(self.says["fetched"]) if "fetched" in self.says else NOW

    @property
    def page(self) -> Page:
        """The file as it would be fetched."""
        return Page(
            url=self.says["url"],
            body=(PAGES / self.folder / self.name).read_bytes(),
            content_type=self.says.get("type", ""),
            status=self.says.get("status", 200),
            fetched_at=self.fetched_at,
        )


@cache
def declared_sources() -> Mapping[str, AnySource]:
    """Every source of every pack by its id, those that need a name of one's own included."""
    packs = ", ".join(label.name for label in pack_labels())
    text = (
        f"contact: press-office@example.org\npacks: [{packs}]\n"
        "sources:\n  - {use: reliefweb, for: [{appname: sample}]}\n"
    )
    settings = parse_settings(text, {}, read_secret=str)
    return {source.id: source for source in settings.sources}


def declarations() -> Mapping[str, tuple[AnySource, ...]]:
    """The sources of each declaration of the catalogue, by its id."""
    found: dict[str, tuple[AnySource, ...]] = {}
    for source in declared_sources().values():
        found[source.declared_as] = (*found.get(source.declared_as, ()), source)
    return found


def folders() -> tuple[Path, ...]:
    """Every folder of pages, by name."""
    return tuple(sorted(path for path in PAGES.iterdir() if path.is_dir()))


@cache
def expected_pages() -> tuple[ExpectedPage, ...]:
    """Every page that some expected.yaml names."""
    return tuple(
        ExpectedPage(folder=folder.name, name=name, says=says)
        for folder in folders()
        for name, says in expected_in(folder).items()
    )


def expected_in(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """The entries of a folder's expected.yaml, by file; none where it has no such file."""
    path = folder / EXPECTED
    pages: Mapping[str, Mapping[str, Any]] = YAML(typ="safe").load(path)["pages"] if path.is_file() else {}
    return pages


def _as_feed(source: AnySource) -> FeedSource:
    common = {name: getattr(source, name) for name in Source.__dataclass_fields__}
    return replace(FeedSource(**common), articles=None)
