"""P11: five recipients, the second refused at first, the process killed on its way, two daemons back without the lock.

Each of the five gets the digest exactly once where the kill fell between two messages. Where it fell between the
server's yes and our writing it down, one mail comes twice, under the same Message-ID (P2).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from news.message import Parcel, ParcelState
from scheduler.app import open_app
from storage import Unit
from tests.fakemail import FakeMail, Step
from tests.promises.world import Press, copies, environment, stored, wait_until, write_config
from tests.scheduler.delivery.samples import message

PEOPLE = tuple(f"{number}@example.org" for number in range(1, 6))

# A daemon without the lock, quick to try again. Killed, where asked, after so many messages: between two of them, or
# between the server's yes and the settling.
DAEMON = """
import os, signal, sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from scheduler import daemon, stopping
from scheduler.delivery import retry, send
from storage import Store

stopping.exit_when_asked(0)
Store.lock_daemon = lambda self: nullcontext()
retry.PAUSES = (timedelta(seconds=1),)
_, config, where, messages = sys.argv
done = 0

def dying(step):
    async def and_die(self, *arguments):
        global done
        answer = await step(self, *arguments)
        done += 1
        if done == int(messages):
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    return and_die

if where:
    setattr(send._Run, where, dying(getattr(send._Run, where)))
sys.exit(daemon.run_daemon(Path(config)))
"""


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    """An installation with one digest for each of five recipients in its outbox, and a mail server that greylists."""
    with Press() as press, FakeMail() as mail:
        mail.answers(Step.RCPT, "450 4.2.0 Greylisted", address=PEOPLE[1], times=1)
        path = write_config(tmp_path, press, smtp=mail.port, feeds=("alpha",), recipients=PEOPLE)
        # A claim must outlast a delivery on a busy machine, or another daemon may take it over in its midst.
        path.write_text(path.read_text().replace("lease: 2 s", "lease: 12 s"))
        now = datetime.now(UTC)

        def work(unit: Unit) -> None:
            for recipient in unit.recipients.all():
                letter = message(f"digest.{recipient.id}@example.org")
                assert unit.digests.freeze(recipient, "morning", "2024-03-08", [], letter, "email", at=now)

        with open_app(path, now=now) as app:
            app.store.write_now(work)
        _SERVERS[path] = mail
        yield path


_SERVERS: dict[Path, FakeMail] = {}


def a_daemon(config: Path, log: Path, *, dies_in: str = "", after: int = 0) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        command = [sys.executable, "-c", DAEMON, str(config), dies_in, str(after)]
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment(), start_new_session=True
        )


def parcels(config: Path) -> list[Parcel]:
    """The five parcels."""
    nothing: list[Parcel] = []
    found = stored(config.parent, lambda unit: unit.outbox.list(99), nothing)
    return [parcel for parcel in found if parcel.key.endswith("/morning/2024-03-08")]


def all_sent(config: Path) -> bool:
    return Counter(parcel.state for parcel in parcels(config)) == {ParcelState.SENT: 5}


@pytest.mark.timeout(180)
@pytest.mark.parametrize("after", [1, 2, 3, 4] if os.environ.get("PRESSWATCH_PROMISES") == "full" else [3])
@pytest.mark.parametrize(("where", "repeats"), [("one", 0), ("_handed_over", 1)], ids=["between", "unsettled"])
def test_p11_each_of_five_exactly_once(config: Path, tmp_path: Path, where: str, after: int, repeats: int) -> None:
    mail, log = _SERVERS[config], tmp_path / "daemon.log"
    killed = a_daemon(config, log, dies_in=where, after=after)
    assert killed.wait(60) == -9, log.read_text()
    # The second was refused: of its attempt nothing can have arrived.
    repeats = 0 if after == 2 else repeats
    with ExitStack() as stack:
        both = [a_daemon(config, log) for _ in range(2)]
        for one in both:
            stack.callback(one.wait, 30)
            stack.callback(one.kill)
        wait_until(lambda: all_sent(config), seconds=60, what="five sent digests")
        for one in both:
            one.terminate()
        assert [one.wait(30) for one in both] == [0, 0], log.read_text()
    got = Counter(address for (address, _), count in copies(mail).items() for _ in range(count))
    assert set(got) == set(PEOPLE)
    assert sum(got.values()) == 5 + repeats
    assert len(copies(mail)) == 5, "a repeat carries the same Message-ID"
