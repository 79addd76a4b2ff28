"""Where a source stands, in words and for programs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from news.health import Condition, Health, Norms
from news.health.norms import DAYS_NEEDED
from news.source import AnySource
from news.visit import EXTRACTOR, HEADLINE, Visit, VisitResult, odd_articles
from scheduler.digest.wording import Trouble, wording
from scheduler.health_words import label, matter, remedy, with_source
from storage import PendingCounts, SourceState
from ui.cli.moments import ago, local, until
from ui.cli.output import counted

if TYPE_CHECKING:
    from scheduler.backfill import Progress

ENGLISH = wording("en")
OFF = "off"
STANDINGS = (*(state.value for state in Health), OFF)
_ODD = {
    "no_date": "without a date",
    "no_body": "without a text",
    "other_title": "under another title than the list's",
    HEADLINE: "as a headline only",
}


def standing(source: AnySource, state: SourceState | None, condition: Condition | None = None) -> str:
    """Return one of STANDINGS; what was never judged is `ok` once it was read."""
    if not source.enabled:
        return OFF
    if condition is None and state is not None and state.read_once:
        return Health.OK.value
    return label(condition)


def health_told(condition: Condition | None, zone: str) -> str:
    """Say since when a source is not well, and what is odd where it answers; empty where it is well."""
    if condition is None or condition.state.is_good:
        return ""
    since = f"{condition.state.value} since {local(condition.since, zone)}"
    return since if condition.is_failing else f"{since}: {matter(condition, ENGLISH)}"


def norms_told(norms: Iterable[Norms | None]) -> str:
    """Say of how many sources it is known what is usual."""
    known = [one is not None and one.rhythm_known for one in norms]
    if all(known):
        return "What is usual for each source is known from its own history."
    return (
        f"What is usual is known for {sum(known)} of {counted(len(known), 'source')}: "
        f"it takes {DAYS_NEEDED} days of reading one."
    )


def told(source: AnySource, state: SourceState | None, *, now: datetime, lately: Sequence[Visit] = ()) -> str:
    """Say what the last visit brought, or what went wrong, since when, and when it is tried again.

    lately: the source's visits whose articles are told of where they were odd; without them, those of the last one.
    """
    if state is None or state.last_visit is None:
        return "visited at the next round" if source.enabled else "not visited: enabled is false"
    visit = state.last_visit
    way = _way(source, state)
    if visit.result.answered:
        same = visit.result is VisitResult.NOT_MODIFIED
        held = "nothing changed since the visit before" if same else brought(visit)
        return "; ".join((f"read {ago(visit.started_at, now=now)}{way}, {held}", *odd_told(lately or (visit,))))
    trouble = trouble_of(visit)
    known = f"last read {ago(state.last_ok_at, now=now)}" if state.last_ok_at else "never read yet"
    tries = f"{state.failures} visits failed in a row" if state.failures > 1 else "one visit failed"
    again = f", next try {until(state.next_visit, now=now)}" if state.next_visit else ""
    status = f" ({visit.status})" if visit.status >= 400 else ""
    return f"{trouble.happened}{status} [{visit.reason}]; {known}, {tries}{again}"


def _way(source: AnySource, state: SourceState) -> str:
    """By which of its addresses it was read, where that is not the first."""
    for number, way in enumerate(source.alternatives, 2):
        if way.reading_fingerprint == state.reading:
            return f" by its address number {number}"
    return ""


def moved_to(source: AnySource, state: SourceState | None) -> str:
    """Where one of the source's addresses leads for good, as its site says; empty where none does."""
    move = state.move if state is not None else None
    if move is None or move.settled_at is None:
        return ""
    ways = (source, *source.alternatives)
    return move.target if any(move.reading == way.reading_fingerprint for way in ways) else ""


def move_told(source: AnySource, state: SourceState | None) -> str:
    """Say where the source has moved to and what to do about it; empty where it has not."""
    target = moved_to(source, state)
    return f"moved for good to {target}: put that into config.yaml as its url" if target else ""


def articles_told(counts: PendingCounts | None) -> str:
    """Say how many articles of a source's lists wait and how many were given up, by reason; empty where none."""
    if counts is None or not counts.waiting + sum(counts.given_up.values()):
        return ""
    told = [f"{counted(counts.waiting, 'article waits', 'articles wait')} to be read"] if counts.waiting else []
    if counts.given_up:
        reasons = ", ".join(f"{reason} ({count})" for reason, count in sorted(counts.given_up.items()))
        told.append(f"given up: {reasons}")
    return "; ".join(told)


def remedies(
    sources: Iterable[tuple[SourceState | None, Condition | None]], here: Condition | None, zone: str
) -> list[str]:
    """Say once for each kind of fault among the sources what to do about it; here: this computer's own connection."""
    faults: dict[str, str] = {}
    # The command is said with the first source of its kind; the others are named in the table above.
    for state, condition in sources:
        visit = state.last_visit if state is not None else None
        if visit is not None and not visit.result.answered:
            faults.setdefault(visit.reason.value, with_source(trouble_of(visit).remedy, visit.source))
        for sign in condition.signs if condition is not None else ():
            source_id = visit.source if visit is not None else "ID"
            faults.setdefault(sign.kind.value, with_source(ENGLISH.sign_remedies[sign.kind], source_id))
    lines = [f"[{name}] {text}" for name, text in faults.items()]
    if here is None or here.state is not Health.DOWN:
        return lines
    return [
        f"This computer reached none of the sites it asked since {local(here.since, zone)}: no site is blamed.",
        *lines,
    ]


def brought(visit: Visit) -> str:
    """Count what a visit brought: `30 entries, 2 new, 1 changed, 1 unusable (no_title)`."""
    parts = [counted(visit.entries, "entry", "entries"), f"{visit.new} new"]
    if visit.changed:
        parts.append(f"{visit.changed} changed")
    parts += [f"{count} unusable ({reason})" for reason, count in sorted(visit.unusable.items())]
    return ", ".join(parts)


def odd_told(visits: Iterable[Visit]) -> list[str]:
    """Say what was odd about the articles that visits to a source brought; nothing where nothing was."""
    read, odd = odd_articles(visits)
    lines = []
    if without := odd[EXTRACTOR]:
        changed = ": its pages may have changed" if 2 * without >= read else ""
        articles = _articles(read)
        lines.append(f"{without} of {articles} had to be read without the source's selectors{changed}")
    return lines + [f"{_articles(odd[name])} {words}" for name, words in _ODD.items() if odd[name]]


def _articles(number: int) -> str:
    return f"{number:,} {'article' if number == 1 else 'articles'}"


def read_back(done: Progress, *, paged: bool) -> list[str]:
    """Say how far reading back came, what this run brought, and how it goes on. paged: its list has further pages."""
    pages, entries = counted(done.pages, "page"), counted(done.entries, "entry", "entries")
    brought = f"{done.source}: {pages}, {entries}, {counted(done.articles, 'article')} read"
    lines = [f"{brought}, {done.failed} not read" if done.failed else brought]
    if done.trouble is not None:
        lines.append(f"stopped: {trouble_of(done.trouble).happened} [{done.trouble.reason}]; the same command goes on")
    elif done.finished and not done.waiting and not paged:
        lines.append("all that its list shows is read; no paging is declared for it, so nothing older can be asked for")
    elif done.finished and not done.waiting:
        lines.append(f"all of it back to {done.since} is read, as far as its list goes")
    elif done.finished:
        lines.append(
            f"the list is read back to {done.since}; {counted(done.waiting, 'article waits', 'articles wait')}, "
            "the same command reads on"
        )
    else:
        lines.append(f"the list goes on at its page {done.next_page + 1}; the same command reads on")
    return lines


def trouble_of(visit: Visit) -> Trouble:
    """Return what happened and what to do, in words, for a visit that was not answered."""
    return ENGLISH.troubles[visit.reason]


def shown(
    source: AnySource,
    state: SourceState | None,
    counts: PendingCounts | None = None,
    *,
    kept: int = 0,
    condition: Condition | None = None,
    norms: Norms | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Return the source and where it stands for `--json`."""
    visit = state.last_visit if state else None
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind,
        "url": source.url,
        "moved_to": moved_to(source, state) or None,
        "pack": source.pack or None,
        "language": source.language,
        "standing": source.standing,
        "state": standing(source, state, condition),
        "state_since": condition.since if condition else None,
        "matter": (matter(condition, ENGLISH) if condition else "") or None,
        "remedy": (remedy(condition, ENGLISH) if condition else "") or None,
        "usual": _usual(source, norms, now),
        "visits": state.visits if state else 0,
        "failures": state.failures if state else 0,
        "last_ok_at": state.last_ok_at if state else None,
        "next_visit": state.next_visit if state else None,
        "articles_waiting": counts.waiting if counts else 0,
        "articles_given_up": dict(counts.given_up) if counts else {},
        "pages_to_replay": kept,
        "last_visit": shown_visit(visit) if visit else None,
    }


def _usual(source: AnySource, norms: Norms | None, now: datetime) -> dict[str, Any] | None:
    """What is usual for the source, None where nothing was learnt; items a day are None until its rhythm is known."""
    if norms is None:
        return None
    today = now.astimezone(ZoneInfo(source.zone)).date()
    expected = round(norms.rate(today, source.country), 1) if norms.rhythm_known else None
    return {"days": norms.days, "items_today": expected, "entries": norms.entries}


def shown_visit(visit: Visit) -> Mapping[str, Any]:
    """Return a visit for `--json`, `remedy` in words where it was not answered."""
    plain = {
        "started_at": visit.started_at,
        "result": visit.result,
        "reason": visit.reason,
        "detail": visit.detail,
        "url": visit.url,
        "status": visit.status,
        "took": round(visit.took, 3),
        "size": visit.size,
        "entries": visit.entries,
        "new": visit.new,
        "changed": visit.changed,
        "known": visit.known,
        "unusable": dict(visit.unusable),
        "pages": visit.pages,
        "oddities": dict(visit.oddities),
    }
    return plain if visit.result.answered else {**plain, "remedy": with_source(trouble_of(visit).remedy, visit.source)}
