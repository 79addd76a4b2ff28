"""Handing messages over: the ways out of the house, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from news.settings import Settings
from scheduler.delivery.channel import Channel
from scheduler.delivery.email import open_email
from scheduler.delivery.folder import FolderChannel

CHANNELS: dict[str, Callable[[Settings, Path], Channel]] = {
    "email": open_email,
    "folder": lambda settings, home: FolderChannel(home / settings.delivery.folder, sender=settings.smtp.sender),
}
"""A channel from the settings and the folder that relative paths start from."""


def open_channels(settings: Settings, home: Path) -> dict[str, Channel]:
    """Return every channel by its name; the caller closes them."""
    return {name: make(settings, home) for name, make in CHANNELS.items()}


__all__ = ["CHANNELS", "Channel", "open_channels"]
