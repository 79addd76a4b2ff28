"""Troubles people meet, told with what to do."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from traceback import format_exception

import pytest

from news.errors import Mismatch, StorageError
from storage import Store, open_store
from storage.faults import explain
from tests.storage.conftest import SERVER, server_trouble


def complaint(url: str, kind: type[StorageError] = StorageError) -> str:
    """What opening `url` complains of, with an error of this kind."""
    with pytest.raises(kind) as refused:
        open_store(url).close()
    return str(refused.value)


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("sqlite://", "sqlite:///var/presswatch.db"),
        ("sqlite:///:memory:", "sqlite:///var/presswatch.db"),
        ("mysql://localhost/news", "use sqlite:///... or postgresql+psycopg://..."),
        ("oracle+nothing://localhost/news", "database.url"),
        ("just a word", "database.url"),
    ],
)
def test_an_address_of_another_kind_is_refused(url: str, remedy: str) -> None:
    assert remedy in complaint(url)


@pytest.mark.parametrize("password", ["s3cr@t:w0rd", "s3cr[t:w0rd"])
def test_an_address_that_cannot_be_taken_apart_is_not_shown(password: str) -> None:
    with pytest.raises(Mismatch, match="%40") as refused:
        open_store(f"postgresql+psycopg://press:{password}@localhost:x/news")
    shown = "".join(format_exception(refused.value))
    assert "s3cr" not in shown
    assert "w0rd" not in shown


def test_trouble_that_may_pass_is_told_from_what_needs_somebodys_doing(store: Store) -> None:
    with pytest.raises(StorageError) as unknown:
        store.write_now(lambda unit: unit.watches.remove("x"))
    assert unknown.value.lasting
    assert not explain(RuntimeError("database is locked")).lasting


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    assert "check the folder and its rights" in complaint(f"sqlite:///{tmp_path}/var/presswatch.db")


def test_a_folder_in_the_way_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "presswatch.db").mkdir()
    assert "check the folder and its rights" in complaint(f"sqlite:///{tmp_path}/presswatch.db")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "presswatch.db").write_text("this is a letter, not a database\n" * 100)
    assert "not an SQLite database" in complaint(f"sqlite:///{tmp_path}/presswatch.db", Mismatch)


def test_a_database_that_was_not_set_up(database_url: str) -> None:
    with Store(database_url) as store, pytest.raises(StorageError, match="not set up yet"):
        store.read_now(lambda unit: unit.items.count())


def test_a_server_that_does_not_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql+psycopg://desk:secret@127.0.0.1:{taken.getsockname()[1]}/news"
        told = complaint(url)
    assert "start it, or correct database.url" in told
    assert "secret" not in told


def test_a_database_the_server_does_not_have() -> None:
    if server_trouble():
        pytest.skip(server_trouble())
    told = complaint(SERVER.rpartition("/")[0] + "/no_such_database")
    assert "create the database" in told


def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "-m pip install 'psycopg[binary]>=3.2'" in complaint("postgresql://127.0.0.1/news", Mismatch)


def test_an_unknown_complaint_is_passed_on_in_one_line() -> None:
    assert str(explain(ValueError("something\nelse"))) == "the database failed: something else"
