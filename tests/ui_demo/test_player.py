from __future__ import annotations

import json
import socket
import threading
from datetime import UTC, datetime
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from ui.demo.player import Player

START = datetime(2026, 3, 8, 5, 30, tzinfo=UTC)


def test_the_player_serves_every_site_on_loopback_and_counts_what_was_asked() -> None:
    with Player(start=START) as player:
        for address in player.addresses.values():
            with urlopen(f"{address}/robots.txt", timeout=5) as answer:
                assert answer.status == 200
        request = Request(
            f"{player.addresses['gov-kz']}/graphql",
            data=json.dumps({"query": '{ news(projects: "EQ:mfa", _lang: "en", _size: 2) { id } }'}).encode(),
        )
        with urlopen(request, timeout=5) as answer:
            assert len(json.load(answer)["data"]["news"]) == 2
        counts = player.counts()
        hosts = {urlsplit(address).hostname for address in player.addresses.values()}

    assert counts == {("gov-kz", 200): 2} | {(site, 200): 1 for site in ("kaziss", "un-news", "kazinform", "unrcca")}
    assert all(host is not None and host.startswith("127.0.0.") for host in hosts)


def test_the_second_round_shows_more() -> None:
    with Player(start=START) as player:
        feed = f"{player.addresses['kaziss']}/en/feed/"
        with urlopen(feed, timeout=5) as answer:
            first = answer.read()
        player.turn = 2
        with urlopen(feed, timeout=5) as answer:
            second = answer.read()

    assert second.count(b"<item>") == first.count(b"<item>") + 1


def test_nothing_of_the_player_outlives_it() -> None:
    with Player(start=START) as player:
        place = urlsplit(player.addresses["un-news"])
        with urlopen(f"{player.addresses['un-news']}/robots.txt", timeout=5):
            pass

    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("player-")]
    with socket.socket() as probe:
        assert probe.connect_ex((place.hostname, place.port)) != 0
