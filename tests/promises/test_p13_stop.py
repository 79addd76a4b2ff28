"""P13: SIGTERM at any moment ends the daemon in time, with status 0 and no claim or process left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from news.message import ParcelState
from tests.fakemail import FakeMail, Step
from tests.promises.world import Daemon, Press, environment, read_sources, seeded, stored, wait_until, write_config

GRACE = 20.0


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


def stopped(daemon: Daemon) -> int:
    """Terminate and return the exit status, once no process of the daemon's session is left."""
    status = daemon.terminate(within=GRACE)
    wait_until(lambda: not left_behind(daemon), seconds=3, what=f"the end of {left_behind(daemon)}")
    return status


def left_behind(daemon: Daemon) -> list[str]:
    """What still runs of the session that the daemon began: its readers, whenever they were started."""
    session = daemon.process.pid
    return [
        str(process) for process in psutil.process_iter() if process.pid != session and _session(process) == session
    ]


def _session(process: psutil.Process) -> int:
    try:
        return os.getsid(process.pid)
    except ProcessLookupError:
        return 0


# What can be seen of a start from outside, in its order: our handler stands, the database is there, it is locked.
MOMENTS: dict[str, Callable[[Daemon, Path], bool]] = {
    "importing": lambda daemon, _: _answers_sigterm(daemon),
    "migrating": lambda _, folder: (folder / "press.db").exists(),
    "wiring": lambda _, folder: (folder / "press.db.daemon").exists(),
    "started": lambda daemon, _: b"daemon started" in daemon.log.read_bytes(),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_p13_as_soon_as_a_moment_of_start_up_has_come(config: Path, tmp_path: Path, moment: str) -> None:
    with Daemon(config) as daemon:
        wait_until(lambda: MOMENTS[moment](daemon, tmp_path), seconds=30, what=moment, every=0.002)
        assert stopped(daemon) == 0, daemon.log.read_text()
    started = b"daemon started" in daemon.log.read_bytes()
    if moment in ("importing", "migrating"):
        assert not started, "it was asked to end during its start"
    if moment == "started":
        assert b"daemon stopped" in daemon.log.read_bytes()


@pytest.mark.parametrize("attempt", range(40 if os.environ.get("PRESSWATCH_PROMISES") == "full" else 2))
def test_p13_at_any_time_of_start_up(config: Path, attempt: int) -> None:
    with Daemon(config) as daemon:
        wait_until(lambda: _answers_sigterm(daemon), seconds=30, what="our handler", every=0.002)
        time.sleep(seeded(f"stop {attempt}").uniform(0.0, 2.0))
        assert stopped(daemon) == 0, daemon.log.read_text()
    assert b"Traceback" not in daemon.log.read_bytes()


def test_p13_during_a_download_that_never_comes(config: Path, press: Press) -> None:
    press.silent.set()
    with Daemon(config) as daemon:
        wait_until(lambda: any(path == "/alpha" for _, path in press.asked), seconds=30, what="the request")
        assert stopped(daemon) == 0, daemon.log.read_text()


def test_p13_while_a_digest_is_being_sent(config: Path, press: Press, mail: FakeMail, tmp_path: Path) -> None:
    with Daemon(config) as daemon:
        wait_until(lambda: read_sources(tmp_path) == 1, seconds=30, what="the first visit")
        mail.hangs(Step.DOT)
        press.publish("alpha", "Office of alpha opens register 1")
        wait_until(lambda: Step.DOT in mail.steps, seconds=30, what="a message at the mail server")
        assert stopped(daemon) == 0, daemon.log.read_text()
    nothing: dict[ParcelState, int] = {}
    counts = stored(tmp_path, lambda unit: unit.outbox.counts(), nothing)
    assert counts[ParcelState.CLAIMED] == 0
    assert counts[ParcelState.UNCERTAIN] + counts[ParcelState.SENT] == 1


def _answers_sigterm(daemon: Daemon) -> bool:
    """Whether our handler stands: before that the interpreter itself dies of SIGTERM, and nobody can change it."""
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", Path(f"/proc/{daemon.process.pid}/status").read_text(), re.MULTILINE)
    return caught is not None and bool(int(caught[1], 16) & 1 << (signal.SIGTERM - 1))


ASKED_WHILE = """
import os, signal, sys
from pathlib import Path
from scheduler import app, daemon, stopping
from crawler import loop

def ask(): os.kill(os.getpid(), signal.SIGTERM)

def in_the_reactors_start(install=loop.install_reactor):
    def then_ask(path):
        install(path)
        from twisted.internet import reactor
        reactor.callWhenRunning(ask)  # Twisted swallows what is raised here
    loop.install_reactor = then_ask

def in_an_import_that_swallows():
    try:
        ask()
    except SystemExit:
        pass

stopping.exit_when_asked(0)
globals()[sys.argv[2]]()
sys.exit(daemon.run_daemon(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("moment", ["in_the_reactors_start", "in_an_import_that_swallows"])
def test_p13_asked_where_an_exception_would_be_swallowed(config: Path, moment: str) -> None:
    ran = subprocess.run([sys.executable, "-c", ASKED_WHILE, str(config), moment],
                         capture_output=True, text=True, timeout=GRACE, check=False, env=environment())  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "daemon started" not in ran.stdout + ran.stderr
