"""P1, P2: SIGKILL at any moment loses nothing, stores nothing twice, and repeats a delivery only under its own id."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest

from news.message import Parcel, ParcelState
from tests.fakemail import FakeMail
from tests.promises.world import (
    Daemon,
    Press,
    copies,
    plain_text,
    read_sources,
    seeded,
    stored,
    text_for,
    wait_until,
    write_config,
)

KILLS = 200 if os.environ.get("PRESSWATCH_PROMISES") == "full" else 10
FEEDS = ("alpha", "beta")
RECIPIENTS = ("desk@example.org", "chief@example.org")


@pytest.mark.timeout(60 + 40 * KILLS)
def test_p1_p2_nothing_is_lost_and_repeats_carry_the_same_id(tmp_path: Path) -> None:
    chance = seeded("kills")
    mail = FakeMail(pause=lambda: chance.choice((0.0, 0.0, 0.05, 0.3)))
    with Press() as press, mail:
        press.delay = lambda: chance.choice((0.0, 0.1, 0.4))
        # On a busy machine many daemons in a row are killed before they have read anything: what a feed has dropped by
        # then is no loss of ours (P4 tells it as a gap).
        press.shown = KILLS + 1
        config = write_config(tmp_path, press, smtp=mail.port, feeds=FEEDS, recipients=RECIPIENTS)
        # The first visit of a source mutes what has no date: let it pass before anything that is counted.
        seeds = [f"Office of {feed} opens" for feed in FEEDS]
        for feed, headline in zip(FEEDS, seeds, strict=True):
            press.publish(feed, headline)
        with Daemon(config) as first:
            wait_until(lambda: read_sources(tmp_path) == len(FEEDS), seconds=90, what="the first visits")
            first.terminate()
        headlines: list[str] = []
        cut_off: set[tuple[int, int]] = set()
        for kill in range(KILLS):
            for feed in FEEDS:
                headlines.append(f"Office of {feed} opens register {kill}")
                press.publish(feed, headlines[-1])
            with Daemon(config) as daemon:
                _until_it_works(daemon, press)
                time.sleep(chance.uniform(0.0, 1.6))
                assert daemon.process.poll() is None, daemon.log.read_text()
                daemon.kill()
            cut_off |= _claimed(tmp_path)
        with Daemon(config) as last:
            wait_until(lambda: _all_told(mail, headlines), seconds=60, what="every headline in the mail of everyone")
            assert last.terminate() == 0
    assert _titles(tmp_path) == Counter(seeds + headlines)
    repeated = sum(count - 1 for count in copies(mail).values())
    assert repeated <= len(cut_off), "only what a kill cut off between its delivery and its commit is repeated"
    for address in RECIPIENTS:
        distinct = {str(one.mail["Message-ID"]): one.mail for one in mail.messages if one.recipients == (address,)}
        told = Counter(
            headline for letter in distinct.values() for headline in headlines if _tells(plain_text(letter), headline)
        )
        assert told == Counter(headlines), "each match is in exactly one digest of a schedule"
    assert not _left_behind(config)


def _until_it_works(daemon: Daemon, press: Press) -> None:
    """Wait for the first request of this daemon, so that kills fall into crawling and sending, not into starting."""
    before = len(press.asked)
    wait_until(lambda: len(press.asked) > before or daemon.process.poll() is not None, seconds=90, what="a request")


def _tells(text: str, headline: str) -> bool:
    return f" {headline} " in f" {' '.join(text.split())} "


def _all_told(mail: FakeMail, headlines: list[str]) -> bool:
    texts = [text_for(mail, address) for address in RECIPIENTS]
    return all(headline in text for text in texts for headline in headlines)


def _claimed(folder: Path) -> set[tuple[int, int]]:
    """The claims, by parcel and fence, that a killed daemon left open."""
    nothing: list[Parcel] = []
    parcels = stored(folder, lambda unit: unit.outbox.list(1_000), nothing)
    return {(parcel.id, parcel.fence) for parcel in parcels if parcel.state is ParcelState.CLAIMED}


def _titles(folder: Path) -> Counter[str]:
    nothing: Counter[str] = Counter()
    return stored(folder, lambda unit: Counter(item.title for item in unit.items.newest(10_000)), nothing)


def _left_behind(config: Path) -> list[str]:
    """Processes that still name this test's folder on their command line."""
    lines = (" ".join(process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"]))
    return [line for line in lines if str(config) in line]
