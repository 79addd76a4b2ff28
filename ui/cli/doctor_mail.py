"""`presswatch doctor mail`: the way of a mail, step by step, each with its result and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import frame
from ui.cli.exits import ExitStatus
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.output import print_json, print_table, progress, say

if TYPE_CHECKING:
    from ui.cli.checks import Finding


def doctor_mail(
    to: Annotated[str, typer.Option("--to", metavar="ADDRESS", help="Send a test message there.")] = "",
    config: ConfigOption = frame.DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Check the way of a mail: connection, TLS, login, and what the sender's domain says of it.

    With --to a test message is sent. Exit status 1 where something is not right.
    """
    from scheduler.app import load_settings
    from ui.cli.mail_checks import mail_findings

    findings: list[Finding] = []
    for finding in mail_findings(load_settings(config), config.resolve().parent, to=to):
        progress(f"{finding.what} ...")
        findings.append(finding)
    troubled = [finding for finding in findings if not finding.right]
    if as_json:
        print_json(
            [{"what": f.what, "ok": f.right if f.known else None, "told": f.told, "remedy": f.remedy} for f in findings]
        )
    else:
        print_table(("what", "state", "found"), [(f.what, _state(f), f.told) for f in findings])
        for finding in troubled:
            say(f"{finding.what}: {finding.remedy}")
        if not troubled:
            say("Mail is in order." if to else "Mail is in order. Try it with: presswatch doctor mail --to ADDRESS")
    if troubled:
        raise typer.Exit(ExitStatus.PROBLEM)


def _state(finding: Finding) -> str:
    return "problem" if not finding.right else "ok" if finding.known else "unknown"
