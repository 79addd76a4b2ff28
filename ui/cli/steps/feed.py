"""`presswatch try feed`: what the reader makes of feeds in files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.exits import ExitStatus
from ui.cli.output import print_line
from ui.cli.steps.lines import Answer, told

if TYPE_CHECKING:
    from news.item import Draft, Stated
    from news.source import FeedSource


def try_feed(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help="Feeds.")],
    content_type: Annotated[str, typer.Option("--content-type", help="The header that came with them.")] = "",
    url: Annotated[str, typer.Option("--url", help="The address they came from.")] = "",
) -> None:
    """Feed files in, drafts out.

    First {"feed": {title, link, language}}, then one draft a line; "unusable" tells why one would not be kept.
    """
    status = ExitStatus.OK
    now = datetime.now(UTC)
    for file in files:
        where = {"file": str(file)} if len(files) > 1 else {}
        try:
            answers = list(_read(file, content_type=content_type, url=url, now=now))
        except Exception as error:
            # A file that breaks the reader is that file's answer; the files after it are still read.
            answers, status = [{"error": told(error)}], ExitStatus.PROBLEM
        for answer in answers:
            print_line({**answer, **where})
    raise typer.Exit(status)


def _read(file: Path, *, content_type: str, url: str, now: datetime) -> Iterator[Answer]:
    from crawler.read import read_page
    from crawler.read.languages import with_languages
    from crawler.read.page import Page
    from news.source import FeedSource

    source = FeedSource(id="try", url=url, publisher="")
    page = Page(url=url, body=file.read_bytes(), content_type=content_type, fetched_at=now)
    reading = with_languages(read_page(page, source), source)
    yield {"feed": {"title": reading.title, "link": reading.link, "language": reading.language}}
    for draft in reading.drafts:
        yield {**_shown(draft), **_doubt(draft, source, now)}


def _shown(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "url": draft.url,
        "guid": draft.guid,
        "summary": draft.summary,
        "text": draft.text,
        "html": draft.html,
        "published": _iso(draft.published),
        "updated": _iso(draft.updated),
        "authors": list(draft.authors),
        "language": draft.language,
        "enclosures": [{"url": one.url, "type": one.type, "length": one.length} for one in draft.enclosures],
    }


def _doubt(draft: Draft, source: FeedSource, now: datetime) -> dict[str, str]:
    """Why normalise would refuse the draft; empty where it would not."""
    from news.errors import UnusableDraft
    from news.normalise import normalise

    try:
        normalise(draft, source, seen_at=now)
    except UnusableDraft as error:
        return {"unusable": error.reason}
    return {}


def _iso(stated: Stated | None) -> str | None:
    return None if stated is None else stated.isoformat()
