"""Templates of the owner's: they stand in for the shipped ones, see nothing else, and never cost a digest."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from news.message import Message
from scheduler.digest.render import render
from scheduler.digest.templating import SHIPPED, faults
from tests.scheduler.digest.rich import rich


def drawn(folder: Path | None) -> Message:
    return render(rich("en"), domain="example.org", templates=folder)


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_one_template_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    written(tmp_path, "group.txt", "=== {{ title }}, {{ count }} ===\n")
    own, shipped = drawn(tmp_path), drawn(None)
    assert "=== UNRCCA" not in own.text
    assert "=== Red Crescent, 2 stories ===" in own.text
    assert own.html == shipped.html
    assert faults(tmp_path) == []


def test_a_copy_of_all_shipped_templates_gives_the_same_digest(tmp_path: Path) -> None:
    for file in SHIPPED.iterdir():
        written(tmp_path, file.name, file.read_text(encoding="utf-8"))
    assert (drawn(tmp_path), faults(tmp_path)) == (drawn(None), [])


def test_an_edited_template_counts_at_once(tmp_path: Path) -> None:
    assert "A" in drawn(written(tmp_path, "group.txt", "A\n")).text
    assert "=B=" in drawn(written(tmp_path, "group.txt", "=B=, longer\n")).text


FAULTY = {
    "syntax": ("card.html", "{% for x in %}", 1),
    "unknown name": ("card.html", "<tr><td>\n{{ crad.title }}</td></tr>", 2),
    "unknown attribute": ("card.txt", "\n\n{{ card.titel.text }}", 3),
    "division": ("group.txt", "{{ 1 // 0 }}", 1),
    "secrets": ("group.html", "{{ say.__self__.__class__ }}", 1),
    "the program": ("group.html", "{{ ''.__class__.__mro__[1].__subclasses__() }}", 1),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_template_at_fault_never_costs_a_digest_and_is_named_in_the_log(tmp_path: Path, fault: str) -> None:
    name, text, line = FAULTY[fault]
    written(tmp_path, name, text)
    with capture_logs() as logs:
        assert drawn(tmp_path) == drawn(None)
    (log,) = logs
    assert log["fault"].startswith(f"{tmp_path / name}:{line}: ")


def test_what_shows_without_a_digest_is_told_with_file_and_line(tmp_path: Path) -> None:
    written(tmp_path, "card.html", "{{ card.title.text }}\n{{ crad }}")
    written(tmp_path, "group.txt", "\n{% if %}")
    written(tmp_path, "digest.htm", "x")
    (tmp_path / "digest.txt").write_bytes(b"\xff\xfe")
    told = [str(one) for one in faults(tmp_path)]
    assert told[0].startswith(f"{tmp_path}/card.html:2: there is no crad here; there are card, number")
    assert told[1].startswith(f"{tmp_path}/digest.htm: no template has this name; there are ")
    assert told[2] == f"{tmp_path}/digest.txt: it is not text in UTF-8"
    assert told[3].startswith(f"{tmp_path}/group.txt:2: Expected an expression")
    assert [str(one) for one in faults(tmp_path / "x")] == [f"{tmp_path}/x: there is no such folder"]


def test_what_a_template_is_given_stays_escaped(tmp_path: Path) -> None:
    written(tmp_path, "group.html", "<tr><td>{{ '<b>' ~ title }}</td></tr>")
    assert "<td>&lt;b&gt;Red Crescent</td>" in drawn(tmp_path).html
