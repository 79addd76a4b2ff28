from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from news.errors import SettingsError, StorageError
from news.settings import Settings
from news.watch.watch import Origin, Watch
from scheduler.app import App, database_url, load_settings, open_app
from storage import Store
from tests.scheduler.office import NOW

CONFIG = """\
contact: desk@example.org
database: {url: "sqlite:///var/press.db"}
packs: []
sources:
  - {id: office, kind: feed, url: "https://office.example/rss", publisher: Кеңсе}
watches:
  - {name: Registers, query: register}
recipients:
  - {address: desk@example.org}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def complaint(config: Path) -> str:
    """What is said about a settings file that cannot be used."""
    with pytest.raises(SettingsError) as refused:
        load_settings(config, {})
    return str(refused.value)


def settings_with(url: str, config: Path) -> Settings:
    config.write_text(CONFIG.replace("sqlite:///var/press.db", url), encoding="utf-8")
    return load_settings(config, {})


def test_settings_are_read_with_or_without_a_byte_order_mark(config: Path) -> None:
    plain = load_settings(config, {})
    config.write_bytes(b"\xef\xbb\xbf" + CONFIG.encode())
    assert load_settings(config, {}) == plain
    assert plain.sources[0].publisher == "Кеңсе"


def test_the_environment_counts_and_a_secret_is_read_from_its_file(config: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("пароль\n", encoding="utf-8")
    smtp = "smtp: {host: 127.0.0.1, username: desk, sender: press@ifrc-desk.kz}\n"
    config.write_text(CONFIG + smtp, encoding="utf-8")
    env = {"PRESSWATCH__SMTP__PASSWORD_FILE": str(tmp_path / "password"), "PRESSWATCH__DAEMON__TICK": "5"}
    settings = load_settings(config, env)
    assert settings.smtp.password.get_secret_value() == "пароль"
    assert settings.daemon.tick == 5


def test_a_file_that_is_not_there_is_named_with_what_makes_one(tmp_path: Path) -> None:
    told = complaint(tmp_path / "config.yaml")
    assert str(tmp_path / "config.yaml") in told
    assert "No such file" in told
    assert "presswatch init" in told


def test_a_folder_in_its_place_is_no_reason_to_make_one(tmp_path: Path) -> None:
    told = complaint(tmp_path)
    assert "Is a directory" in told
    assert "Check the path" in told


def test_a_file_in_another_encoding_is_told_with_the_byte(config: Path) -> None:
    config.write_bytes(CONFIG.encode("cp1251", "replace"))
    position = CONFIG.encode("cp1251", "replace").index("К".encode("cp1251")) + 1
    assert f"byte {position} is not UTF-8" in complaint(config)
    assert "Save the file as UTF-8" in complaint(config)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///var/press.db", "sqlite:///{home}/var/press.db"),
        ("sqlite:////srv/press.db", "sqlite:////srv/press.db"),
        ("postgresql+psycopg://desk@127.0.0.1/press", "postgresql+psycopg://desk@127.0.0.1/press"),
    ],
)
def test_a_relative_sqlite_file_lies_beside_the_settings(config: Path, url: str, expected: str) -> None:
    home = config.parent
    assert database_url(settings_with(url, config), home) == expected.format(home=home)


def test_an_installation_opens_with_its_tables_watches_and_recipients_wherever_the_command_is_given(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = config.parent
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with open_app(Path("..") / "config.yaml", now=NOW, env={}) as app:
        assert app.store.file == home / "var" / "press.db"
        assert app.path("mail") == home / "mail"
        assert app.path("/srv/mail") == Path("/srv/mail")
        (watch,) = app.store.read_now(lambda unit: unit.watches.all())
        (recipient,) = app.store.read_now(lambda unit: unit.recipients.all())
    assert (watch.name, watch.origin, watch.created_at) == ("Registers", Origin.CONFIG, NOW)
    assert (recipient.address, recipient.origin) == ("desk@example.org", Origin.CONFIG)
    assert not list(elsewhere.iterdir())
    with pytest.raises(StorageError, match="closed"):
        app.store.read_now(lambda unit: unit.items.count())


def test_what_left_the_settings_leaves_the_database_and_what_came_by_command_stays(config: Path) -> None:
    with open_app(config, now=NOW, env={}) as app:
        app.store.write_now(lambda unit: unit.watches.add(Watch(name="Seals", query="seal"), at=NOW))
    config.write_text(CONFIG.replace("Registers, query: register", "Alarms, query: alarm"), encoding="utf-8")
    with open_app(config, now=NOW, env={}) as app:
        assert {one.name for one in app.store.read_now(lambda unit: unit.watches.all())} == {"Seals", "Alarms"}


def test_opening_again_changes_nothing(config: Path) -> None:
    def standing(app: App) -> tuple[int, list[Watch]]:
        return app.store.read_now(lambda unit: (unit.watches.revision(), unit.watches.all()))

    with open_app(config, now=NOW, env={}) as app:
        first = standing(app)
    with open_app(config, now=NOW, env={}) as app:
        assert standing(app) == first
    assert not (config.parent / "var" / "backups").exists()


def test_an_older_database_is_copied_beside_the_settings_before_it_changes(config: Path) -> None:
    file = config.parent / "var" / "press.db"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (text)")
    with open_app(config, now=NOW, env={}) as app:
        assert app.store.read_now(lambda unit: unit.items.count()) == 0
    (copy,) = (config.parent / "var" / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]


def test_a_clash_between_the_file_and_a_command_closes_the_database_and_says_the_remedy(config: Path) -> None:
    with open_app(config, now=NOW, env={}) as app:
        app.store.write_now(lambda unit: unit.watches.add(Watch(name="Seals", query="seal"), at=NOW))
    config.write_text(CONFIG.replace("Registers", "Seals"), encoding="utf-8")
    with pytest.raises(StorageError, match="rename one in config"), open_app(config, now=NOW, env={}):
        pytest.fail("an installation with two watches of one name was opened")
    # Nothing of the refused settings was stored.
    with Store(f"sqlite:///{config.parent}/var/press.db") as store:
        assert {one.name for one in store.read_now(lambda unit: unit.watches.all())} == {"Registers", "Seals"}


def test_messages_are_named_by_the_senders_domain(config: Path) -> None:
    config.write_text(f"{CONFIG}smtp: {{sender: press@ifrc-desk.kz}}\n", encoding="utf-8")
    with open_app(config, now=NOW, env={}) as app:
        assert app.domain == "ifrc-desk.kz"


def test_a_secret_file_is_looked_for_beside_the_settings(config: Path) -> None:
    smtp = "smtp: {host: mail.example.org, sender: a@example.org, username: a, password_file: secret.txt}\n"
    config.write_text(CONFIG + smtp, encoding="utf-8")
    config.with_name("secret.txt").write_text("hunter2\n", encoding="utf-8")
    assert load_settings(config, {}).smtp.password.get_secret_value() == "hunter2"


def test_message_ids_carry_the_senders_domain(config: Path) -> None:
    config.write_text(CONFIG + "smtp: {host: mail.example.org, sender: digest@press.example.org}\n", encoding="utf-8")
    with open_app(config, now=NOW, env={}) as app:
        assert app.domain == "press.example.org"
