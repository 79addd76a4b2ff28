from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from errno import EACCES
from pathlib import Path

import pytest

from news.settings import Settings, parse_settings
from tests.fakemail import FakeMail
from tests.ui.cli.desk import CONFIG
from ui.cli import checks

Usage = namedtuple("Usage", "total used free")


def settings(env: Mapping[str, str] | None = None, *, contact: str = "newsroom@ifrc-desk.kz") -> Settings:
    text = CONFIG.format(address="http://localhost:9").replace("newsroom@ifrc-desk.kz", contact)
    return parse_settings(text, env or {}, read_secret=str)


def mail(port: int, **more: str) -> dict[str, str]:
    values = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "SENDER": "desk@ifrc-desk.kz", **more}
    return {f"PRESSWATCH__SMTP__{name}": value for name, value in values.items()}


@pytest.mark.parametrize(
    ("contact", "right"),
    [
        ("newsroom@ifrc-desk.kz", True),
        ("https://ifrc-desk.kz/reader", True),
        ("press-office@example.org", False),
        ("https://www.example.com/contact", False),
        ("desk@example-office.kz", True),
    ],
)
def test_the_examples_contact_is_a_problem(contact: str, right: bool) -> None:
    finding = checks.check_contact(settings(contact=contact))
    assert finding.right is right
    assert bool(finding.remedy) is not right


def test_entries_are_counted_and_no_source_is_a_problem() -> None:
    assert checks.check_entries(settings()).told == "1 source, 1 recipient, 1 watch"
    empty = parse_settings("contact: newsroom@ifrc-desk.kz\npacks: []\n", {}, read_secret=str)
    assert not checks.check_entries(empty).right


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_above(tmp_path: Path) -> None:
    assert checks.check_folder("disk", tmp_path / "var" / "mail").right


def test_a_nearly_full_disk_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**9, 10**9 - 1000, 1000))
    finding = checks.check_folder("disk", tmp_path)
    assert (finding.right, "Free some space" in finding.remedy) == (False, True)


def test_a_folder_without_rights_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(EACCES, "Permission denied")

    monkeypatch.setattr("ui.cli.checks.TemporaryFile", refused)
    finding = checks.check_folder("mail folder", tmp_path / "mail")
    assert (finding.right, str(tmp_path) in finding.remedy) == (False, True)
    assert "cannot be written: Permission denied" in finding.told


@pytest.mark.parametrize("folder", ["/proc/mail", "/dev/null/mail", "{file}/mail", "{file}"])
def test_a_folder_that_can_never_be_is_one_that_cannot_be_written(tmp_path: Path, folder: str) -> None:
    file = tmp_path / "file"
    file.touch()
    finding = checks.check_folder("mail folder", Path(folder.format(file=file)))
    assert (finding.right, "cannot be written" in finding.told) == (False, True)


def test_a_folder_is_left_as_it_was(tmp_path: Path) -> None:
    assert checks.check_folder("disk", tmp_path).right
    assert list(tmp_path.iterdir()) == []


def test_mail_logs_in_and_sends_nothing() -> None:
    with FakeMail() as server:
        finding = checks.check_mail(settings(mail(server.port)))
    assert finding.right, finding
    assert server.messages == []


def test_a_mail_server_that_is_away_is_a_problem_with_a_remedy_and_without_the_password() -> None:
    with FakeMail() as gone:
        port = gone.port
    finding = checks.check_mail(settings(mail(port, USERNAME="desk", PASSWORD="hunter2")))
    assert not finding.right
    assert "smtp.host" in finding.remedy
    assert "hunter2" not in f"{finding}"


def test_without_a_mail_server_the_folder_is_named() -> None:
    assert "var/mail" in checks.check_mail(settings()).told


def test_names_are_looked_up_and_what_is_lost_is_named() -> None:
    assert checks.check_names(settings()).told == "found: localhost"
    proxy = {"PRESSWATCH__CRAWLER__PROXY": "http://proxy.invalid:3128"}
    lost = checks.check_names(settings(proxy))
    assert (lost.right, lost.told) == (False, "not found: proxy.invalid")
    assert "crawler.proxy" in lost.remedy


def test_a_reader_process_starts_and_reads() -> None:
    assert checks.check_readers(settings()).right


def test_zone_data_is_looked_at() -> None:
    assert checks.check_zone_data().right
