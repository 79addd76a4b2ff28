"""The wiring: settings, database and folders of one installation, opened together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

from crawler.sites import SITES
from news.errors import Complaint, Mismatch, SettingsError
from news.settings import Settings, parse_settings
from scheduler.delivery import KINDS
from scheduler.keys import signing_key
from storage import Store, Unit

Creates = Literal["folder", "file", "nothing"]


@dataclass(frozen=True, kw_only=True)
class App:
    """One installation: its settings, its open store and the folder that relative paths start from."""

    settings: Settings
    store: Store
    home: Path

    @property
    def domain(self) -> str:
        """The right side of Message-IDs: the domain of the sender's address, which settings hold bare."""
        return self.settings.smtp.sender.rpartition("@")[2]

    @cached_property
    def key(self) -> bytes:
        """The secret that links are signed with; made when it is first asked for."""
        return signing_key(self.home)

    @property
    def owner_address(self) -> str:
        """Where readers write to: the owner, else the contact where that is a mail address; empty for neither."""
        contact = self.settings.contact
        return self.settings.owner.address or (contact if "://" not in contact else "")

    def path(self, name: str) -> Path:
        """Return `name` as an absolute path; a relative one starts at the folder of config.yaml."""
        return (self.home / name).resolve()

    @property
    def templates(self) -> Path | None:
        """The folder of the owner's own templates of digests, None where the shipped ones are used."""
        name = self.settings.delivery.templates
        return self.path(name) if name else None

    def synchronise(self, *, now: datetime) -> None:
        """Bring the watches and recipients of config.yaml into the database; those made by commands are left alone."""

        def work(unit: Unit) -> None:
            unit.watches.sync_configured(self.settings.watches, at=now, lexicon=self.settings.lexicon)
            unit.recipients.sync_configured(self.settings.recipients, at=now)

        self.store.write_now(work)


def load_settings(config: Path, env: Mapping[str, str] | None = None) -> Settings:
    """Read and check `config`; raises SettingsError naming file, line and column, or why the file cannot be read."""
    try:
        text = config.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError((_unreadable(config, error.strerror or str(error), _remedy(error)),)) from error
    except UnicodeDecodeError as error:
        problem = f"byte {error.start + 1} is not UTF-8"
        raise SettingsError((_unreadable(config, problem, "Save the file as UTF-8."),)) from error
    read_secret = partial(_read_secret, config.parent)
    given = os.environ if env is None else env
    return parse_settings(text, given, file=str(config), read_secret=read_secret, sites=SITES, channel_kinds=KINDS)


@contextmanager
def open_app(
    config: Path, *, now: datetime, env: Mapping[str, str] | None = None, creates: Creates = "folder"
) -> Iterator[App]:
    """Open the installation that `config` describes, its database migrated and in step with the file; close it after.

    creates: what may be made where it is missing, the database in its folder, only the database, or nothing.

    Raises SettingsError for the file, StorageError for the database.
    """
    settings = load_settings(config, env)
    home = config.resolve().parent
    url = database_url(settings, home)
    _assert_there(url, home, creates)
    store = Store(url)
    try:
        store.migrate(home / "var" / "backups")
        app = App(settings=settings, store=store, home=home)
        app.synchronise(now=now)
        yield app
    finally:
        store.close()


def database_url(settings: Settings, home: Path) -> str:
    """Return the database's URL; the path of an SQLite file is made absolute, starting at `home`."""
    url = settings.database.url.get_secret_value()
    scheme, separator, path = url.partition(":///")
    if not scheme.startswith("sqlite") or not separator or not path or path == ":memory:":
        return url
    return f"{scheme}:///{home / path}"


def _assert_there(url: str, home: Path, creates: Creates) -> None:
    """Refuse to begin an empty database where a name was probably mistyped."""
    _, separator, path = url.partition(":///")
    file = Path(path)
    if creates == "folder" or not separator or not url.startswith("sqlite") or not path or file.exists():
        return
    if creates == "nothing" or not (file.parent.is_dir() or file.is_relative_to(home)):
        raise Mismatch(
            f"there is no database {file}: presswatch run makes it; if yours lies elsewhere, correct database.url"
        )


def _read_secret(home: Path, path: str) -> str:
    return (home / path).read_text(encoding="utf-8")


def _remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Make one with: presswatch init"
    return "Check the path and who may read it."


def _unreadable(config: Path, problem: str, remedy: str) -> Complaint:
    return Complaint(file=str(config), line=0, column=0, path="(whole file)", found="", problem=problem, remedy=remedy)
