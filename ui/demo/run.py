"""`presswatch demo`: four rounds of the real pipeline over sites played on this computer, and an account of them.

No network beyond loopback, no mail server. The clocks of the earlier rounds are set back, so that each comes when
sources are due again, as in life: in the second and the last one UNRCCA alone is, with what failed before.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from crawler import loop
from news.errors import PresswatchError
from scheduler.app import App, open_app
from scheduler.once import RunReport, one_round
from ui.demo.folder import fresh_folder, letters, told_once, write_config
from ui.demo.picture import Picture, picture
from ui.demo.player import Player
from ui.demo.summary import broken_lines, picture_lines, request_line, visit_line

ROUNDS = (timedelta(minutes=52), timedelta(minutes=40), timedelta(minutes=12), timedelta(0))
"""How long ago each round is as the pipeline sees it. Between two of them every source is due again once; UNRCCA, which
is asked every ten minutes, is due in each. An instant watch has its sources asked every quarter of an hour: no two
rounds that are to differ are so far apart."""

QUIET_ROUND = 2
"""The round in which nothing is told: a list that is empty once may be whole the next time."""

Say = Callable[[str], None]


def demo(output: Path, say: Say = print) -> int:
    """Play the demo into the folder `output` (made fresh) and tell it line by line; 0 when every digest was delivered.

    2 where `output` is somebody else's folder. Settings of the environment are not heeded: the demo reads its own.
    """
    began, start = time.monotonic(), datetime.now(UTC)
    try:
        fresh_folder(output)
    except PresswatchError as error:
        say(str(error))
        return 2
    # The summary tells what happened; the daemon's log lines would only hide it. Errors still show.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    say("presswatch demo: invented sample items, played by servers on this computer. No network, no mail server.")
    with Player(start=start) as player:
        config = write_config(output, player.addresses)
        with open_app(config, now=start - ROUNDS[0], env={}) as app:
            loop.run(lambda: _play(app, player, say))
            result = app.store.read_now(picture)
        for line in [*picture_lines(result), *broken_lines(told_once(output / "mail", "UNRCCA"))]:
            say(line)
        say(f"  {request_line(player.counts())}; {time.monotonic() - began:.0f} s in all")
    return _show(output, result, say)


async def _play(app: App, player: Player, say: Say) -> int:
    for turn, behind in enumerate(ROUNDS, 1):
        player.turn = turn
        _announce(turn, behind, say)
        report = await one_round(app, digest_now=turn != QUIET_ROUND, clock=partial(_clock, behind))
        _tell(app, report, say)
    return 0


def _clock(behind: timedelta) -> datetime:
    return datetime.now(UTC) - behind


def _announce(turn: int, behind: timedelta, say: Say) -> None:
    minutes = round(behind.total_seconds() / 60)
    say("")
    say(f"ROUND {turn}, played as if {minutes} minutes ago" if minutes else f"ROUND {turn}, now")


def _tell(app: App, report: RunReport, say: Say) -> None:
    names = {source.id: source.title for source in app.settings.sources}
    for visit in sorted(report.visits, key=lambda visit: visit.source):
        say(visit_line(visit, names[visit.source]))
    say(f"  digests made: {report.digests}, delivered: {report.parcels.sent}")


def _show(output: Path, result: Picture, say: Say) -> int:
    delivered = letters(output / "mail")
    say("")
    if not delivered or result.problems:
        say("The demo failed: not every digest reached its folder. Please report this with the lines above.")
        for problem in result.problems:
            say(f"  {problem}")
        return 1
    say("Each digest as it would be mailed (.eml), and its page for a browser:")
    for letter in delivered:
        say(f"  {letter.subject}")
        say(f"    {letter.mail}")
        say(f"    {letter.page}")
    program, config = _program(), output / "config.yaml"
    say("")
    say("What to do next:")
    say("  open the last page above in a browser, or its .eml in a mail program")
    say(f"  {program} --config {config} watch list")
    say(f"  {program} --config {config} digest list")
    say(f"  {program} init    makes a config.yaml of your own; then: {program} run --once --digest-now")
    return 0


def _program() -> str:
    """The command as it was typed, so that what is printed can be typed again."""
    return sys.argv[0] if Path(sys.argv[0]).name == "presswatch" else "presswatch"
