"""P5: a source that never answers delays no other source by more than 5 s, tick after tick."""

from __future__ import annotations

import socket
from itertools import pairwise
from pathlib import Path

from tests.promises.world import Daemon, Press, read_sources, wait_until

MOST_DELAY = 5.0
TICK, EVERY = 0.5, 1.0
CONFIG = """
contact: presswatch-tests@example.org
database: {{url: "sqlite:///press.db"}}
crawler: {{delay: 0.01, timeout: 60, deadline: 90, allow_networks: [127.0.0.0/8]}}
daemon: {{tick: {tick}, grace: 6}}
packs: []
sources:
  - {{id: dead, kind: feed, url: "{dead}/dead", publisher: Dead, every: 1 s}}
  - {{id: alpha, kind: feed, url: "{silent}/alpha", publisher: Alpha, every: 1 s}}
  - {{id: beta, kind: feed, url: "{lively}/beta", publisher: Beta, every: 1 s}}
recipients: []
"""


def test_p5_two_hosts_that_never_answer_delay_the_first_request_of_another_by_under_5_s_over_three_ticks(
    tmp_path: Path,
) -> None:
    with (
        socket.create_server(("127.0.0.4", 0)) as dead,
        Press("127.0.0.2") as silent,
        Press("127.0.0.3") as lively,
    ):
        silent.silent.set()
        lively.publish("beta", "Office of beta opens")
        config = tmp_path / "config.yaml"
        address = f"http://127.0.0.4:{dead.getsockname()[1]}"
        config.write_text(
            CONFIG.format(tick=TICK, dead=address, silent=silent.address, lively=lively.address), encoding="utf-8"
        )
        with Daemon(config) as daemon:
            wait_until(lambda: len(visits(lively, "/beta")) >= 4, seconds=40, what="a first visit and three more")
            times = visits(lively, "/beta")
            assert read_sources(tmp_path) == 1
            assert daemon.terminate() == 0
        # The first crawl met all three; the one host hangs at its feed, the other before its robots.txt.
        dead.settimeout(0)
        with dead.accept()[0] as connection:
            assert connection.recv(100).startswith(b"GET /robots.txt ")
        (asked,) = visits(silent, "/alpha")
    first = min(time for time, _ in lively.asked)
    assert first - min(time for time, _ in silent.asked) < MOST_DELAY
    assert asked < times[1], "the other host hung while the later visits were made"
    # A pause has a tenth of jitter at most, and then waits for the next tick.
    assert [
        later - earlier for earlier, later in pairwise(times) if later - earlier > EVERY * 1.1 + TICK + MOST_DELAY
    ] == []


def visits(press: Press, path: str) -> list[float]:
    """When a path was asked for."""
    return [time for time, asked in press.asked if asked == path]
