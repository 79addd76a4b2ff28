"""A watch is tried before it is saved; where it finds very much, whoever writes it is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from scheduler.trial import BROAD, Trial, Tried
from scheduler.trying import Trying
from ui.cli.asking import confirmed
from ui.cli.exits import Problem
from ui.cli.output import on_terminal, say
from ui.cli.trial_words import counted_line, trial_lines

if TYPE_CHECKING:
    from news.watch.watch import Watch
    from scheduler.app import App
    from ui.cli.watch_change import Reading

_TOO_BROAD = f"That is more than {BROAD:.0%} of everything stored."
_MEANWHILE = "All of them are being counted meanwhile."


def tried_and_agreed(
    app: App, watch: Watch, reading: Reading, *, at: datetime, yes: bool, quiet: bool, former: str | None = None
) -> Trial:
    """Say how the watch was read and what it would have found; with `former`, what that query found and it does not.

    Where that is an estimate and the person is asked, all of it is counted while they think, and no longer. Raises
    Problem where it is very much and nobody agrees. quiet: say nothing, for commands that print JSON.
    """
    with Trying(app.store, Tried(watch=watch, now=at, former=former, lexicon=app.settings.lexicon)) as trying:
        first = trying.first.result()
        asks = first.broad and not yes and not quiet and on_terminal()
        then = _MEANWHILE if asks else f"All of them: presswatch watch test {watch.name!r}"
        for line in () if quiet else (*reading.lines(), *trial_lines(first, then)):
            say(line)
        agreed = yes or not (trying.counted or first).broad
        if asks and not agreed:
            news = _news(first, trying)
            agreed = confirmed(f"{_TOO_BROAD} Save it all the same?", news)
            if told := news():
                say(told)
    if not agreed:
        raise Problem(f"{_TOO_BROAD} Nothing was saved: make the watch narrower, or repeat the command with --yes")
    return trying.counted or first


def _news(first: Trial, trying: Trying) -> Callable[[], str]:
    """What counting on has brought, for `confirmed`: the exact figures as soon as they are there, once."""
    waited = not first.sample.exact

    def news() -> str:
        nonlocal waited
        if not waited or (counted := trying.counted) is None:
            return ""
        waited = False
        return counted_line(first, counted)

    return news
