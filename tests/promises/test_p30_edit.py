"""P30: an invalid edit of config.yaml while running leaves the old settings in force; a valid one is taken over."""

from __future__ import annotations

from pathlib import Path

from tests.fakemail import FakeMail
from tests.promises.world import Daemon, Press, read_sources, text_for, wait_until, write_config

DESK = "desk@example.org"


def test_p30_a_faulty_edit_is_told_with_its_place_and_a_good_one_counts(tmp_path: Path) -> None:
    with Press() as press, FakeMail() as mail:
        for feed in ("alpha", "beta"):
            press.publish(feed, f"Office of {feed} opens")
        config = write_config(tmp_path, press, smtp=mail.port, feeds=("alpha",), recipients=(DESK,))
        with Daemon(config) as daemon:
            wait_until(lambda: read_sources(tmp_path) == 1, seconds=30, what="the first visit")
            good = config.read_text(encoding="utf-8")
            line = good.partition("query: office")[0].count("\n") + 1
            config.write_text(good.replace("query: office", "query: '(office'"), encoding="utf-8")
            wait_until(lambda: b"not taken over" in daemon.log.read_bytes(), seconds=10, what="the complaint")
            assert f"{config}:{line}:" in daemon.log.read_text(encoding="utf-8")
            press.publish("alpha", "Office of alpha opens register 1")
            wait_until(lambda: "register 1" in text_for(mail, DESK), seconds=20, what="an alert by the old settings")
            write_config(tmp_path, press, smtp=mail.port, feeds=("alpha", "beta"), recipients=(DESK,))
            wait_until(lambda: read_sources(tmp_path) == 2, seconds=20, what="a visit to the source that was added")
            press.publish("beta", "Office of beta opens register 2")
            wait_until(lambda: "register 2" in text_for(mail, DESK), seconds=20, what="an alert from the added source")
            assert daemon.terminate() == 0
        assert daemon.log.read_bytes().count(b"not taken over") == 1
