from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from news.trouble import TroubleKind
from news.visit import Reason, Visit, VisitResult
from scheduler.delivery.send import Counts
from scheduler.once import RunReport
from scheduler.trouble import note_trouble
from storage import Store
from tests.promises.world import Press
from tests.scheduler.making_rounds import Rounds, round_process
from tests.scheduler.office import NOW

CONFIG = """\
contact: presswatch-tests@example.org
database: {{url: "sqlite:///press.db"}}
crawler: {{delay: 0.01, timeout: 30, deadline: 60, allow_networks: [127.0.0.0/8]}}
packs: []
sources:
  - {{id: alpha, kind: feed, url: "{alpha}/alpha", publisher: alpha}}
  - {{id: beta, kind: feed, url: "{beta}/beta", publisher: beta}}
watches:
  - {{name: Offices, query: office}}
recipients:
  - {{address: desk@example.org}}
  - {{address: chief@example.org}}
"""


@pytest.fixture(scope="module")
def process() -> Iterator[subprocess.Popen[str]]:
    with round_process() as running:
        yield running


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as running:
        running.publish("alpha", "Office of alpha opens")
        running.publish("beta", "Office of beta opens")
        yield running


@pytest.fixture
def other_press() -> Iterator[Press]:
    with Press("127.0.0.3") as running:
        running.publish("beta", "Office of beta opens")
        yield running


@pytest.fixture
def rounds(process: subprocess.Popen[str], tmp_path: Path, press: Press, other_press: Press) -> Rounds:
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG.format(alpha=press.address, beta=other_press.address), encoding="utf-8")
    return Rounds(process, config)


def letters(folder: Path) -> list[str]:
    """Who got a mail, once for each."""
    return sorted(path.parent.name for path in folder.rglob("*.eml"))


def test_a_sample_is_shown_after_the_first_round_that_read_something_and_never_again(
    rounds: Rounds, press: Press, other_press: Press, tmp_path: Path
) -> None:
    press.broken.set()
    other_press.broken.set()
    nothing = rounds.next()
    assert (nothing["answered"], nothing["sample"], nothing["digests"]) == (0, None, 0)

    press.broken.clear()
    first = rounds.next()
    assert (first["answered"], first["in_other_trouble"]) == (1, 1)
    assert first["sample"]["subject"].startswith("SAMPLE: 1 story: Office of alpha opens")
    assert (first["digests"], first["sent"]) == (0, 0), "what the first visit found undated is told to nobody"
    assert letters(tmp_path) == []

    other_press.broken.clear()
    press.publish("alpha", "Office of alpha opens register 1")
    second = rounds.next(digest_now=False)
    assert (second["answered"], second["sample"]) == (2, None)
    assert (second["digests"], letters(tmp_path)) == (0, []), "it waits for its hour"
    third = rounds.next()
    assert (third["digests"], third["sent"]) == (2, 2)
    assert (rounds.next()["digests"], len(letters(tmp_path))) == (0, 2)


def test_a_digest_that_cannot_be_made_keeps_no_other_from_being_sent(
    rounds: Rounds, press: Press, tmp_path: Path
) -> None:
    rounds.next()
    press.publish("alpha", "Office of alpha opens register 1")
    assert rounds.next(unwritable="desk@example.org") == {"error": "this digest cannot be written"}
    assert [name.partition("@")[0] for name in letters(tmp_path)] == ["chief"]
    assert (rounds.next()["sent"], len(letters(tmp_path))) == (1, 2)


def test_a_round_tells_the_owner_what_is_wrong(rounds: Rounds, tmp_path: Path) -> None:
    rounds.config.write_text(rounds.config.read_text() + "owner: {address: boss@example.org}\n")
    rounds.next()
    assert letters(tmp_path) == []
    with Store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        store.write_now(lambda unit: note_trouble(unit, TroubleKind.MOVED, "x", at=NOW, about="alpha"))
    rounds.next()
    assert letters(tmp_path) == ["boss@example.org"]


def a_visit(result: VisitResult, at: datetime = NOW) -> Visit:
    return Visit(source=result.value, started_at=at, result=result, reason=Reason.NONE)


def a_report(*results: VisitResult) -> RunReport:
    return RunReport(visits=tuple(map(a_visit, results)), digests=0, parcels=Counts())


def test_a_report_counts_answers_and_a_source_without_news_is_one() -> None:
    report = a_report(VisitResult.OK, VisitResult.NOT_MODIFIED, VisitResult.EMPTY, VisitResult.REFUSED)
    assert (report.answered, report.nobody_answered) == (2, False)


def test_nobody_answered_is_not_the_same_as_nobody_asked() -> None:
    assert a_report(VisitResult.SOFT, VisitResult.EMPTY).nobody_answered
    assert not a_report().nobody_answered
