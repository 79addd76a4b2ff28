"""`presswatch run`: the daemon, or one round of it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ui.cli import frame
from ui.cli.exits import ExitStatus
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import right_now
from ui.cli.output import print_json, say

if TYPE_CHECKING:
    from scheduler.app import App


def run(
    once: Annotated[bool, typer.Option("--once", help="Read every due source, send every due digest, end.")] = False,
    digest_now: Annotated[
        bool,
        typer.Option(
            "--digest-now", help="With --once: also send what was not told yet, without waiting for the hour."
        ),
    ] = False,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="With --once: read every source now, also those not due; not where a server asked to be left alone.",
        ),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="With --once: log every step on stderr.")] = False,
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Read, match and send until stopped.

    With --once a single round; its exit status is 69 where no source answered.
    """
    if not once and (digest_now or everything or as_json):
        raise frame.usage_error("--digest-now, --all and --json go with --once")
    from news.zones import assert_zone_data

    # With old zone data every date and digest hour of Kazakhstan would be an hour off (P27).
    assert_zone_data()
    if not once:
        _serve(config)
    from scheduler.app import load_settings
    from scheduler.once import run_once
    from ui.cli.logs import log_to_stderr
    from ui.cli.run_report import report_lines, shown

    log_to_stderr(logging.INFO if verbose else logging.ERROR)
    settings = load_settings(config)
    report = run_once(config, digest_now=digest_now, everything=everything)
    if as_json:
        print_json(shown(report))
    else:
        for line in report_lines(report, settings, everything=everything):
            say(line)
    if report.nobody_answered:
        raise typer.Exit(ExitStatus.UNAVAILABLE)
    if report.parcels.failed:
        raise typer.Exit(ExitStatus.PROBLEM)
    if report.parcels.deferred or report.parcels.uncertain:
        raise typer.Exit(ExitStatus.TEMPORARY)


def _serve(config: Path) -> NoReturn:
    from scheduler.daemon import run_daemon
    from ui.cli.logs import log_to_stderr

    log_to_stderr(logging.INFO)
    raise typer.Exit(run_daemon(config, services=(_serve_pages,)))


async def _serve_pages(app: App, over: asyncio.Event) -> None:
    """Serve the pages that digests link to until `over`, where the settings ask for it."""
    if app.settings.web.listen:
        from ui.web.service import serve_web  # only here: a daemon without pages does without its libraries

        await serve_web(app, over, clock=right_now)
