"""A new kind of channel is one small file and one line in a dictionary: here the file, and the line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from news.errors import DeliveryError, SettingsError
from news.message import Message, ParcelState
from news.settings import Settings
from news.settings.channels import ChannelEntry
from scheduler.app import load_settings
from scheduler.delivery import KINDS, open_channels
from scheduler.delivery.send import send_due
from storage import open_store
from tests.scheduler.delivery.samples import DATE, message


class LinesChannel:
    """The file: each digest's subject becomes a line of the file that `url` names."""

    def __init__(self, entry: ChannelEntry, settings: Settings) -> None:  # noqa: ARG002
        self.name, self._file = entry.name, Path(entry.url.get_secret_value())

    def send(self, message: Message, address: str) -> None:
        try:
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(f"{address}: {message.subject}\n")
        except OSError as error:
            raise DeliveryError(f"{self.name}: {error.strerror}", permanent=False, shared=True) from error

    def close(self) -> None:
        """Nothing is kept open."""

    def abort(self) -> None:
        """Nothing waits."""


def config(folder: Path, kind: str = "lines") -> Path:
    file = folder / "config.yaml"
    file.write_text(
        "contact: desk@example.org\n"
        f"channels:\n  - {{name: board, kind: {kind}, url: {folder}/board.txt}}\n"
        "recipients:\n  - {address: The notice board, channel: board}\n"
    )
    return file


async def test_a_kind_that_is_registered_delivers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "lines", LinesChannel)
    settings = load_settings(config(tmp_path), {})
    with open_store(f"sqlite:///{tmp_path}/press.db") as store:
        store.write_now(
            lambda unit: unit.outbox.queue(message(), "The notice board", key="one", channel="board", at=DATE)
        )
        channels = open_channels(settings, tmp_path)
        await send_due(store, channels, now=lambda: DATE, worker="test", lease=timedelta(minutes=3))
        assert store.read_now(lambda unit: unit.outbox.list(1))[0].state is ParcelState.SENT
    assert (tmp_path / "board.txt").read_text() == "The notice board: 3 stories: UNDRR - Fri 8 Mar\n"


def test_a_kind_that_is_not_is_refused_with_its_place_and_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(config(tmp_path, "linse"), {})
    (complaint,) = refused.value.complaints
    assert (complaint.line, complaint.column, complaint.path) == (3, 25, "channels[1].kind")
    assert complaint.remedy == "Possible here: notify, webhook"
