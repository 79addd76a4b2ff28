"""Feeds as they are served: by their secret address alone, and not again where nothing changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from tests.scheduler.feeds.desk import CONFIG, bring, feeds, open_desk, published
from tests.scheduler.office import NOW
from tests.ui.web.office import Office, free_port, serving


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("feeds")
    config = f'{CONFIG}web: {{listen: "127.0.0.1:{free_port()}"}}\n'
    with open_desk(folder, config) as app:
        bring(app, published("A flood in the town"))
        with serving(app):
            yield Office(app=app)


def path_of(office: Office, name: str, form: str = "atom") -> str:
    return f"/feeds/{feeds(office.app)[name].name}.{form}"


def test_a_feed_is_read_at_its_address(office: Office) -> None:
    path = path_of(office, "Floods")
    answer = office.get(path)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.body)
    assert not read.bozo
    assert [entry.title for entry in read.entries] == ["A flood in the town"]
    assert [link.href for link in read.feed.links if link.rel == "self"] == [office.address + path]
    other = office.get(path_of(office, "desk@example.org", "json"))
    assert other.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert [item["title"] for item in json.loads(other.body)["items"]] == ["A flood in the town"]


def test_what_is_known_is_not_sent_again(office: Office) -> None:
    path = path_of(office, "Floods")
    first = office.get(path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"If_None_Match": tag}, {"If_None_Match": f'"x", W/{tag}'}, {"If_Modified_Since": date}):
        again = office.get(path, **headers)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert office.get(path, If_None_Match='"x"', If_Modified_Since=date).status == 200
    assert office.get(path, If_Modified_Since="yesterday").status == 200
    assert office.get(path, method="HEAD").headers["content-length"] == str(len(first.body))
    bring(office.app, published("A flood in another place"), at=NOW)
    assert office.get(path, If_None_Match=tag).status == 200


def test_nobody_reads_a_feed_without_its_address(office: Office) -> None:
    name = feeds(office.app)["Floods"].name
    cut, other = name[:-1], f"{name.partition('-')[0]}-{'a' * 32}"
    swapped = f"{feeds(office.app)['Registers'].name.partition('-')[0]}-{name.partition('-')[2]}"
    for wrong in (cut, other, swapped, name.upper(), "w1", "%2e%2e"):
        assert office.get(f"/feeds/{wrong}.atom").status == 404
    assert office.get(f"/feeds/{name}.rss").status == 404
    assert office.get(f"/feeds/{name}").status == 404
    assert office.post(f"/feeds/{name}.atom", {}).status == 405
