"""`presswatch source list --latency`: how long news take from their publication to a reader's mailbox, by source."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli.opened import installation, right_now
from ui.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from storage.latency import Latency, Span

_STEPS = ("seen", "matched", "accepted", "told")


def latency_table(config: Path, *, as_json: bool) -> None:
    """Print p50 and p95 of every step, over the last 30 days; a source of which nothing is known has no figures."""
    from storage.latency import AIM, Latency

    now = right_now()
    with installation(config) as opened:
        found = opened.store.read_now(lambda unit: unit.visits.latencies(now=now))
        sources = [source for source in opened.settings.sources if source.enabled]
    if as_json:
        print_json([{"id": one.id, **shown(found.get(one.id, Latency()))} for one in sources])
        return
    rows = [(one.id, *(told(getattr(found.get(one.id, Latency()), step)) for step in _STEPS)) for one in sources]
    print_table(("id", "published to seen", "seen to matched", "matched to mail", "published to mail"), rows)
    say("Half of the items within the first figure, 95 of 100 within the second; 30 days, exact times only, alerts.")
    slow = sorted(name for name, one in found.items() if one.told is not None and one.told.p95 > AIM)
    aim = f"The aim for alerts is {minutes(AIM)} from publication to the mail server for 95 of 100."
    say(f"{aim} Slower: {', '.join(slow)}." if slow else aim)


def told(span: Span | None) -> str:
    """A step in words: "4 min, 12 min (37)"."""
    return "-" if span is None else f"{minutes(span.p50)}, {minutes(span.p95)} ({span.items})"


def minutes(time: timedelta) -> str:
    """A time rounded as people say it."""
    seconds = time.total_seconds()
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:.1f} h"


def shown(latency: Latency) -> dict[str, Any]:
    """A source's steps for `--json`, in seconds; `within_aim` is None where no alert was sent."""
    from storage.latency import AIM

    plain: dict[str, Any] = {
        step: span and {"items": span.items, "p50": span.p50.total_seconds(), "p95": span.p95.total_seconds()}
        for step in _STEPS
        for span in [getattr(latency, step)]
    }
    return {**plain, "within_aim": latency.told and latency.told.p95 <= AIM}
