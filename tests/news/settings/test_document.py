"""The form of config.yaml: what is not YAML, or not the YAML that is meant, is refused at its place."""

from __future__ import annotations

import pytest

from news.settings.document import read_document
from tests.news.settings.text import CONTACT, FEED, complaints, only_complaint, place_of, read


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("", (1, 1), "is empty"),
        ("# only a comment\n", (1, 1), "is empty"),
        ("- a\n- b\n", (1, 1), "is not made of keys and values"),
        ("hello\n", (1, 1), "is not made of keys and values"),
        ("contact: a@example.org\nsmtp:\n\thost: h\n", (3, 1), "indent with spaces"),
        ("contact: a: b\n", (1, 11), "goes in quotes"),
        ("contact: 'a@example.org\n", (2, 1), "closing quote"),
        ("contact: a@example.org\nsources: [a, b\n", (3, 1), "closing bracket"),
        ("contact: a@example.org\n zone: UTC\n", (2, 6), "indentation"),
        ("contact: @desk\n", (1, 10), "in quotes"),
        ("contact: a\x01b\n", (1, 11), "control character"),
        ("a: 1\n---\nb: 2\n", (2, 1), "one document"),
        ("contact: !!python/object:os.system x\n", (1, 10), "tag"),
        ("? [a]\n: b\ncontact: a@example.org\n", (1, 3), "no plain key"),
        ("[" * 3000, (1, 1), "nested too deeply"),
    ],
)
def test_what_is_not_yaml_is_refused_at_its_place(text: str, place: tuple[int, int], says: str) -> None:
    complaint = complaints(text)[0]
    assert (complaint.file, complaint.line, complaint.column) == ("config.yaml", *place)
    assert says in str(complaint)


def test_every_doubled_key_is_named_with_its_first_place() -> None:
    text = f"{CONTACT}zone: UTC\ncontact: b@example.org\nsmtp:\n  port: 25\n  port: 26\n"
    first, second = complaints(text)
    assert (first.line, first.column, first.path) == (3, 1, "contact")
    assert (second.line, second.column, second.path) == (6, 3, "smtp.port")
    assert "first in line 1" in first.problem


def test_aliases_are_refused_so_that_few_lines_cannot_become_many() -> None:
    text = "contact: &x desk@example.org\nzone: *x\n"
    complaint = next(one for one in complaints(text) if one.path == "zone")
    assert (complaint.line, complaint.column) == (2, 1)
    assert "alias" in complaint.problem


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble() -> None:
    assert read("\ufeffcontact: desk@example.org\r\nzone: UTC\r\n").zone == "UTC"


def test_a_section_without_lines_is_as_good_as_none() -> None:
    assert read(f"{CONTACT}smtp:\nsources:\nwatches:\n").sources == ()


def test_words_that_other_yaml_readers_turn_into_something_else_stay_words() -> None:
    document = read_document("a: no\nb: 08:00\nc: 2026-01-01\nd: on\ne: 8:00\n", file="f")
    assert document.data == {"a": "no", "b": "08:00", "c": "2026-01-01", "d": "on", "e": "8:00"}


def test_under_yaml_1_1_norway_and_base_sixty_are_complained_about_in_their_own_words() -> None:
    text = f"%YAML 1.1\n---\n{CONTACT}sources:\n{FEED[:-2]}, language: no}}\n"
    complaint = only_complaint(text)
    assert (complaint.line, complaint.column) == place_of(text, "no}")
    assert "read as yes or no" in complaint.problem
    assert "quotes" in complaint.remedy


@pytest.mark.parametrize(
    "written",
    [
        "query: one OR (two",
        "query: 'one OR (two'",
        'query: "one OR (two"',
        "query: one OR\n           (two",
        "query: >\n      one OR\n      (two\n",
        "query: |\n      one OR\n      (two\n",
        "query: >-\n\n      'it''s' OR \\ (two\n",
        'query: "a \\"phrase here\\" OR (two"',
    ],
)
def test_a_character_of_a_text_is_found_in_every_style(written: str) -> None:
    text = f"watches:\n  - {written}\n"
    document = read_document(text, file="f")
    path = ("watches", 0, "query")
    value = document.data["watches"][0]["query"]  # type: ignore[index]
    assert document.place_within(path, value.index("(")) == place_of(text, "(")


def test_a_place_that_cannot_be_found_is_that_of_the_whole_text() -> None:
    text = 'query: "\\u0061bc (two"\n'
    document = read_document(text, file="f")
    assert document.place_within(("query",), 4) == (1, 8)


def test_a_password_that_looks_like_an_alias_is_not_repeated() -> None:
    complaint = only_complaint(f"{CONTACT}smtp:\n  password: *hunter2\n")
    assert (complaint.line, complaint.column) == (3, 13)
    assert "hunter2" not in str(complaint)
