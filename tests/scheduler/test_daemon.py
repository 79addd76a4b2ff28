from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news.message import ParcelState
from news.visit import Visit, VisitResult
from storage import Unit, open_store
from tests.fakemail import FakeMail, Step
from tests.promises.world import (
    PRESSWATCH,
    Daemon,
    Press,
    environment,
    read_sources,
    stored,
    text_for,
    wait_until,
    write_config,
)


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as running:
        running.publish("alpha", "Office of alpha opens")
        yield running


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    with FakeMail() as running:
        yield running


@pytest.fixture
def config(tmp_path: Path, press: Press, mail: FakeMail) -> Path:
    return write_config(tmp_path, press, smtp=mail.port, feeds=("alpha",), recipients=("desk@example.org",))


def once_read(daemon: Daemon) -> None:
    """Wait for the first visit."""
    wait_until(lambda: read_sources(daemon.log.parent) == 1, seconds=30, what="the first visit")


def test_the_first_tick_comes_at_once_and_ctrl_c_ends_the_daemon_well(config: Path, press: Press) -> None:
    config.write_text(config.read_text().replace("tick: 0.3", "tick: 3600"), encoding="utf-8")
    with Daemon(config) as daemon:
        once_read(daemon)
        daemon.process.send_signal(signal.SIGINT)
        assert daemon.process.wait(timeout=20) == 0
        log = daemon.log.read_text()
    places = [log.index(event) for event in ("daemon started", "event=visit", "daemon stopping", "daemon stopped")]
    assert places == sorted(places)
    assert [path for _, path in press.asked] == ["/robots.txt", "/alpha"]
    assert "Traceback" not in log


def test_a_second_daemon_on_one_sqlite_file_is_refused_and_the_first_goes_on(config: Path, press: Press) -> None:
    with Daemon(config) as first:
        once_read(first)
        command = [*PRESSWATCH, "run", "--config", str(config)]
        second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment())
        assert second.returncode == 75
        assert f"another daemon (process {first.process.pid}) serves {config.parent / 'press.db'}" in second.stderr
        assert "stop it first" in second.stderr
        assert "Traceback" not in second.stderr
        asked = len(press.asked)
        wait_until(lambda: len(press.asked) > asked, seconds=20, what="another visit of the first")
        # Its end frees the place at once, also a violent one.
        first.kill()
    with Daemon(config) as third:
        wait_until(lambda: len(press.asked) > asked + 2, seconds=30, what="a visit of the third")
        assert third.terminate() == 0


def test_a_tick_that_fails_is_logged_and_the_next_ones_make_up_for_it(
    config: Path, press: Press, mail: FakeMail, tmp_path: Path
) -> None:
    nothing: dict[ParcelState, int] = {}
    with Daemon(config) as daemon:
        once_read(daemon)
        with closing(sqlite3.connect(tmp_path / "press.db", timeout=20)) as other:
            other.execute("ALTER TABLE outbox RENAME TO lost")
            press.publish("alpha", "Office of alpha opens register 1")
            wait_until(lambda: "job failed" in daemon.log.read_text(), seconds=20, what="a job that failed")
            assert daemon.process.poll() is None
            other.execute("ALTER TABLE lost RENAME TO outbox")
        told = "Office of alpha opens register 1"
        wait_until(lambda: told in text_for(mail, "desk@example.org"), seconds=20, what="the alert")
        assert daemon.terminate() == 0
    counts = stored(tmp_path, lambda unit: unit.outbox.counts(), nothing)
    assert {state: count for state, count in counts.items() if count} == {ParcelState.SENT: 1}


def test_ticks_wait_for_no_delivery_and_begin_none_a_second_time(config: Path, press: Press, mail: FakeMail) -> None:
    text = config.read_text().replace("timeout: 5}", "timeout: 60}").replace("grace: 6", "grace: 5")
    config.write_text(text, encoding="utf-8")
    mail.hangs(Step.MAIL)
    with Daemon(config) as daemon:
        once_read(daemon)
        press.publish("alpha", "Office of alpha opens register 1")
        wait_until(lambda: Step.MAIL in mail.steps, seconds=20, what="a message at the mail server")
        asked = len(press.asked)
        # Longer than the lease of the claim, too.
        wait_until(lambda: len(press.asked) > asked + 2, seconds=20, what="three visits")
        assert "parcel settled" not in daemon.log.read_text()
        assert mail.connections == 1
        assert daemon.terminate() == 0


def test_the_daemon_drops_old_history_when_it_starts(config: Path, tmp_path: Path) -> None:
    first = datetime(2020, 3, 1, tzinfo=UTC)

    def long_ago(unit: Unit) -> None:
        for at in (first, first + timedelta(days=1)):
            visit = Visit(source="closed-office", started_at=at, result=VisitResult.OK)
            unit.visits.record(visit, next_visit=at, reading="")

    def kept_of_that_year(unit: Unit) -> int:
        return len(unit.visits.between(first, first + timedelta(days=300)))

    with open_store(f"sqlite:///{tmp_path}/press.db") as store:
        store.write_now(long_ago)
    with Daemon(config) as daemon:
        wait_until(lambda: stored(tmp_path, kept_of_that_year, 0) == 1, seconds=20, what="one old visit left")
        assert daemon.terminate() == 0


@pytest.mark.parametrize(
    ("smtp", "named", "mended"),
    [
        ("dkim: {domain: example.org, selector: one, key_file: missing.pem}, ", "smtp.dkim", None),
        ("bounces: bounces@example.org, ", "does not hold a key", "ab" * 32),
    ],
)
def test_p30_an_edit_of_which_no_channel_can_be_made_is_told_once_and_ends_nothing(
    config: Path, press: Press, mail: FakeMail, smtp: str, named: str, mended: str | None
) -> None:
    key = config.parent / "var" / "secret.key"
    with Daemon(config) as daemon:
        once_read(daemon)
        key.parent.mkdir(exist_ok=True)
        key.write_text("not a key", encoding="ascii")
        good = config.read_text(encoding="utf-8")
        config.write_text(good.replace("smtp: {", "smtp: {" + smtp), encoding="utf-8")
        wait_until(lambda: "not taken over" in daemon.log.read_text(), seconds=10, what="the complaint")
        press.publish("alpha", "Office of alpha opens register 1")
        wait_until(lambda: "register 1" in text_for(mail, "desk@example.org"), seconds=20, what="an alert as before")
        assert daemon.process.poll() is None
        log = daemon.log.read_text()
        assert named in log
        assert log.count("not taken over") == 1
        assert "the settings were edited" not in log
        if mended is not None:
            key.write_text(mended, encoding="ascii")
        else:
            config.write_text(good + "zone: Asia/Almaty\n", encoding="utf-8")
        wait_until(lambda: "the settings were edited" in daemon.log.read_text(), seconds=10, what="the edit")
        assert daemon.terminate() == 0
