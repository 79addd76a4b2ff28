from __future__ import annotations

from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from news.errors import DeliveryError
from scheduler.delivery.folder import FolderChannel, file_name
from tests.scheduler.delivery.samples import message


def channel(folder: Path) -> FolderChannel:
    return FolderChannel(folder, sender="press@example.org")


def test_a_mail_becomes_a_file_for_mail_programs_and_one_for_browsers(tmp_path: Path) -> None:
    channel(tmp_path).send(message(subject="Қазақстан"), "desk@example.org")
    (eml,) = tmp_path.glob("desk@example.org/*.eml")
    (html,) = tmp_path.glob("desk@example.org/*.html")
    assert BytesParser(policy=policy.default).parsebytes(eml.read_bytes())["Subject"] == "Қазақстан"
    assert html.read_text(encoding="utf-8") == message().html
    assert eml.stem == html.stem == "digest.2024-03-08.abc"


def test_a_repeated_delivery_replaces_its_own_file(tmp_path: Path) -> None:
    for text in ("first", "second"):
        channel(tmp_path).send(replace(message(), text=text), "desk@example.org")
    files = sorted(path.suffix for path in tmp_path.rglob("*") if path.is_file())
    assert files == [".eml", ".html"]


@pytest.mark.parametrize("hostile", ["../../etc", "..", ".hidden", "a/b", "a\\b", "a\0b", "", "x" * 5_000, "әже"])
def test_no_name_leaves_its_folder(tmp_path: Path, hostile: str) -> None:
    name = file_name(hostile)
    assert (tmp_path / name).resolve().parent == tmp_path.resolve()
    assert len(name.encode()) <= 200
    assert not name.startswith(".")


def test_different_hostile_names_stay_different() -> None:
    assert len({file_name(text) for text in ("a/b", "a\\b", "a-b", "a b", "a  b")}) == 5


def test_a_message_id_from_elsewhere_cannot_leave_the_folder(tmp_path: Path) -> None:
    channel(tmp_path / "mail").send(message("../../../escaped@example.org"), "desk@example.org")
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [tmp_path / "mail" / "desk@example.org"]


def test_a_folder_that_cannot_be_written_is_told_and_may_pass(tmp_path: Path) -> None:
    blocked = tmp_path / "mail"
    blocked.write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(DeliveryError, match="cannot write into") as caught:
        channel(blocked).send(message(), "desk@example.org")
    assert (caught.value.permanent, caught.value.shared) == (False, True)


def test_a_write_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    folder = tmp_path / "desk@example.org"
    (folder / "digest.2024-03-08.abc.eml").mkdir(parents=True)
    with pytest.raises(DeliveryError):
        channel(tmp_path).send(message(), "desk@example.org")
    assert not list(folder.glob(".*"))


def test_only_the_owner_reads_the_letters(tmp_path: Path) -> None:
    channel(tmp_path / "mail").send(message(), "desk@example.org")
    folder = tmp_path / "mail" / "desk@example.org"
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0, 0]
