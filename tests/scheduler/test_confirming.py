"""Recipients outside the owner's domains agree before anything else is sent to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from news.settings import parse_settings
from news.subscription import SubscriptionState
from news.watch.watch import Recipient
from scheduler.app import App
from scheduler.confirming import ask_newcomers, must_confirm
from storage import Store, open_store
from tests.scheduler.delivery.samples import DATE

WEB = 'web: {listen: "127.0.0.1:8780", address: "https://press.example.org"}'
CONFIG = """
contact: desk@example.org
smtp: {{host: mail.example.org, sender: press@example.org}}
owner: {{address: owner@example.org, domains: [{domains}]}}
{web}
recipients:
  - {{address: chief@elsewhere.example, language: {language}}}
  - {{address: desk@example.org}}
  - {{address: folder@elsewhere.example, channel: folder}}
"""
LATER = DATE + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'press.db'}") as opened:
        yield opened


def an_app(store: Store, home: Path, *, domains: str = "example.org", web: str = WEB, language: str = "en") -> App:
    text = CONFIG.format(domains=domains, web=web, language=language)
    app = App(settings=parse_settings(text, {}, read_secret=str), store=store, home=home)
    app.synchronise(now=DATE)
    return app


def silent(store: Store) -> list[str]:
    """Addresses that nothing is written to."""
    people = {one.id: one.address for one in store.read_now(lambda unit: unit.recipients.all())}
    return [people[number] for number in store.read_now(lambda unit: unit.subscriptions.silent())]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_one_outside_is_asked_once_and_gets_nothing_else(store: Store, tmp_path: Path, language: str) -> None:
    app = an_app(store, tmp_path, language=language)
    await ask_newcomers(app, now=DATE)
    await ask_newcomers(app, now=LATER)
    (parcel,) = store.read_now(lambda unit: unit.outbox.list(9))
    assert parcel.address == "chief@elsewhere.example"
    assert "https://press.example.org/c/" in parcel.message.text
    assert parcel.message.html.count('<a href="https://press.example.org/c/') == 1
    assert "chief@elsewhere.example" in parcel.message.subject
    assert "{" not in parcel.message.text + parcel.message.html + parcel.message.subject
    assert silent(store) == ["chief@elsewhere.example"]
    claimed = store.write_now(
        lambda unit: unit.outbox.claim(now=DATE, lease=timedelta(minutes=3), limit=1, worker="test")
    )
    assert claimed, "the question itself is sent"


async def test_who_agreed_is_not_asked_again(store: Store, tmp_path: Path) -> None:
    app = an_app(store, tmp_path)
    await ask_newcomers(app, now=DATE)
    store.write_now(lambda unit: unit.subscriptions.confirm(1, generation=0, at=LATER))
    await ask_newcomers(app, now=LATER)
    assert silent(store) == []
    assert len(store.read_now(lambda unit: unit.outbox.list(9))) == 1


async def test_without_pages_the_owner_is_asked(store: Store, tmp_path: Path) -> None:
    app = an_app(store, tmp_path, web="")
    await ask_newcomers(app, now=DATE)
    assert store.read_now(lambda unit: unit.outbox.list(9)) == []
    (trouble,) = store.read_now(lambda unit: unit.troubles.untold())
    assert (trouble.kind, trouble.about) == ("unconfirmed", "chief@elsewhere.example")
    assert silent(store) == ["chief@elsewhere.example"]


async def test_without_domains_nobody_has_to_agree_any_more(store: Store, tmp_path: Path) -> None:
    await ask_newcomers(an_app(store, tmp_path), now=DATE)
    assert silent(store)
    await ask_newcomers(an_app(store, tmp_path, domains=""), now=LATER)
    assert silent(store) == []
    assert store.read_now(lambda unit: unit.subscriptions.of(1)).state is SubscriptionState.ACTIVE


@pytest.mark.parametrize(
    ("address", "channel", "domains", "must"),
    [
        ("a@example.org", "email", ["example.org"], False),
        ("a@EXAMPLE.org", "email", ["example.org"], False),
        ("a@press.example.org", "email", ["example.org"], False),
        ("a@badexample.org", "email", ["example.org"], True),
        ("a@example.org.evil.example", "email", ["example.org"], True),
        ("a@elsewhere.example", "email", ["example.org"], True),
        ("a@elsewhere.example", "email", [], False),
        ("a@elsewhere.example", "folder", ["example.org"], False),
        ("ops", "webhook", ["example.org"], False),
    ],
)
def test_who_has_to_agree(address: str, channel: str, domains: list[str], must: bool) -> None:
    assert must_confirm(Recipient(address=address), channel=channel, domains=domains) is must
