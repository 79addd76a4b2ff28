"""A press desk for the tests: a config.yaml in a folder, its database, and a person who types commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from news.item import Item, Stated
from news.watch.indexed import index_item
from storage import Store, Unit
from tests.storage.samples import NOW, an_item
from ui.cli.main import app

CONFIG = """\
contact: newsroom@ifrc-desk.kz
database: {{url: "sqlite:///desk.db"}}
crawler: {{delay: 0.01, timeout: 30, deadline: 60, allow_networks: [127.0.0.0/8]}}
packs: []
sources:
  - {{id: office, kind: feed, url: "{address}/feed", publisher: The office}}
  - {{id: archive, kind: feed, url: "{address}/archive", publisher: The archive, enabled: false}}
watches:
  - {{name: Water, query: "water OR су"}}
recipients:
  - {{address: desk@ifrc-desk.kz, name: The desk}}
"""


@dataclass(frozen=True)
class Desk:
    """One installation in `folder`; every command is given its config.yaml unless it names another."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    def type(self, *arguments: str, stdin: str | bytes = "", env: Mapping[str, str] | None = None) -> Result:
        """Run one command in this process; an unexpected exception is raised, not hidden in a status."""
        given = {"PRESSWATCH_CONFIG": str(self.config), "NO_COLOR": "1", **(env or {})}
        return CliRunner().invoke(
            app, arguments, input=stdin, env=given, catch_exceptions=False, prog_name="presswatch"
        )

    def json(self, *arguments: str) -> Any:
        """Run a command with --json and give back what it printed."""
        result = self.type(*arguments, "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    def process(
        self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run one command as a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "ui.cli.start", *arguments],
            input=stdin,
            capture_output=True,
            timeout=110,
            check=False,
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PRESSWATCH_CONFIG": str(self.config), **(env or {})},
        )

    def store(self) -> Store:
        """Open the desk's database, which must exist."""
        return Store(f"sqlite:///{self.folder / 'desk.db'}")

    def keep(self, *titles: str, **fields: Any) -> list[Item]:
        """Store one item for each title, as intake would; of this moment unless `fields` say otherwise."""
        assert self.type("watch", "list").exit_code == 0
        now = datetime.now(UTC)
        fields = {"seen_at": now, "published": Stated(day=now.date(), zone="UTC"), **fields}
        items = [an_item(title, url=f"https://press.example/{title}", **fields) for title in titles]

        def work(unit: Unit) -> list[Item]:
            if not unit.items.count():
                # Nothing was stored before there was an index: nothing has to be indexed later.
                unit.archive.catch_up((), down_to=0)
            stored = [saved.item for saved in unit.items.add(items)]
            for one in stored:
                unit.archive.add(index_item(one))
            return stored

        with self.store() as store:
            return store.write_now(work)


def a_desk(folder: Path, *, address: str = "http://127.0.0.2:9") -> Desk:
    """Set up a desk whose sources are at `address`; nothing answers at the default one."""
    desk = Desk(folder)
    desk.config.write_text(CONFIG.format(address=address), encoding="utf-8")
    return desk


__all__ = ["NOW", "Desk", "a_desk"]
