"""P17: a digest never says "nothing new" without the coverage line: sources read, last success, volume against normal,
what is degraded."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.health import Condition, Health, Norms, Sign, SignKind
from news.source import FeedSource
from news.visit import Reason, Visit, VisitResult
from scheduler.digest.calendar import Slot, manual_slot, sample_slot
from scheduler.digest.compose import compose
from scheduler.digest.coverage import Coverage, coverage
from scheduler.digest.message import message_of
from scheduler.digest.wording import WORDINGS, wording
from storage import SourceState
from tests.scheduler.digest.samples import NOW, READER, SINCE, SLOT, item, told

NAMES = ("Alpha", "Bravo", "Charlie", "Delta")
SOURCES = tuple(FeedSource(id=name.lower(), url=f"https://{name}.example/", publisher=name) for name in NAMES)
FAULTS = (Reason.TIMEOUT, Reason.FORBIDDEN, Reason.NO_ENTRIES, Reason.CHALLENGE, Reason.NOT_A_FEED, Reason.DNS)
SLOT_ZONE = ZoneInfo(READER.schedule.zone)
LEARNT = Norms(days=60, rates=(9.0, 9.0, 9.0, 9.0, 26.0, 3.0, 3.0, 12.0, None))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[str], Coverage]:
    """A coverage of one to four sources, each well, failing, never visited or not visited of late; names of the bad."""
    sources = SOURCES[: draw(st.integers(1, 4))]
    states: dict[str, SourceState] = {}
    visits: list[Visit] = []
    troubled = []
    for source in sources:
        kind = draw(st.sampled_from(("well", "failing", "unread", "stale")))
        if kind != "well":
            troubled.append(source.publisher)
        if kind == "unread":
            continue
        ago = (
            timedelta(days=draw(st.integers(2, 9))) if kind == "stale" else timedelta(minutes=draw(st.integers(1, 600)))
        )
        reason = draw(st.sampled_from(FAULTS)) if kind == "failing" else Reason.NONE
        visit = Visit(
            source=source.id,
            started_at=NOW - ago,
            result=VisitResult.SOFT if kind == "failing" else VisitResult.OK,
            reason=reason,
            status=0,
            new=draw(st.integers(0, 90)) if kind == "well" else 0,
        )
        visits.append(visit)
        last_ok = None if kind == "failing" and draw(st.booleans()) else visit.started_at - timedelta(hours=1)
        states[source.id] = SourceState(
            last_visit=visit,
            last_ok_at=visit.started_at if kind != "failing" else last_ok,
            failures=int(kind == "failing"),
            next_visit=None,
            visits=9,
            read_once=True,
        )
    norms = {source.id: LEARNT for source in sources} if draw(st.booleans()) else {}
    return troubled, coverage(sources, states, visits, since=SINCE, now=NOW, norms=norms)


def shown(page: str) -> str:
    """What a reader sees of a page, the preview line apart."""
    without = re.sub(r"<style.*?</style>|<title>.*?</title>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(without).split())


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", text)]


@pytest.mark.parametrize("language", sorted(WORDINGS))
@settings(deadline=None, max_examples=25)
@given(made=histories(), has_story=st.booleans(), slot=st.sampled_from((SLOT, manual_slot(NOW), sample_slot(NOW))))
def test_the_coverage_line_stands_in_every_form_of_every_digest(
    language: str, made: tuple[list[str], Coverage], has_story: bool, slot: Slot
) -> None:
    troubled, covered = made
    matches = [told(1, item(1, "A story"))] if has_story else []
    digest = compose(
        replace(READER, language=language),
        matches,
        covered,
        slot=slot,
        now=NOW,
        sources=SOURCES,
        watches=["Water"],
    )
    assert digest is not None
    message = message_of(digest, domain="press.example")
    words = wording(language)
    line = message.data["coverage"]["line"]

    for whole in (message.text, shown(message.html), message.clean_text, shown(message.clean_html)):
        _, heading, behind = " ".join(whole.split()).partition(" ".join(line.split())[:40])
        assert heading, f"no coverage line in {whole}"
        assert (words.say("coverage").casefold()) in whole.casefold()
        said = f"{heading}{behind}"
        # Sources read, of all.
        if covered.read not in (0, covered.total):
            assert numbers(said)[:2] in ([covered.read, covered.total], [covered.total, covered.read])
        elif covered.total > 1:
            assert covered.total in numbers(said)
        # The last success.
        if covered.last_read_at is not None:
            assert f"{covered.last_read_at.astimezone(SLOT_ZONE):%H:%M}" in said
        # Volume against normal.
        assert covered.items in numbers(said) or covered.items == 0
        if covered.usual is not None:
            assert covered.usual in numbers(said)
    # What is degraded, by name.
    for name in troubled:
        assert name in message.text.partition(line[:20])[2]
        assert name in shown(message.html)
    if not has_story and covered.read < covered.total:
        assert str(covered.total) in message.subject


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_where_nothing_could_be_read_nobody_is_told_that_there_was_nothing(language: str) -> None:
    covered = coverage(SOURCES, {}, [], since=SINCE, now=NOW)
    digest = compose(replace(READER, language=language), [], covered, slot=SLOT, now=NOW, sources=SOURCES)
    assert digest is not None
    message = message_of(digest, domain="press.example")
    well = coverage(
        SOURCES,
        {
            source.id: SourceState(
                last_visit=visit, last_ok_at=NOW, failures=0, next_visit=None, visits=1, read_once=True
            )
            for source in SOURCES
            if (visit := Visit(source=source.id, started_at=NOW, result=VisitResult.OK, reason=Reason.NONE, status=200))
        },
        [],
        since=SINCE,
        now=NOW,
    )
    quiet = compose(replace(READER, language=language), [], well, slot=SLOT, now=NOW, sources=SOURCES)
    assert quiet is not None
    fine = message_of(quiet, domain="press.example")
    words, said = wording(language), message.text + message.clean_text + message.subject
    assert words.count(4, "nothing_new_all") in fine.subject
    assert words.count(4, "none_read") in message.subject
    for nothing in (words.count(4, "nothing_new_all"), words.say("nothing_new_some", n=4, read=0)):
        assert nothing not in said


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_what_is_odd_is_said_though_every_source_was_read(language: str) -> None:
    covered = coverage(SOURCES[:1], {}, [], since=SINCE, now=NOW)
    odd = Condition(state=Health.DEGRADED, since=SINCE, signs=(Sign(kind=SignKind.FEWER, count=3, of=12),))
    digest = compose(
        replace(READER, language=language),
        [],
        replace(covered, conditions={"alpha": odd}),
        slot=SLOT,
        now=NOW,
        sources=SOURCES,
    )
    assert digest is not None
    assert "12" in message_of(digest, domain="press.example").text
