"""Items, matches and coverage to compose from, in the shapes that the sources have; all of it invented samples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from news.item import Item, Stated
from news.source import FeedSource, Quote, Standing
from news.story import Relation
from news.visit import Reason, Visit, VisitResult
from news.watch.watch import Hit, Recipient, Schedule, Watch
from scheduler.digest.calendar import Slot
from scheduler.digest.coverage import Coverage, coverage
from storage import SourceState, ToldMatch

NOW = datetime(2024, 3, 8, 3, 0, tzinfo=UTC)
"""Friday 08:00 in Almaty."""

SINCE = NOW - timedelta(days=1)
SLOT = Slot(name="2024-03-08", at=NOW, since=SINCE)
READER = Recipient(address="desk@example.org", name="Central Asia desk", schedule=Schedule(), id=1)

MFA_EN = FeedSource(
    id="mfa-en",
    url="https://mfa.example/en",
    publisher="MFA",
    language="en",
    standing=Standing.OFFICIAL,
    quote=Quote.FULL,
)
MFA_RU = FeedSource(
    id="mfa-ru",
    url="https://mfa.example/ru",
    publisher="MFA",
    language="ru",
    standing=Standing.OFFICIAL,
    quote=Quote.FULL,
)
AGENCY_KK = FeedSource(
    id="agency-kk", url="https://agency.example/kk", publisher="Agency", language="kk", standing=Standing.AGENCY
)
UN_EN = FeedSource(
    id="un-en",
    url="https://un.example/rss",
    publisher="UN News",
    language="en",
    standing=Standing.UN,
    credit="UN News / sample",
)
MEDIA = FeedSource(id="media", url="https://media.example/rss", publisher="Daily", quote=Quote.HEADLINE)
SOURCES = (MFA_EN, MFA_RU, AGENCY_KK, UN_EN, MEDIA)

UNDRR = Watch(name="UNDRR and early warning", query='UNDRR OR "early warning"', id=1)
CRESCENT = Watch(name="Red Crescent", query='"Red Crescent" OR "Қызыл Жарты Ай"', id=2)
WATER = Watch(name="Transboundary water", query="water", id=3)


def item(
    number: int,
    title: str,
    source: FeedSource = MFA_EN,
    *,
    lead: str = "",
    text: str = "",
    url: str | None = None,
    published: datetime | date | None = None,
    version: int = 1,
    seen_at: datetime | None = None,
) -> Item:
    """Return an item of `source`; a bare day as `published` gives a stated time of day precision."""
    stated = None
    if isinstance(published, datetime):
        stated = Stated(day=published.date(), zone="Asia/Almaty", at=published)
    elif published is not None:
        stated = Stated(day=published, zone="Asia/Almaty")
    return Item(
        id=number,
        title=title,
        lead=lead,
        text=text,
        url=f"https://www.{source.id}.example/news/{number}" if url is None else url,
        source=source.id,
        publisher=source.publisher,
        standing=source.standing,
        language=source.language or "und",
        seen_at=seen_at or NOW - timedelta(hours=12),
        keys=(),
        text_hash=str(number),
        content_hash=str(number),
        published=stated,
        version=version,
    )


def told(
    match_id: int,
    one: Item,
    watch: Watch = UNDRR,
    *,
    story: int | None = None,
    terms: Sequence[str] = (),
    term: str = "",
    relation: Relation = Relation.NEW,
) -> ToldMatch:
    """Return the match of `watch` with a hit where each of `terms` first stands in a field; term: the watch's word."""
    hits = []
    for looked_for in terms:
        for field in ("title", "lead", "text"):
            value = getattr(one, field)
            start = value.find(looked_for)
            if start >= 0:
                hits.append(
                    Hit(
                        field=field,
                        start=start,
                        end=start + len(looked_for),
                        text=looked_for,
                        term=term or looked_for,
                    )
                )
    return ToldMatch(
        match_id=match_id,
        recorded_at=NOW,
        watch=watch,
        item=one,
        hits=tuple(hits),
        story=one.id if story is None else story,
        relation=relation,
    )


def visit(source: FeedSource, at: datetime, *, reason: Reason = Reason.NONE, status: int = 200, new: int = 0) -> Visit:
    """Return a visit that answered, or with `reason` one that did not."""
    result = VisitResult.OK if reason is Reason.NONE else VisitResult.SOFT
    return Visit(source=source.id, started_at=at, result=result, reason=reason, status=status, new=new)


def state(last: Visit, *, last_ok_at: datetime | None = None) -> SourceState:
    """Return the state of a source whose newest visit is `last`."""
    ok_at = last.started_at if last.result.answered else last_ok_at
    return SourceState(
        last_visit=last, last_ok_at=ok_at, failures=0, next_visit=None, visits=1, read_once=ok_at is not None
    )


def covered(*, new: int = 7) -> Coverage:
    """Return the coverage of five sources that were all read just now."""
    visits = [visit(source, NOW - timedelta(minutes=8), new=new) for source in SOURCES]
    return coverage(SOURCES, {one.source: state(one) for one in visits}, visits, since=SINCE, now=NOW)


def thinly_covered() -> Coverage:
    """Return the coverage of five sources of which one refuses and one was never reached."""
    visits = [visit(source, NOW - timedelta(minutes=8), new=7) for source in SOURCES[:3]]
    refused = visit(UN_EN, NOW - timedelta(hours=1), reason=Reason.FORBIDDEN, status=403)
    lost = visit(MFA_RU, NOW - timedelta(hours=5), reason=Reason.TIMEOUT, status=0)
    states = {one.source: state(one) for one in visits}
    states[UN_EN.id] = state(refused, last_ok_at=NOW - timedelta(days=2))
    return coverage(SOURCES, states, [*visits, lost, refused], since=SINCE, now=NOW)
