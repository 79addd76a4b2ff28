"""Channels of config.yaml: complete, named once, named by recipients, and their secrets shown nowhere."""

from __future__ import annotations

import json

import pytest

from news.errors import SettingsError
from news.settings import redacted, redacted_text
from tests.news.settings.text import CONTACT, complaints, only_complaint, read

SECRET = "s3cr3t-of-sixteen-signs"
HOOK = f"{{name: ops, kind: webhook, url: 'https://hook.example/{SECRET}', secret: {SECRET}}}"


def channels(*entries: str) -> str:
    return CONTACT + "channels:\n" + "".join(f"  - {entry}\n" for entry in entries)


@pytest.mark.parametrize(
    ("entry", "files"),
    [
        (HOOK, {}),
        ("{name: ops, kind: webhook, url_file: /u, secret_file: /s}", {"/u": "https://h.example/x", "/s": SECRET}),
        ("{name: chat, kind: notify, url: 'ntfy://ntfy.example/topic'}", {}),
        ("{name: chat, kind: notify, url_file: /u}", {"/u": "tgram://1/2/"}),
    ],
)
def test_what_is_taken(entry: str, files: dict[str, str]) -> None:
    (channel,) = read(channels(entry), {}, files).channels
    assert channel.url.get_secret_value()
    assert channel.kind == "notify" or channel.secret.get_secret_value() == SECRET


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{name: ops, kind: webhook, secret: %s}", "has no url"),
        ("{name: ops, kind: webhook, url: 'https://h.example/'}", "has no secret of 16 signs at least"),
        ("{name: ops, kind: webhook, url: 'https://h.example/', secret: short}", "has no secret of 16 signs"),
        ("{name: ops, kind: webhook, url: 'ftp://h.example/%s', secret: %s}", "not a web address"),
        ("{name: ops, kind: webhook, url: 'https://u:%s@h.example/', secret: %s}", "not a web address"),
        ("{name: ops, kind: webhook, url: 'https://h.example/ %s', secret: %s}", "not a web address"),
        ("{name: chat, kind: notify, url: 'ntfy://x', secret: %s}", "has a secret, which only a webhook"),
        ("{name: email, kind: webhook, url: 'https://h.example/', secret: %s}", "always there"),
        ("{name: Ops Room, kind: webhook, url: 'https://h.example/', secret: %s}", "form"),
        ("{name: ops, kind: webhook, url: [%s], secret: %s}", "a list where one text belongs"),
        ("{name: ops, kind: webhook, url: 'https://h.example/', secret: {%s: 1}}", "a key with a value"),
        ("{name: ops, kind: webhook, url: 'https://h.example/', secrets: %s}", "is not a key here"),
        ("%s", ""),
    ],
)
def test_what_is_refused_is_told_with_its_place_and_without_its_secret(entry: str, problem: str) -> None:
    text = channels(entry.replace("%s", SECRET))
    with pytest.raises(SettingsError) as refused:
        read(text)
    assert problem in str(refused.value)
    assert SECRET not in str(refused.value)
    assert all(one.line == 3 for one in refused.value.complaints)
    assert refused.value.__context__ is None


def test_a_whole_section_that_is_a_secret_is_not_shown() -> None:
    assert SECRET not in str(only_complaint(f"{CONTACT}channels: {SECRET}\n"))


def test_names_are_given_once_and_recipients_name_known_ones() -> None:
    text = (
        channels(HOOK, HOOK) + "recipients:\n  - {address: The room, channel: opps}\n  - {address: x, channel: ops}\n"
    )
    told = {one.path: one for one in complaints(text)}
    assert set(told) == {"channels[2].name", "recipients[1].channel"}
    assert told["recipients[1].channel"].remedy == 'Did you mean "ops"?'
    assert told["recipients[1].channel"].line == 6


@pytest.mark.parametrize("channel", ["", ", channel: email", ", channel: folder"])
def test_a_label_is_an_address_only_on_a_channel_that_is_not_mail(channel: str) -> None:
    text = f"{CONTACT}recipients:\n  - {{address: The room{channel}}}\n"
    told = {one.path: one.problem for one in complaints(text)}
    assert told["recipients[1].address"] == "is not a mail address"
    assert read(channels(HOOK) + "recipients:\n  - {address: The room, channel: ops}\n").recipients[0].channel == "ops"


def test_channels_are_shown_without_secret_and_address() -> None:
    settings = read(channels(HOOK, f"{{name: chat, kind: notify, url: 'tgram://{SECRET}/1'}}"))
    assert SECRET not in json.dumps(redacted(settings)) + redacted_text(settings) + repr(settings) + str(settings)
    ops, chat = redacted(settings)["channels"]
    assert (ops["url"], ops["secret"], chat["url"]) == ("https://hook.example/(set)", "(set)", "tgram://")
