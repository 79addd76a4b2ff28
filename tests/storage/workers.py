"""Other processes for the tests: `python -m tests.storage.workers WHAT URL` does one thing and prints JSON lines.

open     open and migrate the database
hold     take the daemon's lock and keep it until killed
claim    claim and settle parcels until there are none
watches  add 25 watches one by one; after each, the newest item id at that moment
drops    drop two items that are past their time, and be killed while it drops the next
kills    let 20 children write until each is killed, and tell what they had been told was committed
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from news.message import ParcelState
from news.watch.watch import Watch
from storage import Store, Unit, open_store, retention
from tests.storage.samples import NOW, a_match, add_one, numbered

KILLS = 20


def tell(*values: object) -> None:
    """Print one JSON line."""
    print(json.dumps(values), flush=True)


def open_it(url: str) -> None:
    """Open and migrate the database."""
    with open_store(url):
        tell("opened")


def hold(url: str) -> None:
    """Keep the daemon's lock until killed."""
    with Store(url) as store, store.lock_daemon():
        tell("held")
        sys.stdin.read()


def claim(url: str) -> None:
    """Claim and settle parcels, three at a time."""
    with Store(url) as store:
        while parcels := store.write_now(
            lambda unit: unit.outbox.claim(now=NOW, lease=timedelta(hours=1), limit=3, worker=str(os.getpid()))
        ):
            for parcel in parcels:
                settled = store.write_now(lambda unit, one=parcel: unit.outbox.settle(one, ParcelState.SENT, now=NOW))  # type: ignore[misc]
                tell(parcel.key, settled)


def watches(url: str) -> None:
    """Add watches while another process takes items in."""
    with Store(url) as store:
        for number in range(25):
            name = f"watch {number}"
            store.write_now(lambda unit, name=name: unit.watches.add(Watch(name=name, query="release"), at=NOW))  # type: ignore[misc]
            newest = store.read_now(lambda unit: unit.items.newest(1))
            tell(name, newest[0].id if newest else 0)


def kills(url: str) -> None:
    """Fork children one after another and kill each while it writes; the parent itself never opens the database."""
    for kill in range(KILLS):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _write_until_killed(url, kill, writing)
        os.close(writing)
        told = b""
        # The first commits prove that it writes; then at another moment of a transaction each time.
        while told.count(b"\n") < 3:
            if not select.select([reading], [], [], 20)[0]:
                break
            told += os.read(reading, 65536)
        time.sleep(0.0007 * kill)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reading, 65536):
            told += more
        os.close(reading)
        tell([int(line) for line in told.split(b"\n")[:-1]])


def _write_until_killed(url: str, kill: int, told: int) -> None:
    store = Store(url)
    for number in range(kill * 10_000, (kill + 1) * 10_000):

        def take_in(unit: Unit, number: int = number) -> int:
            item = add_one(unit, numbered(number, text="text " * 500))
            unit.matches.record([a_match(item, 1)], at=NOW)
            return item

        os.write(told, f"{store.write_now(take_in)}\n".encode())


def drops(url: str) -> None:
    """Take one step of dropping, and be killed at the end of the next, before it is committed."""
    retention.LOOKED_AT_ONCE = 2
    with Store(url) as store:
        step = store.write_now(lambda unit: unit.retention.drop(before=NOW, now=NOW))
        tell(step.dropped if step else 0)

        def half(unit: Unit) -> None:
            unit.retention.drop(before=NOW, now=NOW, after=step)
            os.kill(os.getpid(), signal.SIGKILL)

        store.write_now(half)


WORK: dict[str, Callable[[str], None]] = {
    "open": open_it,
    "hold": hold,
    "claim": claim,
    "watches": watches,
    "drops": drops,
    "kills": kills,
}

if __name__ == "__main__":
    WORK[sys.argv[1]](sys.argv[2])
