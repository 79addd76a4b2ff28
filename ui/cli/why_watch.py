"""Why one watch found a stored item or did not, what became of that, and the one change that would have caught it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from news.errors import QuerySyntaxError
from news.watch.compiler import check_watch
from news.watch.matcher import Matcher
from news.watch.watch import Watch
from news.watch.why import Clause, Joined, explain
from news.watch.why_change import changes
from scheduler.change_costs import Costed, cheapest
from scheduler.trial import DAYS
from ui.cli.moments import local
from ui.cli.output import counted
from ui.cli.why_told import Fate, fates

if TYPE_CHECKING:
    from news.lexicon import Lexicon
    from news.watch.indexed import IndexedItem
    from news.watch.watch import Hit
    from storage import Unit
    from storage.inquiries import RecordedMatch

_MOST_ALTERNATIVES = 6
_MOST_FORMS = 3


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One watch and one item.

    found: whether the watch as it is finds the item as it is. broken: why the watch finds nothing at all. clause: how
    its parts stand. fates: what became of the match, where one was recorded. late: why none was although it is found.
    remedy: what would have told of an item that is found and was not recorded. change: the cheapest single one.
    """

    watch: Watch
    found: bool
    broken: str = ""
    clause: Clause | None = None
    fates: tuple[Fate, ...] = ()
    late: str = ""
    remedy: str = ""
    change: Costed | None = None

    def lines(self) -> Iterator[str]:
        """All of it in words."""
        if self.broken:
            yield f"BROKEN: {self.watch.name} finds nothing: {self.broken}"
            return
        yield f"{'FOUND' if self.found else 'NOT FOUND'} by {self.watch.name}: {self.watch.query}"
        if self.clause is not None:
            yield from (f"  {line}" for line in _clause_lines(self.clause))
        yield from (f"  {f'{one.address} ' if one.address else ''}{one.words}" for one in self.fates)
        if self.late:
            yield f"  {self.late}"
        if self.remedy:
            yield f"  What would have: {self.remedy}"
        if self.change is not None:
            yield f"  What would have found it: {self.change.change.text}"
            about = "" if self.change.exact else "about "
            yield f"    {self.change.change.how}; adds {about}{counted(self.change.adds, 'item')} in {DAYS} days"
        elif not self.found:
            yield "  No single change would have found it."

    def brief(self) -> str:
        """One line of a watch that did not find it: which of its parts stand in the way."""
        if self.broken:
            return f"{self.watch.name}: finds nothing: {self.broken}"
        failing = [self.clause] if self.clause and not self.clause.parts else []
        if self.clause and self.clause.joined is Joined.ALL:
            failing = [part for part in self.clause.parts if not part.holds]
        missing = "; ".join(one.text for one in failing) or "none of its terms"
        return f"{self.watch.name}: {missing}"

    def shown(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "watch": self.watch.name,
            "query": self.watch.query,
            "found": self.found,
            "broken": self.broken or None,
            "clauses": None if self.clause is None else _shown(self.clause),
            "told": [
                {"recipient": one.address or None, "state": one.state, "digest": one.digest or None, "words": one.words}
                for one in self.fates
            ],
            "late": self.late or None,
            "remedy": self.remedy or None,
            "change": None
            if self.change is None
            else {
                "query": self.change.change.text,
                "how": self.change.change.how,
                "adds": self.change.adds,
                "days": DAYS,
                "exact": self.change.exact,
            },
        }


def verdict(
    unit: Unit,
    watch: Watch,
    indexed: IndexedItem,
    recorded: RecordedMatch | None,
    *,
    now: datetime,
    zone: str,
    lexicon: Lexicon | None,
    costs: bool,
) -> Verdict:
    """Hold a watch against a stored item. costs: also look for the change that would have found it, and count."""
    told: tuple[Fate, ...] = ()
    if recorded is not None:
        followers, tellings = unit.inquiries.followers(watch.id), unit.inquiries.tellings(recorded.id)
        together = {one.digest: unit.inquiries.told_together(one.digest, indexed.item.id) for one in tellings}
        told = fates(recorded, followers, tellings, together, zone=zone)
    try:
        query = check_watch(watch.query, lexicon)
    except QuerySyntaxError as error:
        return Verdict(watch=watch, found=False, broken=error.problem, fates=told)
    clause = explain(watch.query, query, indexed, lexicon)
    if Matcher([watch], lexicon=lexicon).matching(indexed):
        late, remedy = ("", "") if recorded is not None else _late(unit, watch, indexed, now=now, zone=zone)
        if recorded is not None and recorded.muted:
            remedy = _unmuted(unit, watch, indexed, now=now)
        return Verdict(watch=watch, found=True, clause=clause, fates=told, late=late, remedy=remedy)
    change = None
    if costs:
        offered = changes(watch.query, query, clause, indexed, lexicon)
        change = cheapest(unit, query, offered, now=now, lexicon=lexicon)
    return Verdict(watch=watch, found=False, clause=clause, fates=told, change=change)


def _late(unit: Unit, watch: Watch, indexed: IndexedItem, *, now: datetime, zone: str) -> tuple[str, str]:
    """Why a watch that finds an item has no match of it, and what would have told of it."""
    if not watch.enabled:
        return "nothing was recorded: the watch is off", f"presswatch watch edit {watch.name!r} --on"
    stored = unit.inquiries.first_seen(indexed.item.id)
    if stored is None or watch.created_at is None:
        return "", ""
    since = f"--since {(now - stored).days + 1}d"
    if watch.created_at > stored:
        added, seen = local(watch.created_at, zone), local(stored, zone)
        told = f"nothing was recorded: the watch was added {added}, after the item was stored {seen}"
        return told, f"{since} with watch add, which also tells what is stored"
    return (
        "nothing was recorded: the watch or the lexicon was changed after the item was stored, or it was imported",
        f"the same query as a new watch, with {since}",
    )


def _unmuted(unit: Unit, watch: Watch, indexed: IndexedItem, *, now: datetime) -> str:
    """The setting that would have told of old news, where its hour says how old it was."""
    stored, published = unit.inquiries.first_seen(indexed.item.id), indexed.item.published
    if stored is None or published is None or published.at is None:
        return ""
    days = max((stored - published.at).days, 0) + 1
    muted = unit.inquiries.muted(watch.id, now - timedelta(days=DAYS))
    return f"daemon.fresh: {days} d in config.yaml; adds at most {counted(muted, 'item')} in {DAYS} days"


def _clause_lines(clause: Clause, indent: str = "") -> Iterator[str]:
    """The clauses as an indented list; a part that others make up for is left out where it says nothing."""
    mark = "yes" if clause.holds else "no "
    if not clause.parts:
        yield f"{indent}{mark} {clause.text}{_because(clause)}"
        return
    if clause.joined is Joined.ANY:
        yield f"{indent}{mark} one of {len(clause.parts)}"
        shown = [part for part in clause.parts if part.holds] or list(clause.parts)
        if not clause.holds:
            shown.sort(key=lambda part: not any(form for _, form in part.missing))
        for part in shown[:_MOST_ALTERNATIVES]:
            yield from _clause_lines(part, f"{indent}  ")
        return
    for part in clause.parts:
        yield from _clause_lines(part, indent)


def _because(clause: Clause) -> str:
    places = [f"{text} ({', '.join(fields)})" for text, fields in _places(clause).items()]
    found = ", ".join((*places[:_MOST_FORMS], *(["..."] if len(places) > _MOST_FORMS else ())))
    if clause.holds:
        return f": found as {found}" if found else ""
    return f": {clause.reason}{f': {found}' if found else ''}"


def _places(clause: Clause) -> dict[str, list[str]]:
    """By form found, the fields it stands in."""
    places: dict[str, list[str]] = {}
    for hit in clause.hits:
        if any(_within(hit, other) for other in clause.hits):
            continue
        fields = places.setdefault(hit.text, [])
        if hit.field not in fields:
            fields.append(hit.field)
    return places


def _within(hit: Hit, other: Hit) -> bool:
    """Whether a hit is a part of a longer one: the short name in the long one says nothing besides."""
    return (
        hit.field == other.field
        and other.start <= hit.start
        and hit.end <= other.end
        and hit.end - hit.start < other.end - other.start
    )


def _shown(clause: Clause) -> dict[str, Any]:
    plain: dict[str, Any] = {"text": clause.text, "holds": clause.holds}
    if clause.parts:
        return {**plain, "needs": clause.joined.value, "parts": [_shown(part) for part in clause.parts]}
    return {
        **plain,
        "found": _places(clause),
        "reason": clause.reason or None,
        "missing": [{"word": word, "nearest": form or None} for word, form in clause.missing],
    }
