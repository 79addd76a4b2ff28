"""A second process that adds watches: `python -m tests.promises.adder URL COUNT`.

Each is added by the very function that `presswatch watch add` calls. Once it has returned, a line of JSON tells the
watch's id and the newest item that was committed by then.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

from news.watch.watch import Watch
from storage import Store
from tests.promises.world import seeded
from ui.cli import watch_change


def main(url: str, count: int) -> None:
    """Add `count` watches one after another, at uneven moments."""
    chance = seeded("adder")
    with Store(url) as store:
        for number in range(count):
            watch = Watch(name=f"Watch {number}", query="register")
            added = watch_change.add(store, watch, at=datetime.now(UTC))
            newest = store.read_now(lambda unit: unit.items.newest(1))
            print(json.dumps([added.id, newest[0].id if newest else 0]), flush=True)
            time.sleep(chance.uniform(0.0, 0.03))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
