"""`presswatch try article`: what the reader makes of articles' pages in files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.exits import ExitStatus, Misuse
from ui.cli.frame import ConfigOption
from ui.cli.output import print_line
from ui.cli.steps.lines import Answer, told

if TYPE_CHECKING:
    from news.source import AnySource


def try_article(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pages.")],
    url: Annotated[str, typer.Option("--url", help="The address they came from.")],
    source: Annotated[
        str, typer.Option("--source", metavar="ID", help="Read them by the selectors of this source of the settings.")
    ] = "",
    config: ConfigOption = frame.DEFAULT_CONFIG,
) -> None:
    """Article pages in, what would be kept of them out.

    Each file gives {title, text, published, precision, authors, language, image}; the text is without boilerplate.
    """
    declared = _declared(source, config) if source else _any_site(url)
    status = ExitStatus.OK
    now = datetime.now(UTC)
    for file in files:
        where = {"file": str(file)} if len(files) > 1 else {}
        try:
            answer = _read(file, url, declared, now)
        except Exception as error:
            # A page that breaks the reader is that file's answer; the files after it are still read.
            answer, status = {"error": told(error)}, ExitStatus.PROBLEM
        print_line({**answer, **where})
    raise typer.Exit(status)


def _any_site(url: str) -> AnySource:
    from news.source import ListingSource

    return ListingSource(id="try", url=url, publisher="")


def _declared(which: str, config: Path) -> AnySource:
    from scheduler.app import load_settings

    for source in load_settings(config).sources:
        if source.id == which:
            return source
    raise Misuse(f"{config} has no source {which!r}; see `presswatch source list`")


def _read(file: Path, url: str, source: AnySource, now: datetime) -> Answer:
    from crawler.read import read_article_page
    from crawler.read.languages import with_language
    from crawler.read.page import Page
    from news.item import Draft
    from news.link import Link
    from news.normalise import normalise

    page = Page(url=url, body=file.read_bytes(), fetched_at=now)
    reading = read_article_page(page, source, Link(url=url, said=Draft(title="", url=url)))
    item = normalise(with_language(reading.draft, source), source, seen_at=now)
    return {
        "title": item.title,
        "text": item.text or item.lead,
        "published": item.published.isoformat() if item.published else None,
        "precision": item.published.precision if item.published else None,
        "authors": list(item.authors),
        "language": item.language,
        "image": item.image,
    }
