"""`presswatch doctor`: is everything there that a run needs?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ui.cli import frame
from ui.cli.exits import ExitStatus
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.opened import installation
from ui.cli.output import print_json, print_table, progress, say

if TYPE_CHECKING:
    from news.trouble import Trouble
    from ui.cli.checks import Finding


def doctor(ctx: typer.Context, config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Check everything that a run needs.

    Settings, time zones, database, disk, mail login, channels, pages, names and reader processes; nothing is sent.
    Exit status 1 where something is not right.
    """
    if ctx.invoked_subcommand is not None:
        return
    findings = []
    for finding in _findings(config):
        progress(f"{finding.what} ...")
        findings.append(finding)
    troubled = [finding for finding in findings if not finding.right]
    if as_json:
        print_json([{"what": f.what, "ok": f.right, "told": f.told, "remedy": f.remedy} for f in findings])
    else:
        print_table(("what", "state", "found"), [(f.what, "ok" if f.right else "problem", f.told) for f in findings])
        for finding in troubled:
            say(f"{finding.what}: {finding.remedy}")
        if not troubled:
            say("Everything is in order.")
    if troubled:
        raise typer.Exit(ExitStatus.PROBLEM)


def _findings(config: Path) -> Iterator[Finding]:
    from news.errors import SettingsError, StorageError
    from scheduler.app import load_settings
    from ui.cli import checks
    from ui.cli.place_checks import check_pages, check_signature

    yield checks.check_zone_data()
    try:
        settings = load_settings(config)
    except SettingsError as error:
        # Nothing else can be looked at without settings.
        yield checks.Finding(what="settings", right=False, told=f"{config} cannot be used", remedy=str(error))
        return
    home = config.resolve().parent
    yield checks.check_entries(settings)
    yield checks.check_contact(settings)
    yield checks.check_folder("disk", home / "var")
    yield checks.check_folder("mail folder", home / settings.delivery.folder)
    if settings.delivery.templates:
        yield checks.check_templates(settings, home)
    troubles: list[Trouble] = []
    try:
        with installation(config) as app:
            yield checks.check_database(app)
            troubles = app.store.read_now(lambda unit: unit.troubles.lasting())
    except StorageError as error:
        yield checks.Finding(what="database", right=False, told="cannot be used", remedy=str(error))
    yield checks.check_mail(settings)
    if settings.smtp.dkim is not None:
        yield check_signature(settings, home)
    yield from checks.check_channels(settings)
    if settings.web.listen:
        yield check_pages(settings)
    yield from checks.check_troubles(troubles)
    yield checks.check_names(settings)
    yield checks.check_readers(settings)
