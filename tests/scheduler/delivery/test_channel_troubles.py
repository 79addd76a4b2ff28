"""A channel that delivers nothing is told to the owner once, and once that it delivers again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from news.settings import parse_settings
from scheduler.delivery.channel import Channel
from scheduler.delivery.channel_troubles import LONG
from scheduler.delivery.email import EmailChannel
from scheduler.delivery.send import send_due
from scheduler.delivery.webhook import WebhookChannel
from storage import Store, open_store
from tests.fakehook import FakeHook, Say
from tests.fakemail import FakeMail, Step
from tests.scheduler.delivery.samples import DATE, message, smtp_settings

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'outbox.db'}") as opened:
        yield opened


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    with FakeMail() as server:
        yield server


@pytest.fixture
def hook() -> Iterator[FakeHook]:
    with FakeHook() as server:
        yield server


def queue(store: Store, name: str, channel: str) -> None:
    sent = message(f"{name}@example.org")
    store.write_now(lambda unit: unit.outbox.queue(sent, "ops@example.org", key=name, channel=channel, at=DATE))


def webhook(hook: FakeHook) -> WebhookChannel:
    entry = f"{{name: ops, kind: webhook, url: 'http://127.0.0.1:{hook.port}/', secret: 'a secret of the ops room'}}"
    text = f"contact: a@example.org\ncrawler: {{allow_networks: [127.0.0.0/8]}}\nchannels: [{entry}]\n"
    settings = parse_settings(text, {}, read_secret=str)
    return WebhookChannel(settings.channels[0], settings)


async def run(store: Store, channel: Channel, now: datetime) -> None:
    await send_due(store, {channel.name: channel}, now=lambda: now, worker="test", lease=MINUTE)


def told(store: Store) -> list[tuple[str, bool, int]]:
    """The channels that the owner is to be told of, whether that is over, and how often it was noted."""
    untold = store.read_now(lambda unit: unit.troubles.untold())
    assert {one.kind for one in untold} <= {"channel"}
    return [(one.about, one.ended_at is not None, one.times) for one in untold]


async def test_a_mail_server_that_is_away_for_long_is_told_once_until_it_is_back(store: Store, mail: FakeMail) -> None:
    mail.answers(Step.CONNECT, "421 closed for today")
    queue(store, "a", "email")
    channel = EmailChannel(smtp_settings(mail.port))
    await run(store, channel, DATE)
    assert told(store) == [], "a server that is restarted is nobody's trouble"
    await run(store, channel, DATE + LONG)
    assert told(store) == [("email", False, 1)]
    await run(store, channel, DATE + 2 * LONG)
    assert told(store) == [("email", False, 2)]
    mail.behaves()
    await run(store, channel, DATE + 3 * LONG)
    assert told(store) == [("email", True, 2)]


async def test_a_webhook_that_refuses_for_good_is_told_at_once(store: Store, hook: FakeHook) -> None:
    hook.answers.append(Say(status=404))
    queue(store, "a", "ops")
    await run(store, webhook(hook), DATE)
    assert told(store) == [("ops", False, 1)]
    queue(store, "b", "ops")
    await run(store, webhook(hook), DATE + MINUTE)
    assert told(store) == [("ops", True, 1)]


async def test_a_webhook_that_fails_passingly_is_told_after_a_while(store: Store, hook: FakeHook) -> None:
    hook.answers += [Say(status=503)] * 2
    queue(store, "a", "ops")
    await run(store, webhook(hook), DATE)
    assert told(store) == []
    await run(store, webhook(hook), DATE + LONG)
    assert told(store) == [("ops", False, 1)]


@pytest.mark.parametrize("answer", ["550 5.1.1 no such box", "450 4.2.1 busy"])
async def test_one_recipients_trouble_is_not_the_channels(store: Store, mail: FakeMail, answer: str) -> None:
    mail.answers(Step.RCPT, answer)
    queue(store, "a", "email")
    await run(store, EmailChannel(smtp_settings(mail.port)), DATE + 2 * LONG)
    assert told(store) == []
