from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from news.health import Condition, Health, Norms, Sign, SignKind
from news.source import FeedSource
from news.visit import Reason, Visit, VisitResult
from storage import SourceState
from tests.ui.cli.desk import NOW
from ui.cli.source_words import health_told, norms_told, remedies, shown, standing, told

OFFICE = FeedSource(id="office", url="https://office.example/feed", publisher="The office")
REFUSED = Condition(state=Health.REFUSED, since=NOW - timedelta(hours=3), reason=Reason.FORBIDDEN, status=403)


def state(result: VisitResult, reason: Reason = Reason.NONE, *, failures: int = 0, **fields: Any) -> SourceState:
    visit = Visit(source="office", started_at=NOW - timedelta(minutes=5), result=result, reason=reason, **fields)
    return SourceState(
        last_visit=visit,
        last_ok_at=NOW - timedelta(hours=5) if failures else visit.started_at,
        failures=failures,
        next_visit=NOW + timedelta(minutes=10),
        visits=3,
        read_once=True,
    )


def test_a_source_that_was_never_visited_is_not_called_ok() -> None:
    assert standing(OFFICE, None) == "never yet read"
    assert told(OFFICE, None, now=NOW) == "visited at the next round"
    assert shown(OFFICE, None, now=NOW)["last_visit"] is None


def test_an_answer_is_told_with_its_counts() -> None:
    ok = state(VisitResult.OK, entries=30, new=2, changed=1, unusable={"no_title": 1})
    assert standing(OFFICE, ok) == "ok"
    assert told(OFFICE, ok, now=NOW) == "read 5 min ago, 30 entries, 2 new, 1 changed, 1 unusable (no_title)"
    assert "nothing changed" in told(OFFICE, state(VisitResult.NOT_MODIFIED), now=NOW)


def test_articles_read_without_the_sources_selectors_are_told_also_when_nothing_has_come_since() -> None:
    odd = state(VisitResult.OK, entries=30, new=3, oddities={"extractor": 3, "no_date": 1})
    said = "3 of 3 articles had to be read without the source's selectors: its pages may have changed"
    assert told(OFFICE, odd, now=NOW).endswith(f"30 entries, 3 new; {said}; 1 article without a date")
    later = state(VisitResult.NOT_MODIFIED)
    assert odd.last_visit is not None
    assert later.last_visit is not None
    assert said in told(OFFICE, later, now=NOW, lately=[odd.last_visit, later.last_visit])
    few = state(VisitResult.OK, entries=30, new=3, oddities={"extractor": 1})
    assert told(OFFICE, few, now=NOW).endswith("1 of 3 articles had to be read without the source's selectors")


def test_a_program_is_told_of_pages_and_odd_articles() -> None:
    visit = shown(OFFICE, state(VisitResult.OK, new=3, pages=2, oddities={"extractor": 3}), now=NOW)["last_visit"]
    assert (visit["pages"], visit["oddities"]) == (2, {"extractor": 3})


def test_a_fault_is_told_with_its_name_since_when_and_what_to_do() -> None:
    refused = state(VisitResult.REFUSED, Reason.FORBIDDEN, failures=3, status=403)
    assert standing(OFFICE, refused, REFUSED) == "refused"
    assert health_told(REFUSED, "Asia/Almaty").startswith("refused since 20")
    text = told(OFFICE, refused, now=NOW)
    assert text.startswith("the site does not let this reader in (403) [forbidden]; last read 5 h ago, 3 visits failed")
    assert "next try in 10 min" in text
    assert "disguise" not in text


def test_what_to_do_is_said_once_for_each_kind_of_fault() -> None:
    refused = state(VisitResult.REFUSED, Reason.FORBIDDEN, failures=3)
    lost = state(VisitResult.SOFT, Reason.DNS, failures=1)
    odd = Condition(state=Health.DEGRADED, since=NOW, signs=(Sign(kind=SignKind.FEWER, count=3, of=30),))
    sources = [(refused, REFUSED), (lost, None), (None, None), (refused, REFUSED), (state(VisitResult.OK), odd)]
    lines = remedies(sources, None, "Asia/Almaty")
    assert [line.split()[0] for line in lines] == ["[forbidden]", "[name_not_found]", "[fewer_entries]"]
    assert "We do not disguise ourselves" in lines[0]


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words_and_a_remedy(reason: Reason) -> None:
    fault = state(VisitResult.SOFT, reason, failures=1)
    assert f"[{reason}]" in told(OFFICE, fault, now=NOW)
    visit = shown(OFFICE, fault, now=NOW)["last_visit"]
    assert visit["remedy"]
    assert visit["reason"] == reason


def test_a_source_that_is_switched_off_says_so() -> None:
    off = FeedSource(id="old", url="https://old.example/", publisher="Old", enabled=False)
    assert (standing(off, None), told(off, None, now=NOW)) == ("off", "not visited: enabled is false")


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (Sign(kind=SignKind.SILENT, count=12), "nothing new, where 12 items would be usual by now"),
        (Sign(kind=SignKind.FEWER, count=1, of=30), "its list holds 1 entry, usual are 30"),
        (Sign(kind=SignKind.UNDATED, count=9, of=10), "9 of 10 texts have no date, which they used to have"),
        (Sign(kind=SignKind.BARE, count=9, of=10), "9 of 10 texts are empty, which they never were"),
        (Sign(kind=SignKind.SELECTORS, count=3, of=4), "3 of 4 texts had to be read without the source's selectors"),
        (Sign(kind=SignKind.FLAKY, count=4, of=9), "4 of 9 visits failed within a day"),
    ],
    ids=lambda one: one.kind.value if isinstance(one, Sign) else "",
)
def test_what_is_odd_about_a_source_that_answers_is_said_in_figures_with_a_remedy(sign: Sign, said: str) -> None:
    condition = Condition(state=Health.DEGRADED, since=NOW, signs=(sign,))
    assert health_told(condition, "UTC") == f"degraded since {NOW:%Y-%m-%d %H:%M}: {said}"
    (line,) = remedies([(state(VisitResult.OK), condition)], None, "UTC")
    assert line.startswith(f"[{sign.kind}] ")
    assert line.endswith(".")


def test_an_outage_of_this_computer_is_said_below_the_sources() -> None:
    here = Condition(state=Health.DOWN, since=NOW, reason=Reason.DNS)
    assert "no site is blamed" in remedies([], here, "UTC")[0]


def test_it_is_said_of_how_many_sources_the_usual_is_not_known_yet() -> None:
    assert "known for 1 of 2 sources: it takes 21 days" in norms_told([Norms(days=40), None])
    early, known = (shown(OFFICE, None, norms=Norms(days=days, rates=(3.0,) * 9), now=NOW)["usual"] for days in (9, 30))
    assert (early["items_today"], known["items_today"]) == (None, 3.0)
