"""P12: database locked, disk full, PostgreSQL restarted in a transaction: nothing lost, health red, recovers by itself.

One presswatch on a clock that is set by hand reads, composes and sends through the fault as a daemon's ticks do; what
was published during it is told afterwards, once, and the owner hears of it at once and again when it is over.
"""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from news.errors import StorageError
from news.settings import parse_settings
from scheduler.owner import Caretaker
from scheduler.trouble import note_trouble
from storage import Store, Unit, open_store
from tests.fakemail import FakeMail
from tests.promises.world import Daemon, Press, read_sources, stored, wait_until, write_config
from tests.scheduler.desk import CONFIG, DESK, FIRST_DAY, Desk, a_desk
from tests.scheduler.office import Clock, a_draft, answered

HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another(file: Path) -> Iterator[None]:
    """Another process holds the write lock of the file."""
    command = [sys.executable, "-c", HOLDER, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(10)


class Newsdesk:
    """A presswatch whose source shows all it ever published, and its caretaker; ticks as the daemon does."""

    def __init__(self, store: Store, folder: Path, mail: FakeMail) -> None:
        self.clock = Clock(FIRST_DAY)
        self.published = ["Register opens"]
        desk: Desk = a_desk(store, folder, clock=self.clock)
        desk.wire.answers = lambda source, at: answered(
            source, *(a_draft(title, at=None) for title in self.published if source.id == "office"), at=at
        )
        smtp = f"smtp: {{host: 127.0.0.1, port: {mail.port}, security: none, sender: press@example.org}}\n"
        owner = "owner: {address: boss@example.org}\ndelivery: {channel: folder}\n"
        given = CONFIG.format(recipients=f"  - {{address: {DESK}}}") + smtp + owner
        settings = parse_settings(given, {}, read_secret=lambda path: path)
        self.desk = replace(desk, jobs=replace(desk.jobs, app=replace(desk.jobs.app, settings=settings)))
        self.caretaker = Caretaker(self.desk.jobs.app, clock=self.clock)
        self.failures: list[str] = []

    async def tick(self, *titles: str, **passing: float) -> None:
        """Publish, let time pass, and do what a tick does; what fails is seen by the caretaker, as in the daemon."""
        self.published.extend(titles)
        self.clock.passes(**(passing or {"minutes": 11}))
        jobs = self.desk.jobs
        for job in (jobs.read_due, jobs.compose_due, self.caretaker.look, jobs.send_due):
            await self._survived(job)

    async def _survived(self, job: Callable[[], Awaitable[object]]) -> None:
        try:
            await job()
        except StorageError as error:
            self.failures.append(str(error))
            self.caretaker.saw(error)

    def told(self, title: str) -> int:
        """In how many alerts to the desk a headline stands."""
        letters = [message for address, message in self.desk.mailbox.letters if address == DESK]
        return sum(title in message.text.replace("*", "") for message in letters if "Alarm" in message.text)

    def owner_letters(self) -> list[str]:
        return [message.subject for address, message in self.desk.mailbox.letters if address == "boss@example.org"]


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    with FakeMail() as running:
        yield running


async def through(
    newsdesk: Newsdesk, mail: FakeMail, fault: Callable[[], object], mended: Callable[[], object]
) -> None:
    """Live through a fault of the database: before it, for three ticks in it, and after it."""
    await newsdesk.tick()
    await newsdesk.tick("Alarm before")
    assert (newsdesk.told("Alarm before"), newsdesk.failures) == (1, [])
    fault()
    for number in range(3):
        await newsdesk.tick(*(f"Alarm {number}-{part} during" for part in range(40)))
    assert newsdesk.failures, "the fault was not met"
    directly = [str(one.mail["Subject"]) for one in mail.messages if one.recipients == ("boss@example.org",)]
    assert [*directly, *newsdesk.owner_letters()] == ["presswatch: The database cannot be written"]
    mended()
    await newsdesk.tick("Alarm after")
    await newsdesk.tick(minutes=40)
    await newsdesk.tick()
    failures = len(newsdesk.failures)
    await newsdesk.tick()
    assert len(newsdesk.failures) == failures, "it recovered by itself"
    alarms = [title for title in newsdesk.published if title.startswith("Alarm")]
    assert {title: newsdesk.told(title) for title in alarms} == dict.fromkeys(alarms, 1)
    await newsdesk.tick(hours=7)
    over = [letter for letter in newsdesk.owner_letters() if letter.endswith("(over again)")]
    assert over == ["presswatch: The database cannot be written (over again)"]
    store = newsdesk.desk.jobs.app.store
    assert store.read_now(lambda unit: unit.troubles.lasting()) == []


def pragma(store: Store, name: str) -> int:
    return int(store.write_now(lambda unit: unit.items._connection.execute(text(f"PRAGMA {name}")).scalar() or 0))


async def test_p12_a_database_locked_by_another_process(tmp_path: Path, mail: FakeMail) -> None:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        pragma(store, "busy_timeout=50")
        newsdesk = Newsdesk(store, tmp_path, mail)
        lock = held_by_another(tmp_path / "press.db")
        await through(newsdesk, mail, lock.__enter__, lambda: lock.__exit__(None, None, None))
        assert any("another process has been writing for a long time" in one for one in newsdesk.failures)


async def test_p12_a_full_disk(tmp_path: Path, mail: FakeMail) -> None:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        newsdesk = Newsdesk(store, tmp_path, mail)

        def fill() -> None:
            pragma(store, f"max_page_count={pragma(store, 'page_count')}")

        def empty() -> None:
            pragma(store, "max_page_count=1000000")

        await through(newsdesk, mail, fill, empty)
        assert any("free some space" in one for one in newsdesk.failures)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the test's own, that may be stopped at will."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs or os.geteuid() != 0 or shutil.which("runuser") is None:
        pytest.skip("a PostgreSQL server of its own needs its programs, and root to become postgres")
    folder = Path(tempfile.mkdtemp(prefix="presswatch-postgres-"))
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    running = Cluster(programs[-1].parent, folder)
    try:
        running.run("initdb", "-D", str(folder / "data"), "-A", "trust", "-N", "--no-locale", "-E", "UTF8")
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """The server: started, and stopped in the middle of whatever it does."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str, check: bool = True) -> None:
        command = ["runuser", "-u", "postgres", "--", str(self._programs / program), *arguments]
        subprocess.run(
            command, check=check, capture_output=True, timeout=60, cwd=self._folder, stdin=subprocess.DEVNULL
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder} -c fsync=off"
        log = str(self._folder / "log")
        self.run("pg_ctl", "start", "-w", "-D", str(self._folder / "data"), "-l", log, "-o", options)

    def stop(self) -> None:
        """Stop it as a power cut would."""
        self.run("pg_ctl", "stop", "-m", "immediate", "-w", "-D", str(self._folder / "data"), check=False)


async def test_p12_a_server_stopped_in_a_transaction_and_started_again(
    cluster: Cluster, tmp_path: Path, mail: FakeMail
) -> None:
    with open_store(cluster.url) as store:
        newsdesk = Newsdesk(store, tmp_path, mail)

        def cut() -> None:
            def work(unit: Unit) -> None:
                note_trouble(unit, "never", "half a transaction", at=FIRST_DAY)
                cluster.stop()
                unit.troubles.untold()

            with pytest.raises(StorageError):
                store.write_now(work)

        await through(newsdesk, mail, cut, cluster.start)
        with psycopg.connect(cluster.url.replace("+psycopg", "")) as connection:
            kinds = connection.execute("SELECT kind FROM troubles").fetchall()
        assert ("database",) in kinds
        assert ("never",) not in kinds, "half a transaction is none"


async def test_p12_a_server_restarted_while_nobody_asks_it_anything_is_not_even_noticed(
    cluster: Cluster, tmp_path: Path, mail: FakeMail
) -> None:
    with psycopg.connect(cluster.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE DATABASE restarted")
    with open_store(cluster.url.rpartition("/")[0] + "/restarted") as store:
        newsdesk = Newsdesk(store, tmp_path, mail)
        await newsdesk.tick()
        cluster.stop()
        cluster.start()
        await newsdesk.tick("Alarm after the restart")
        await newsdesk.tick()
        assert (newsdesk.told("Alarm after the restart"), newsdesk.failures) == (1, [])
        assert newsdesk.owner_letters() == []


FULL = os.environ.get("PRESSWATCH_PROMISES") == "full"
SECONDS = 65 if FULL else 2
"""How long the lock is held in a daemon's way: longer than it waits for it, or, in the short form, a moment."""


def test_p12_a_daemon_lives_through_a_lock(tmp_path: Path, mail: FakeMail) -> None:
    with Press() as press:
        press.publish("alpha", "Office of alpha opens")
        config = write_config(tmp_path, press, smtp=mail.port, feeds=("alpha",), recipients=("desk@example.org",))
        config.write_text(config.read_text() + "owner: {address: boss@example.org}\n")
        with Daemon(config) as daemon:
            read = lambda: stored(tmp_path, lambda unit: unit.items.count(), 0)  # noqa: E731
            wait_until(lambda: read() == 1, seconds=60, what="the first visit")
            with held_by_another(tmp_path / "press.db"):
                press.publish("alpha", "Office of alpha closes")
                time.sleep(SECONDS)
            wait_until(lambda: len(_to(mail, "desk@example.org")) == 1, seconds=60, what="the alert")
            assert "closes" in str(_to(mail, "desk@example.org")[0])
            if SECONDS > 60:
                wait_until(lambda: len(_to(mail, "boss@example.org")) >= 1, seconds=60, what="the owner's mail")
            assert daemon.terminate() == 0
        assert len(_to(mail, "desk@example.org")) == 1


def test_p12_a_daemon_lives_through_a_full_disk(tmp_path: Path, mail: FakeMail) -> None:
    """Nothing that the daemon writes is taken any more, its log neither: the owner is told all the same."""
    with Press() as press:
        press.publish("alpha", "Office of alpha opens")
        config = write_config(tmp_path, press, smtp=mail.port, feeds=("alpha",), recipients=("desk@example.org",))
        config.write_text(config.read_text() + "owner: {address: boss@example.org}\n")
        with Daemon(config) as daemon:
            wait_until(lambda: read_sources(tmp_path) == 1, seconds=60, what="the first visit")
            # So many visits later what a start brings with it is done, and only visits are left to be written down.
            wait_until(lambda: len(press.asked) >= 8, seconds=60, what="further visits")
            _, most = resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (1, most))
            press.publish("alpha", "Office of alpha closes")
            wait_until(lambda: len(_to(mail, "boss@example.org")) >= 1, seconds=60, what="the owner's mail")
            assert "The database cannot be written" in str(_to(mail, "boss@example.org")[0])
            assert daemon.process.poll() is None
            assert stored(tmp_path, lambda unit: unit.items.count(), 0) == 1
            resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (most, most))
            if FULL:  # a source that could not be written down rests for a minute
                wait_until(lambda: len(_to(mail, "desk@example.org")) >= 1, seconds=100, what="the alert")
            assert daemon.terminate() == 0
        before = len(press.asked)
        with Daemon(config) as next_one:
            wait_until(lambda: len(press.asked) > before, seconds=60, what="a visit")
            wait_until(lambda: len(_to(mail, "desk@example.org")) >= 1, seconds=60, what="the alert")
            assert "closes" in str(_to(mail, "desk@example.org")[0])
            assert next_one.terminate() == 0
        assert len(_to(mail, "desk@example.org")) == 1


def _to(mail: FakeMail, address: str) -> list[object]:
    return [one.mail["Subject"] or one.mail for one in tuple(mail.messages) if one.recipients == (address,)]
