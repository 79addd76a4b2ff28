"""What one round did, told to people (READERS.md "What is said when nothing can be reached") and to programs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from news.settings import Settings
from news.source import AnySource
from news.visit import Reason, Visit, VisitResult
from scheduler.health_words import with_source
from scheduler.once import RunReport
from ui.cli.output import counted
from ui.cli.source_words import shown_visit, trouble_of

NOT_REACHED = frozenset({Reason.DNS, Reason.CONNECTION, Reason.TIMEOUT, Reason.TLS, Reason.DEADLINE})
NOT_FOUND = frozenset({Reason.NOT_FOUND, Reason.GONE})

_GUESSES: tuple[tuple[frozenset[Reason], str], ...] = (
    (frozenset({Reason.DNS}), "no internet or a proxy (names do not resolve)."),
    (frozenset({Reason.TLS}), "a proxy that inspects traffic (certificates are not trusted): set crawler.ca_bundle."),
    (NOT_REACHED, "a firewall or a proxy (names resolve, connections are not let out)."),
)
"""What it looks like when all faults are among these reasons; the first that fits is said."""


_NOTHING_DUE = (
    "No source is due yet; presswatch source list says when each is read next, and presswatch run --once --all reads "
    "them now."
)
_NOTHING_ALLOWED = "No source may be read now; presswatch source list says until when each asked to be left alone."


def report_lines(report: RunReport, settings: Settings, *, everything: bool = False) -> list[str]:
    """Tell the round: who answered, what came, what was sent; the sample at the end."""
    sources = {source.id: source for source in settings.sources}
    if not report.visits:
        lines = [_NOTHING_ALLOWED if everything else _NOTHING_DUE]
    elif report.nobody_answered and all(visit.reason in NOT_REACHED for visit in report.visits):
        lines = nothing_reached(report.visits)
    else:
        lines = [_summary(report), *_troubles(report.visits, sources)]
    if report.answered or report.digests or report.parcels.total:
        lines += _deliveries(report, settings)
    if report.sample is not None:
        lines += [
            "",
            "SAMPLE: how a digest of what was just read would look. It was not sent and counts as nothing told.",
            f"Subject: {report.sample.subject}",
            "",
            report.sample.text.rstrip("\n"),
        ]
    return lines


def nothing_reached(visits: Iterable[Visit]) -> list[str]:
    """Say that no site could be reached, what it looks like and what to do."""
    reasons = [visit.reason for visit in visits]
    guess = next((text for among, text in _GUESSES if among.issuperset(reasons)), "no internet or a proxy.")
    return [
        f'None of {len(reasons)} sites could be reached from this computer. That is not "no news".',
        f"Looks like: {guess}   Try: presswatch doctor",
        "Set a proxy in config.yaml, crawler.proxy. Your watches are saved; `presswatch run` tries",
        "again in 5 minutes and then less often, and never gives up.",
        "To see how it works without a network: presswatch demo",
    ]


def by_outcome(visits: Iterable[Visit]) -> dict[str, int]:
    """Count the visits as people ask: answered, refused, not found, not reached, in other trouble."""
    counts = dict.fromkeys(("answered", "refused", "not found", "not reached", "in other trouble"), 0)
    for visit in visits:
        counts[_kind(visit)] += 1
    return counts


def shown(report: RunReport) -> dict[str, Any]:
    """Return the round for `--json`."""
    return {
        **{name.replace(" ", "_"): count for name, count in by_outcome(report.visits).items()},
        "visits": [{"source": visit.source, **shown_visit(visit)} for visit in report.visits],
        "digests": report.digests,
        "sent": report.parcels.sent,
        "deferred": report.parcels.deferred,
        "uncertain": report.parcels.uncertain,
        "failed": report.parcels.failed,
        "sample": None if report.sample is None else {"subject": report.sample.subject, "text": report.sample.text},
    }


def _kind(visit: Visit) -> str:
    if visit.result.answered:
        return "answered"
    if visit.result is VisitResult.REFUSED:
        return "refused"
    if visit.reason in NOT_FOUND:
        return "not found"
    return "not reached" if visit.reason in NOT_REACHED else "in other trouble"


def _summary(report: RunReport) -> str:
    counts = ", ".join(f"{count} {name}" for name, count in by_outcome(report.visits).items())
    new, changed = sum(visit.new for visit in report.visits), sum(visit.changed for visit in report.visits)
    visited = counted(len(report.visits), "source")
    return f"{visited} visited: {counts}. {counted(new, 'new item')}, {changed} changed."


def _troubles(visits: Iterable[Visit], sources: Mapping[str, AnySource]) -> list[str]:
    lines = []
    for visit in visits:
        if visit.result.answered:
            continue
        trouble = trouble_of(visit)
        status = f" ({visit.status})" if visit.status >= 400 else ""
        title = sources[visit.source].title if visit.source in sources else visit.source
        lines.append(
            f" ! {title} [{visit.source}]: {trouble.happened}{status}. {with_source(trouble.remedy, visit.source)}"
        )
    return lines


def _deliveries(report: RunReport, settings: Settings) -> list[str]:
    parcels = report.parcels
    if not parcels.total:
        return [f"{report.digests} digests made." if report.digests else "No digest was due."]
    place = f" to the folder {settings.delivery.folder}" if settings.default_channel == "folder" else ""
    line = f"{report.digests} digests made, {parcels.sent} delivered{place}."
    waiting = parcels.deferred + parcels.uncertain
    if waiting:
        line += f" {waiting} could not be delivered and are tried again; see: presswatch digest list"
    if parcels.failed:
        line += f" {parcels.failed} failed for good; see: presswatch digest list"
    return [line, *(f" ! {trouble}" for trouble in report.troubles)]
