"""Handing messages over: the ways out of the house, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from news.settings import Settings
from news.settings.channels import ChannelEntry
from scheduler.delivery.channel import Channel, Doubtful
from scheduler.delivery.email import open_email
from scheduler.delivery.folder import FolderChannel
from scheduler.delivery.notify import NotifyChannel
from scheduler.delivery.webhook import WebhookChannel

CHANNELS: dict[str, Callable[[Settings, Path], Channel]] = {
    "email": open_email,
    "folder": lambda settings, home: FolderChannel(home / settings.delivery.folder, sender=settings.smtp.sender),
}
"""Channels that are always there, from the settings and the folder that relative paths start from."""

KINDS: dict[str, Callable[[ChannelEntry, Settings], Channel]] = {
    "webhook": WebhookChannel,
    "notify": NotifyChannel,
}
"""Kinds of channels that `channels` of config.yaml may name; a new one is a line here."""


def open_channels(settings: Settings, home: Path) -> dict[str, Channel]:
    """Return every channel by its name; the caller closes them."""
    always = {name: make(settings, home) for name, make in CHANNELS.items()}
    return always | {entry.name: KINDS[entry.kind](entry, settings) for entry in settings.channels}


def channel_doubts(settings: Settings) -> dict[str, str]:
    """Why each configured channel cannot work, empty where nothing speaks against it; nothing is dialled."""
    channels = {entry.name: KINDS[entry.kind](entry, settings) for entry in settings.channels}
    return {name: one.doubt() if isinstance(one, Doubtful) else "" for name, one in channels.items()}


__all__ = ["CHANNELS", "KINDS", "Channel", "channel_doubts", "open_channels"]
