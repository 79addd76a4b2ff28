from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from news.message import Message
from news.settings import Settings, parse_settings
from news.visit import Reason, Visit, VisitResult
from scheduler.delivery.send import Counts
from scheduler.once import RunReport
from tests.ui.cli.desk import CONFIG, NOW
from ui.cli.run_report import by_outcome, report_lines, shown


def visit(source: str, result: VisitResult, reason: Reason = Reason.NONE, **fields: Any) -> Visit:
    return Visit(source=source, started_at=NOW, result=result, reason=reason, **fields)


def settings() -> Settings:
    return parse_settings(CONFIG.format(address="http://127.0.0.2:9"), {}, read_secret=str)


def report(visits: Sequence[Visit], *, digests: int = 0, parcels: Counts = Counts(), **fields: Any) -> RunReport:
    return RunReport(visits=tuple(visits), digests=digests, parcels=parcels, **fields)


@pytest.mark.parametrize(
    ("reasons", "looks_like"),
    [
        ([Reason.DNS] * 3, "no internet or a proxy (names do not resolve)."),
        ([Reason.TLS] * 3, "a proxy that inspects traffic"),
        ([Reason.TIMEOUT, Reason.CONNECTION, Reason.DNS], "a firewall or a proxy"),
    ],
)
def test_nothing_reached_is_not_called_no_news(reasons: list[Reason], looks_like: str) -> None:
    lines = report_lines(report([visit("a", VisitResult.SOFT, reason) for reason in reasons]), settings())
    assert lines[0] == 'None of 3 sites could be reached from this computer. That is not "no news".'
    assert lines[1].startswith(f"Looks like: {looks_like}")
    assert "presswatch doctor" in lines[1]
    assert lines[-1] == "To see how it works without a network: presswatch demo"


def test_the_round_is_counted_as_people_ask_and_each_trouble_named() -> None:
    visits = [
        visit("office", VisitResult.OK, entries=5, new=4, changed=1),
        visit("archive", VisitResult.NOT_MODIFIED),
        visit("a", VisitResult.REFUSED, Reason.FORBIDDEN, status=403),
        visit("b", VisitResult.HARD, Reason.NOT_FOUND, status=404),
        visit("c", VisitResult.SOFT, Reason.TIMEOUT),
        visit("d", VisitResult.EMPTY, Reason.NO_ENTRIES),
    ]
    assert by_outcome(visits) == {"answered": 2, "refused": 1, "not found": 1, "not reached": 1, "in other trouble": 1}
    lines = report_lines(report(visits), settings())
    counts = "2 answered, 1 refused, 1 not found, 1 not reached, 1 in other trouble"
    assert lines[0] == f"6 sources visited: {counts}. 4 new items, 1 changed."
    assert [line[:6] for line in lines[1:5]] == [" ! a [", " ! b [", " ! c [", " ! d ["]
    assert "(403). We do not disguise ourselves" in lines[1]
    assert lines[5] == "No digest was due."


def test_refused_everywhere_is_not_told_as_no_network() -> None:
    lines = report_lines(report([visit("a", VisitResult.REFUSED, Reason.ROBOTS)]), settings())
    assert lines[0].startswith("1 source visited: 0 answered, 1 refused")


def test_deliveries_name_the_folder_and_what_waits() -> None:
    ok = visit("office", VisitResult.OK)
    sent = report_lines(report([ok], digests=2, parcels=Counts(sent=2)), settings())
    assert sent[-1] == "2 digests made, 2 delivered to the folder var/mail."
    waiting = report_lines(report([ok], digests=2, parcels=Counts(deferred=1, failed=1)), settings())
    assert "1 could not be delivered and are tried again" in waiting[-1]
    assert "1 failed for good" in waiting[-1]


def test_the_sample_is_marked_and_said_not_to_be_sent() -> None:
    message = Message(id="x@presswatch", subject="SAMPLE: 1 story", text="the story\n", html="", date=NOW)
    told = report([visit("office", VisitResult.OK)], sample=message)
    lines = report_lines(told, settings())
    assert any(line.startswith("SAMPLE: ") and "not sent" in line for line in lines)
    assert lines[-1] == "the story"
    assert shown(told)["sample"] == {"subject": "SAMPLE: 1 story", "text": "the story\n"}


def test_a_round_with_nothing_due_says_where_to_look() -> None:
    assert "source list" in report_lines(report([]), settings())[0]
