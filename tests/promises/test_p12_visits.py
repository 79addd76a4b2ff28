"""P12 on the way of a real crawl: where no visit can be stored, whoever looks after the installation hears of it.

A crawl goes on whatever its inbox says, and a daemon that has nothing to tell writes nothing but visits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from news.errors import StorageError
from news.settings import parse_settings
from news.visit import Reason
from scheduler.app import App
from scheduler.jobs import Jobs
from storage import Store, open_store
from tests.crawler.crawls import crawling
from tests.fakesite import FakeSite
from tests.scheduler.office import Clock, an_intake, visits

pytestmark = pytest.mark.usefixtures("shared_crawling")

CONFIG = """
contact: desk@example.org
crawler: {{delay: 0.01, allow_networks: [127.0.0.0/8]}}
packs: []
sources:
  - {{id: office, kind: feed, url: "{address}", publisher: The office}}
"""


def pragma(store: Store, name: str) -> int:
    return int(store.write_now(lambda unit: unit.items._connection.execute(text(f"PRAGMA {name}")).scalar() or 0))


def test_p12_visits_that_a_full_disk_keeps_from_being_stored_are_raised_and_made_again(
    in_loop: Any, site: FakeSite, tmp_path: Path
) -> None:
    clock = Clock()

    async def rounds(store: Store, app: App) -> None:
        for full in (True, False):
            pragma(store, f"max_page_count={pragma(store, 'page_count') if full else 1_000_000}")
            async with crawling(timeout=20.0, deadline=60.0) as subject:
                intake = an_intake(store, clock)
                jobs = Jobs(app=app, crawling=subject, intake=intake, channels={}, worker="test", clock=clock)
                if full:
                    with pytest.raises(StorageError, match="free some space"):
                        await jobs.read_due()
                    assert {visit.reason for visit in visits(store)} <= {Reason.NOT_STORED}
                    assert store.read_now(lambda unit: unit.items.count()) == 0
                    clock.passes(hours=1)
                else:
                    await jobs.read_due()

    settings = parse_settings(CONFIG.format(address=site.url("/feed?entries=60")), {}, read_secret=lambda path: path)
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as store:
        app = App(settings=settings, store=store, home=tmp_path)
        app.synchronise(now=clock())
        in_loop(rounds(store, app))
        visit = visits(store)[-1]
        assert (visit.result.answered, visit.new) == (True, 60)
        assert store.read_now(lambda unit: unit.items.count()) == 60
