"""`presswatch source check | test | record | backfill`: the commands that visit sites."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.exits import ExitStatus, Misuse
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import right_now
from ui.cli.output import complain, counted, print_json, print_table, progress, progress_bar, say

if TYPE_CHECKING:
    from news.settings import Settings
    from news.source import AnySource


def check(
    which: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these sources.")] = None,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Try every address of every source now and store nothing.

    Says which answers, what it holds, its newest date, and what to put into config.yaml. Exit status 1 where a source
    answers at none of its addresses.
    """
    from scheduler.app import load_settings
    from ui.cli.source_check import advice, probe_all, row, shown

    settings = load_settings(config)
    sources = [by_id(one, settings, config) for one in which or ()]
    sources = sources or [source for source in settings.sources if source.enabled]
    ways = sum(1 + len(source.alternatives) for source in sources)
    with progress_bar(f"trying {counted(ways, 'address', 'addresses')}", ways) as step:
        probes = probe_all(settings, sources, step)
    now = right_now()
    said, changes = advice(probes, now=now)
    if as_json:
        print_json({"ways": [shown(probe, now=now) for probe in probes], "advice": said, "config": changes or None})
    else:
        print_table(("source", "answer", "holds", "newest", "address"), [row(probe, now=now) for probe in probes])
        for line in (*said, *(["", "To put into config.yaml:", "", changes.rstrip()] if changes else [])):
            say(line)
    reached = {probe.source.id for probe in probes if probe.answered}
    if len(reached) < len(sources):
        raise typer.Exit(ExitStatus.PROBLEM)


def visit(
    which: Annotated[str, typer.Argument(metavar="ID-OR-URL", help="A source of the settings, or any web address.")],
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Visit one source now and store nothing; at any other address, look for news and print a ready declaration.

    By the same crawler and rules as always; exit status 1 where it does not answer as it should.
    """
    from scheduler.app import load_settings

    settings = load_settings(config)
    source = _configured(which, settings, config)
    if source is None:
        _look_at(which, settings, as_json=as_json)
    else:
        _visit(source, settings, config, as_json=as_json)


def record(
    which: Annotated[str, typer.Argument(metavar="ID", help="A source of the settings.")],
    output: Annotated[Path | None, typer.Option("--output", help="Folder; default: tests/pages/ID.")] = None,
    config: ConfigOption = frame.DEFAULT_CONFIG,
) -> None:
    """Save the pages of a live source, with what was read from them, as pages for tests.

    Its list and its first articles, byte for byte, and expected.yaml; look at each before you believe it.
    """
    from scheduler.app import load_settings
    from ui.cli.source_record import record as recorded_visit
    from ui.cli.source_record import write_pages
    from ui.cli.source_trial import lines

    settings = load_settings(config)
    source = by_id(which, settings, config)
    folder = output or Path("tests/pages") / (source.declared_as or source.id)
    progress(f"visiting {source.url} ...")
    trial, recorded = recorded_visit(settings, source)
    for line in lines(trial):
        say(line)
    if recorded:
        try:
            written = write_pages(recorded, source, folder)
        except FileExistsError as error:
            complain(str(error))
            raise typer.Exit(ExitStatus.PROBLEM) from error
        say(f"{counted(len(written), 'file')} written to {folder}")
    if not trial.response.visit.result.answered:
        raise typer.Exit(ExitStatus.PROBLEM)


def backfill(
    which: Annotated[str, typer.Argument(metavar="ID", help="A source of the settings.")],
    since: Annotated[str, typer.Option("--since", metavar="YYYY-MM-DD", help="The oldest day to read.")],
    pages: Annotated[int, typer.Option("--pages", min=1, max=1000, help="Pages of the list in this run.")] = 20,
    articles: Annotated[int, typer.Option("--articles", min=1, max=10_000, help="Articles in this run.")] = 200,
    config: ConfigOption = frame.DEFAULT_CONFIG,
) -> None:
    """Read a source back into the past; what is found is stored and searched, and alerts nobody.

    A run that its budget or anything else ends is taken up by the next one, where it was.
    """
    from scheduler.app import load_settings
    from scheduler.backfill import run_backfill
    from ui.cli.source_words import read_back

    source = by_id(which, load_settings(config), config)
    try:
        day = date.fromisoformat(since)
    except ValueError:
        raise Misuse(f"--since {since!r} is no day; write it as 2026-03-31") from None
    if day > right_now().date():
        raise Misuse(f"--since {day} lies in the future; give the oldest day that is to be read")
    paged = any(way.paging is not None for way in (source, *source.alternatives))
    done = run_backfill(
        config,
        source.id,
        day,
        pages=pages,
        articles=articles,
        tell=lambda so_far: progress("; ".join(read_back(so_far, paged=paged))),
    )
    for line in read_back(done, paged=paged):
        say(line)
    if done.trouble is not None:
        raise typer.Exit(ExitStatus.PROBLEM)


def _visit(source: AnySource, settings: Settings, config: Path, *, as_json: bool) -> None:
    from ui.cli.source_replay import kept_told, pages_kept
    from ui.cli.source_trial import lines, shown, visit_once

    progress(f"visiting {source.url} ...")
    trial = visit_once(settings, source)
    if as_json:
        print_json(shown(trial))
    else:
        for line in (*lines(trial), kept_told(source.id, pages_kept(settings, config, source.id))):
            if line:
                say(line)
    if not trial.response.visit.result.answered:
        raise typer.Exit(ExitStatus.PROBLEM)


def _look_at(url: str, settings: Settings, *, as_json: bool) -> None:
    from news.errors import SourceError
    from news.visit import Reason
    from ui.cli.source_discovery import declared, lines, look_at, shown
    from ui.cli.source_words import ENGLISH

    progress(f"looking at {url} ...")
    try:
        findings = look_at(settings, url)
    except SourceError as error:
        trouble = ENGLISH.troubles[Reason(error.reason)]
        say(f"{url}\nproblem: {trouble.happened} [{error.reason}] {error.detail}\n{trouble.remedy}")
        raise typer.Exit(ExitStatus.PROBLEM) from error
    today = right_now().date()
    if as_json:
        print_json(shown(findings, today=today))
    else:
        for line in lines(findings, today=today):
            say(line)
        if text := declared(findings, today=today):
            say("\nTo put into config.yaml (correct the publisher; then: presswatch source test ID):\n")
            say(text.rstrip())
    if findings.best(today) is None:
        raise typer.Exit(ExitStatus.PROBLEM)


def by_id(which: str, settings: Settings, config: Path) -> AnySource:
    """The configured source of that id or address; raises Misuse where there is none."""
    source = _configured(which, settings, config)
    if source is None:
        raise Misuse(f"{config} has no source at {which}; to look at an address: presswatch source test {which}")
    return source


def _configured(which: str, settings: Settings, config: Path) -> AnySource | None:
    """The source of that id or address; None for an address that is not configured. Raises Misuse for anything else."""
    from news.urls import canonical_url

    for source in settings.sources:
        if which in (source.id, source.url):
            return source
    if "://" not in which:
        near = get_close_matches(which, [source.id for source in settings.sources], n=1)
        hint = f"did you mean {near[0]}?" if near else "give an id of `presswatch source list`, or an address"
        raise Misuse(f"{config} has no source {which!r}; {hint}")
    if canonical_url(which).url is None:
        raise Misuse(f"{which} cannot be visited: {canonical_url(which).why}")
    return None
