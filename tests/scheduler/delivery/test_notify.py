"""The channel `notify`: a digest as a short text through apprise, here to a web address on loopback."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from news.errors import DeliveryError
from news.settings import Settings, parse_settings
from scheduler.delivery import channel_doubts
from scheduler.delivery.brief import brief, cut
from scheduler.delivery.notify import NotifyChannel
from tests.fakehook import FakeHook, Say
from tests.scheduler.delivery.samples import message

STORIES = [
    {"title": f"Су тасқыны {n}", "publisher": "Сыртқы істер министрлігі", "url": f"https://office.example/{n}"}
    for n in range(3)
]
DATA: dict[str, Any] = {"stories": STORIES, "coverage": {"line": "13 of 14 sources read."}}
DIGEST = replace(message(), data=DATA)


@pytest.fixture
def hook() -> Iterator[FakeHook]:
    pytest.importorskip("apprise")
    with FakeHook() as server:
        yield server


def settings(url: str) -> Settings:
    text = f"contact: desk@example.org\nchannels: [{{name: chat, kind: notify, url: '{url}'}}]\n"
    return parse_settings(text, {}, read_secret=lambda path: path)


def channel(url: str) -> NotifyChannel:
    return NotifyChannel(settings(url).channels[0], settings(url))


def test_a_digest_arrives_as_subject_titles_with_links_and_coverage(hook: FakeHook) -> None:
    channel(f"json://127.0.0.1:{hook.port}/s3cr3t").send(DIGEST, "the chat")
    (post,) = hook.posts
    said = json.loads(post.body)
    assert said["title"] == DIGEST.subject
    assert said["message"].split("\n\n") == [
        *(f"{one['title']} - {one['publisher']}\n{one['url']}" for one in STORIES),
        "13 of 14 sources read.",
    ]


def test_a_long_digest_comes_in_parts_and_a_repetition_goes_on_where_it_broke_off(hook: FakeHook) -> None:
    many = replace(DIGEST, data={**DATA, "stories": STORIES * 400})
    hook.answers += [Say(), Say(status=500)]
    subject = channel(f"json://127.0.0.1:{hook.port}/")
    with pytest.raises(DeliveryError) as caught:
        subject.send(many, "the chat")
    assert not caught.value.permanent
    subject.send(many, "the chat")
    titles = [json.loads(post.body)["title"].removeprefix(DIGEST.subject) for post in hook.posts]
    assert titles == [" (1/3)", " (2/3)", " (2/3)", " (3/3)"]
    assert (
        sum(json.loads(post.body)["message"].count("https://") for n, post in enumerate(hook.posts) if n != 1) == 1200
    )


def test_parts_are_no_longer_than_the_service_takes_and_keep_stories_whole() -> None:
    blocks = [f"{n} " + "x" * 50 for n in range(20)] + ["y" * 333]
    parts = cut(blocks, longest=120)
    assert all(len(part) <= 120 for part in parts)
    assert "".join(parts).replace("\n\n", "") == "".join(blocks)
    assert all(f"{n} {'x' * 50}" in "|".join(parts) for n in range(20))


def test_what_is_no_digest_says_no_more_than_may_be_forwarded() -> None:
    assert brief(message()) == []
    assert brief(replace(message(), clean_text="clean\n")) == ["clean"]


def test_what_goes_wrong_is_told_without_the_address(
    hook: FakeHook, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    hook.answers.append(Say(status=401))
    with caplog.at_level(logging.DEBUG, logger="apprise"), pytest.raises(DeliveryError) as caught:
        channel(f"json://user:s3cr3t@127.0.0.1:{hook.port}/s3cr3t").send(DIGEST, "the chat")
    shown = str(caught.value) + "".join(capfd.readouterr())
    assert "chat" in shown
    assert "s3cr3t" not in shown


def test_an_address_that_apprise_does_not_know_and_a_missing_extra_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    assert "not an address that apprise knows" in channel_doubts(settings("nothing://s3cr3t"))["chat"]
    assert channel_doubts(settings("ntfy://127.0.0.1/topic")) == {"chat": ""}
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert "-m pip install 'apprise>=1.9'" in channel_doubts(settings("ntfy://127.0.0.1/topic"))["chat"]
