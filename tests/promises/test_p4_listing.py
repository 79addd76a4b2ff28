"""P4 and P16 for lists: of ten articles one is slow, one is missing, one shows a robot check; none is lost unsaid.

Rounds at the hours that the pauses between tries need, over real HTTP; then the real daemon, killed again and again.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path

import pytest

from news.link import Pending, PendingState
from storage import Unit
from tests.fakemail import FakeMail
from tests.promises.newsroom import Newsroom, headline, write_config
from tests.promises.world import Daemon, plain_text, seeded, stored, wait_until
from tests.scheduler.making_rounds import Rounds, round_process

KILLS = 60 if os.environ.get("PRESSWATCH_PROMISES") == "full" else 2
HOUR = timedelta(hours=1)
SLOW, MISSING, CHALLENGED = 3, 5, 7


@pytest.fixture(scope="module")
def process() -> Iterator[subprocess.Popen[str]]:
    with round_process() as running:
        yield running


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running


def titles(folder: Path) -> Counter[str]:
    nothing: Counter[str] = Counter()
    return stored(folder, lambda unit: Counter(item.title for item in unit.items.newest(999)), nothing)


def pending(folder: Path) -> dict[str, tuple[PendingState, str, int]]:
    """What is pending by its address's end: state, reason and tries."""
    nothing: list[Pending] = []
    rows = stored(folder, lambda unit: unit.pending.of_source("newsroom", 99), nothing)
    return {row.link.url.rpartition("/")[2]: (row.state, row.reason, row.tries) for row in rows}


def letters(folder: Path) -> list[str]:
    """The texts of what was delivered, the earliest first, each on one line."""
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.rglob("*.eml"))]
    return [" ".join(plain_text(mail).split()) for mail in found]  # type: ignore[arg-type]


def asks(newsroom: Newsroom, path: str, *, before: int) -> bool:
    """Whether a path was asked for after the first `before` requests."""
    return any(asked == path for _, asked in newsroom.asked[before:])


def told_of(mail: FakeMail, headlines: list[str]) -> Counter[str]:
    """How often each of these was told, in whatever mail; a repeated delivery is the same mail."""
    distinct = {str(one.mail["Message-ID"]): one.mail for one in tuple(mail.messages)}
    texts = [f" {' '.join(plain_text(one).split())} " for one in distinct.values()]
    return Counter(one for text in texts for one in headlines if f" {one} " in text)


def test_p4_seven_are_stored_at_once_the_slow_one_later_and_the_other_two_are_named_with_their_reason(
    process: subprocess.Popen[str], newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.hangs, newsroom.missing, newsroom.challenged = {SLOW}, {MISSING}, {CHALLENGED}
    config = write_config(tmp_path, newsroom, timeout=5)
    config.write_text(config.read_text().partition("smtp:")[0] + "packs:" + config.read_text().partition("packs:")[2])
    rounds = Rounds(process, config)

    (visit,) = rounds.next(digest_now=False)["visits"]
    assert (visit["result"], visit["entries"], visit["new"]) == ("ok", 10, 7)
    assert visit["unusable"] == {"timeout": 1, "not_found": 1, "challenge_page": 1}
    expected = [headline(number) for number in range(1, 11) if number not in (SLOW, MISSING, CHALLENGED)]
    assert titles(tmp_path) == Counter(expected)

    newsroom.hangs.clear()
    (visit,) = rounds.next(digest_now=False)["visits"]
    assert (visit["result"], visit["new"]) == ("not_modified", 1)
    assert titles(tmp_path) == Counter([*expected, headline(SLOW)])

    # Asked twice, the missing one is given up; the challenge only after its fifth try, a day later.
    assert pending(tmp_path) == {
        "5": (PendingState.GIVEN_UP, "not_found", 2),
        "7": (PendingState.WAITING, "challenge_page", 2),
    }
    for pause in (1, 4, 12):
        rounds.next(digest_now=False, after=pause * HOUR)
    assert pending(tmp_path)["7"] == (PendingState.GIVEN_UP, "challenge_page", 5)
    assert titles(tmp_path) == Counter([*expected, headline(SLOW), headline(CHALLENGED)]), "what its list said is kept"
    newsroom.articles = 11
    rounds.next()

    assert (newsroom.requests("/news/5"), newsroom.requests("/news/7")) == (2, 5)
    told = " ".join(letters(tmp_path))
    assert headline(11) in told
    assert f"“{headline(MISSING)}” (404)" in told
    assert f"“{headline(CHALLENGED)}” (challenge page)" in told
    assert all(newsroom.requests(f"/news/{number}") == 1 for number in (1, 2, 4, 6, 8, 9, 10, 11))


def test_p16_a_list_whose_entries_vanish_is_a_fault_and_withdraws_nothing(
    process: subprocess.Popen[str], newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.challenged = {CHALLENGED}
    rounds = Rounds(process, write_config(tmp_path, newsroom))
    rounds.next(digest_now=False)
    newsroom.articles = 0
    (visit,) = rounds.next(digest_now=False)["visits"]
    assert (visit["result"], visit["reason"]) == ("empty", "no_entries")
    assert len(titles(tmp_path)) == 9
    assert pending(tmp_path) == {"7": (PendingState.WAITING, "challenge_page", 1)}, "nothing is read after such a visit"


@pytest.mark.timeout(240 + 40 * KILLS)
def test_p1_p4_killed_between_a_list_and_its_articles_nothing_is_lost_and_nothing_told_twice(tmp_path: Path) -> None:
    chance = seeded("listing")
    with Newsroom(articles=1) as newsroom, FakeMail() as mail:
        config = write_config(tmp_path, newsroom, smtp=mail.port, delay=0.15)
        with Daemon(config) as first:
            wait_until(lambda: sum(titles(tmp_path).values()) == 1, seconds=60, what="the first visit")
            first.terminate()
        for kill in range(KILLS):
            newsroom.articles += 4
            asked = partial(asks, newsroom, before=len(newsroom.asked))
            hanging = newsroom.articles - chance.randrange(4)
            # By turns amid an article that the newsroom holds back, and at any moment.
            newsroom.hangs = {hanging} if kill % 2 == 0 else set()
            with Daemon(config) as daemon:
                wait_until(partial(asked, f"/news/{hanging}"), seconds=60, what="an article", every=0.01)
                time.sleep(0.0 if newsroom.hangs else chance.uniform(0.0, 0.8))
                assert daemon.process.poll() is None, daemon.log.read_text()
                daemon.kill()
            if newsroom.hangs:
                assert str(hanging) in pending(tmp_path), "killed between a list and its article"
        newsroom.hangs = set()
        everything = Counter(headline(number) for number in range(1, newsroom.articles + 1))
        with Daemon(config) as last:
            wait_until(lambda: titles(tmp_path) == everything, seconds=60, what="every article")
            told = [headline(number) for number in range(2, newsroom.articles + 1)]
            wait_until(lambda: set(told) <= set(told_of(mail, told)), seconds=60, what="every headline in the mail")
            assert last.terminate() == 0
    assert newsroom.unchanged, "what waited was read behind a 304"
    assert pending(tmp_path) == {}
    assert told_of(mail, told) == Counter(told)


def test_p13_stopped_while_an_article_hangs_it_is_as_if_never_tried(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.hangs = {10}
    config = write_config(tmp_path, newsroom, timeout=60)
    with Daemon(config) as daemon:
        wait_until(lambda: newsroom.requests("/news/10") == 1, seconds=60, what="the article")
        assert daemon.terminate(within=20) == 0, daemon.log.read_text()

    def waiting(unit: Unit) -> int:
        return len(unit.pending.of_source("newsroom", 99))

    assert stored(tmp_path, waiting, 0) == 10
    assert pending(tmp_path)["10"] == (PendingState.WAITING, "", 0)
