"""First figures come at once, what is exact when it is counted; a question does not wait for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scheduler.sampling import FEWEST
from scheduler.trial import TrialRun
from tests.ui.cli.desk import Desk
from ui.cli.asking import confirmed

ITEMS = FEWEST + 140


@pytest.fixture
def archive(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """More than a sample has at least, and a clock that is past every end."""
    desk.keep(*(f"{'Flood' if number % 3 else 'Trade'} {number}" for number in range(ITEMS)), language="en")
    monkeypatch.setattr("scheduler.sampling.monotonic", lambda: float("inf"))
    return desk


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting takes until it is stopped."""
    rest = TrialRun.rest

    def until_stopped(run: TrialRun, stopped: Callable[[], bool], **options: Any) -> Any:
        while not stopped():
            time.sleep(0.001)
        return rest(run, stopped, **options)

    monkeypatch.setattr(TrialRun, "rest", until_stopped)


def test_an_estimate_comes_first_and_then_what_is_exact(archive: Desk) -> None:
    lines = archive.type("watch", "test", "flood OR trade").stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("An estimate, from "))
    assert lines[at - 1].startswith(f"In 90 days it finds about {ITEMS} items in at most about {ITEMS} stories")
    assert lines[at].endswith("All of them are being counted; Ctrl-C leaves it at the estimate.")
    last = lines.index(
        f"All {ITEMS} candidates are counted. In 90 days it finds {ITEMS} items in {ITEMS} stories, 100% of the "
        f"{ITEMS} stored items."
    )
    assert at < last
    assert any(line.endswith(f"{ITEMS} items in the fullest") for line in lines[last:])
    assert sum(line.startswith("Newest") for line in lines) == 1


def test_an_estimate_is_enough_for_who_says_so(archive: Desk) -> None:
    told = archive.type("watch", "test", "flood OR trade", "--estimate").stdout
    assert "All of them: the same without --estimate." in told
    assert "are counted" not in told
    assert archive.json("watch", "test", "flood OR trade", "--estimate")["exact"] is False


@pytest.mark.parametrize("options", [(), ("--exact",)])
def test_for_programs_there_is_one_document_and_it_is_exact(archive: Desk, options: tuple[str, ...]) -> None:
    tried = archive.json("watch", "test", "flood OR trade", *options)
    assert (tried["exact"], tried["items"], tried["looked_at"]) == (True, ITEMS, ITEMS)


def test_exact_says_nothing_before_it_is(archive: Desk) -> None:
    told = archive.type("watch", "test", "flood OR trade", "--exact").stdout
    assert "estimate" not in told
    assert f"In 90 days it finds {ITEMS} items" in told


@pytest.mark.usefixtures("endless")
def test_who_breaks_it_off_keeps_the_estimate(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("scheduler.trying.Trying.wait", interrupted)
    result = archive.type("watch", "test", "flood OR trade")
    assert result.exit_code == 0
    assert "An estimate, from " in result.stdout
    assert "are counted" not in result.stdout
    assert result.stderr == "presswatch: stopped; what is not counted to the end stays an estimate\n"
    assert archive.json("watch", "test", "flood OR trade")["exact"] is False


def test_what_is_counted_behind_a_question_is_said_before_it_is_answered(
    archive: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt: list[str] = []

    def thinks(_: str, news: Callable[[], str]) -> bool:
        while not (told := news()):
            time.sleep(0.001)
        learnt.append(told)
        assert not news()
        return True

    monkeypatch.setattr("ui.cli.watch_agreed.on_terminal", lambda: True)
    monkeypatch.setattr("ui.cli.watch_agreed.confirmed", thinks)
    added = archive.type("watch", "add", "All", "flood OR trade", "--as-written")
    assert added.exit_code == 0
    assert "All of them are being counted meanwhile." in added.stdout
    assert learnt[0].startswith(f"Counted by now: In 90 days it finds {ITEMS} items")


@pytest.mark.usefixtures("endless")
@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 1)])
def test_an_answer_waits_for_no_count(archive: Desk, monkeypatch: pytest.MonkeyPatch, answer: str, status: int) -> None:
    monkeypatch.setattr("ui.cli.watch_agreed.on_terminal", lambda: True)
    added = archive.type("watch", "add", "All", "flood OR trade", "--as-written", stdin=f"{answer}\n")
    assert added.exit_code == status
    assert "Counted by now" not in added.stdout


@pytest.mark.usefixtures("endless")
def test_where_nobody_is_asked_it_says_where_all_of_it_is_counted(archive: Desk) -> None:
    added = archive.type("watch", "add", "All", "flood OR trade", "--as-written", "--yes")
    assert added.exit_code == 0
    assert "All of them: presswatch watch test 'All'" in added.stdout


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal in place of the standard input; gives the end that a person types on."""
    person, ours = os.openpty()
    with open(ours, encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield person
    os.close(person)


@pytest.mark.parametrize(
    ("typed", "meant"), [("y", True), ("YES", True), ("n", False), ("", False), ("what\nyes", True)]
)
def test_a_question_takes_yes_and_no(
    terminal: int, capsys: pytest.CaptureFixture[str], typed: str, meant: bool
) -> None:
    os.write(terminal, f"{typed}\n".encode())
    assert confirmed("Save it?", lambda: "") is meant
    assert capsys.readouterr().out.count("Save it? [y/N]: ") == 1 + typed.count("\n")


def test_news_is_said_while_the_question_stands_and_the_question_put_again(
    terminal: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def news() -> str:
        os.write(terminal, b"y\n")
        return "It is more than it seemed."

    assert confirmed("Save it?", news)
    assert capsys.readouterr().out == "Save it? [y/N]: \nIt is more than it seemed.\nSave it? [y/N]: "
