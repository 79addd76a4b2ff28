"""`presswatch source record ID`: a site's own pages, as they came, with what is read from them, as pages for tests."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from crawler.read.page import ArticleReading, Page, Reading
from crawler.read.sniff import is_json, root_name
from crawler.readers import Readers
from news.errors import SourceError, UnusableDraft
from news.item import Draft, Item
from news.link import Link
from news.normalise import normalise
from news.settings import Settings
from news.source import AnySource
from ui.cli.source_trial import Trial, visit_once

EXPECTED = "expected.yaml"
_ENTRIES = 3  # of a list that are written down
_WORDS = 6  # of the beginning and the end of a text


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A page that was read and what came of it. link: None for a list; fault: the reason where it could not be read."""

    page: Page
    source: AnySource
    link: Link | None = None
    reading: Reading | ArticleReading | None = None
    fault: str = ""


class RecordingReaders(Readers):
    """Readers that keep in `recorded` every page they are given, in the order of reading."""

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self.recorded: list[Recorded] = []

    async def read(self, page: Page, source: AnySource) -> Reading:
        """See Readers."""
        try:
            reading = await super().read(page, source)
        except SourceError as error:
            self.recorded.append(Recorded(page=page, source=source, fault=error.reason))
            raise
        self.recorded.append(Recorded(page=page, source=source, reading=reading))
        return reading

    async def read_article(self, page: Page, source: AnySource, link: Link) -> ArticleReading:
        """See Readers."""
        try:
            reading = await super().read_article(page, source, link)
        except SourceError as error:
            self.recorded.append(Recorded(page=page, source=source, link=link, fault=error.reason))
            raise
        self.recorded.append(Recorded(page=page, source=source, link=link, reading=reading))
        return reading


def record(settings: Settings, source: AnySource) -> tuple[Trial, tuple[Recorded, ...]]:
    """Visit `source` once and give the visit and every page that was read for it; nothing is stored."""
    readers = RecordingReaders(settings.readers)
    trial = visit_once(settings, source, readers=readers)
    return trial, tuple(readers.recorded)


def write_pages(recorded: tuple[Recorded, ...], source: AnySource, folder: Path) -> list[Path]:
    """Write the pages and expected.yaml into `folder`, made where it is missing; raises FileExistsError where one is.

    Gives the files written. What stands in expected.yaml is what was read: look at each page before you believe it.
    """
    files = dict(_named(recorded))
    folder.mkdir(parents=True, exist_ok=True)
    taken = [name for name in (*files, EXPECTED) if (folder / name).exists()]
    if taken:
        raise FileExistsError(f"{folder} holds {', '.join(taken)} already; name another folder with --output")
    for name, one in files.items():
        (folder / name).write_bytes(one.page.body)
    stream = io.StringIO()
    yaml = YAML()
    yaml.width = 4_096
    yaml.dump({"pages": {name: expected(one, source) for name, one in files.items()}}, stream)
    (folder / EXPECTED).write_text(f"# Recorded; check each page by eye.\n{stream.getvalue()}", encoding="utf-8")
    return [*(folder / name for name in files), folder / EXPECTED]


def expected(one: Recorded, source: AnySource) -> dict[str, Any]:
    """The entry of expected.yaml for one page, as tests/pages/README.md describes it."""
    ways = [way.reading_fingerprint for way in (source, *source.alternatives)]
    position = ways.index(one.source.reading_fingerprint) if one.source.reading_fingerprint in ways else 0
    said: dict[str, Any] = {"article" if one.link else "list": source.id}
    if position:
        said["way"] = position
    fetched = one.page.fetched_at.isoformat(timespec="seconds")
    said |= {"url": one.page.url, "type": one.page.content_type, "fetched": fetched}
    if one.page.status != 200:
        said["status"] = one.page.status
    if one.fault:
        return said | {"fault": str(one.fault)}
    if one.reading and one.reading.doubt:
        said["doubt"] = True
    if isinstance(one.reading, ArticleReading):
        return said | {"by": str(one.reading.way)} | _article(one.reading.draft, one)
    return said | _list(one.reading, one) if one.reading else said


def _list(reading: Reading, one: Recorded) -> dict[str, Any]:
    counts = {"drafts": len(reading.drafts), "links": len(reading.links), "nested": list(reading.nested)}
    drafts = (*reading.drafts, *(link.said for link in reading.links))
    entries = [_entry(draft, one) for draft in drafts[:_ENTRIES]]
    return {name: value for name, value in {**counts, "entries": entries}.items() if value}


def _entry(draft: Draft, one: Recorded) -> dict[str, Any]:
    item = _item(draft, one)
    stated = item.published if item else draft.published
    said = {
        "title": item.title if item else draft.title,
        "url": draft.url,
        "published": stated.isoformat() if stated else None,
    }
    return {name: value for name, value in said.items() if value}


def _article(draft: Draft, one: Recorded) -> dict[str, Any]:
    item = _item(draft, one)
    if item is None:
        return {"title": draft.title}
    lines = item.text.splitlines()
    said: Mapping[str, Any] = {
        "title": item.title,
        "published": item.published.isoformat() if item.published else None,
        "language": item.language,
        "summary": item.lead,
        "starts": " ".join(lines[0].split()[:_WORDS]) if lines else "",
        "ends": " ".join(lines[-1].split()[-_WORDS:]) if lines else "",
        "authors": list(item.authors),
        "image": item.image,
        "aside": item.aside.splitlines()[:_ENTRIES],
    }
    return {name: value for name, value in said.items() if value}


def _item(draft: Draft, one: Recorded) -> Item | None:
    try:
        return normalise(draft, one.source, seen_at=one.page.fetched_at)
    except UnusableDraft:
        return None


def _named(recorded: tuple[Recorded, ...]) -> Iterator[tuple[str, Recorded]]:
    """A file name for each page: list-1.xml, article-1.html and so on."""
    counts: dict[str, int] = {}
    for one in recorded:
        kind = "article" if one.link else "list"
        counts[kind] = counts.get(kind, 0) + 1
        yield f"{kind}-{counts[kind]}.{_suffix(one.page.body)}", one


def _suffix(body: bytes) -> str:
    if body.startswith(b"\x1f\x8b"):
        return "gz"
    if is_json(body):
        return "json"
    return "html" if root_name(body) == "html" else "xml" if body.lstrip().startswith(b"<") else "txt"
