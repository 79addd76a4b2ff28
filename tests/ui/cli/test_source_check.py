"""`presswatch source check`: every way tried, and what is said about each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from crawler.inbox import Response
from crawler.verdict import RESULTS
from news.item import Draft, Stated
from news.source import FeedSource
from news.visit import Reason, Visit
from tests.fakesite import FakeSite
from tests.ui.cli.desk import a_desk
from ui.cli.source_check import Probe, advice

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SOURCES = """\
packs: []
contact: newsroom@ifrc-desk.kz
database: {{url: "sqlite:///desk.db"}}
crawler: {{delay: 0.01, timeout: 30, deadline: 60, allow_networks: [127.0.0.0/8]}}
sources:
  - {{id: first, kind: feed, url: "{site}/feed", publisher: One}}
  - id: second
    kind: feed
    url: "{site}/status?code=404"
    publisher: Two
    instead: [{{url: "{site}/webpage"}}, {{url: "{site}/feed?entries=5"}}]
  - {{id: third, kind: feed, url: "{site}/forbidden", publisher: Three}}
  - {{id: off, kind: feed, url: "{site}/never", publisher: Off, enabled: false}}
"""


def test_every_address_of_every_enabled_source_is_tried(tmp_path: Path) -> None:
    with FakeSite() as site:
        desk = a_desk(tmp_path)
        desk.config.write_text(SOURCES.format(site=site.url("")), encoding="utf-8")
        done = desk.process("source", "check", "--json")
        table = desk.process("source", "check", "second").stdout.decode()
    answer = json.loads(done.stdout)
    ways = [(one["source"], one["position"], one["reason"], one["holds"]) for one in answer["ways"]]

    assert done.returncode == 1, "one source answers nowhere"
    assert ways == [
        ("first", 1, "none", 3),
        ("second", 1, "not_found", 0),
        ("second", 2, "not_a_feed", 0),
        ("second", 3, "none", 5),
        ("third", 1, "robots_txt", 0),
    ]
    assert answer["advice"] == [
        "second: read by its address number 3; nothing need be changed",
        "third: none of its addresses answers; correct its url, or write enabled: false there",
    ]
    assert answer["config"] is None
    assert not (desk.folder / "desk.db").exists()
    assert "or 3" in table
    assert "first" not in table


def probe(*, position: int = 1, day: int | None = 21, reason: Reason = Reason.NONE, pack: str = "") -> Probe:
    source = FeedSource(id="office-en", url="https://office.example.org/", publisher="Office", pack=pack,
                        declared_as="office" if pack else "")  # fmt: skip
    result = RESULTS[reason]
    stated = None if day is None else Stated(day=datetime(2026, 1, day, tzinfo=UTC).date(), zone="UTC")
    drafts = (Draft(title="Sample", published=stated),) if reason is Reason.NONE else ()
    visit = Visit(source=source.id, started_at=NOW, result=result, reason=reason)
    return Probe(
        source=source, way=source, position=position, response=Response(source=source, visit=visit, drafts=drafts)
    )


def test_a_list_without_anything_recent_is_doubted() -> None:
    said, changes = advice([probe()], now=NOW)

    assert said == ["office-en: nothing newer than 60 days; its list may be dead"]
    assert changes == ""


def test_a_list_without_dates_is_not_doubted() -> None:
    assert advice([probe(day=None)], now=NOW) == ([], "")


def test_a_source_of_a_pack_is_left_out_by_use() -> None:
    _, changes = advice([probe(reason=Reason.NOT_FOUND, pack="offices")], now=NOW)

    assert changes == "sources:\n  - use: office-en\n    enabled: false\n"


def test_what_may_pass_by_itself_is_not_left_out() -> None:
    said, changes = advice([probe(reason=Reason.TIMEOUT, pack="offices")], now=NOW)

    assert said == ["office-en: none of its addresses answers now; try again later, a running presswatch does"]
    assert changes == ""
