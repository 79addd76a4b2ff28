"""The environment stands over the file, and a variable that means nothing is named."""

from __future__ import annotations

import pytest

from tests.news.settings.text import CONTACT, complaints, only_complaint, read

MAIL = f"{CONTACT}smtp:\n  host: file.example.org\n  sender: desk@example.org\n  timeout: 10\n"


def test_a_variable_replaces_the_value_of_the_file_and_nothing_beside_it() -> None:
    smtp = read(MAIL, {"PRESSWATCH__SMTP__HOST": "env.example.org", "PRESSWATCH__SMTP__PORT": "2525"}).smtp
    assert (smtp.host, smtp.port, smtp.timeout, smtp.sender) == ("env.example.org", 2525, 10.0, "desk@example.org")


def test_capitals_do_not_matter() -> None:
    assert read(CONTACT, {"presswatch__Crawler__proxy": "http://proxy.example.org:3128"}).crawler.proxy


def test_top_level_values_lists_and_lengths_of_time_can_be_set() -> None:
    settings = read(
        CONTACT,
        {
            "PRESSWATCH__CONTACT": "https://example.org/reader",
            "PRESSWATCH__ZONE": "Asia/Bishkek",
            "PRESSWATCH__CRAWLER__ALLOW_NETWORKS": "127.0.0.0/8, 10.0.0.0/8",
            "PRESSWATCH__DAEMON__FRESH": "2 d",
        },
    )
    assert settings.crawler.user_agent == "presswatch/0.1 (+https://example.org/reader)"
    assert settings.zone == "Asia/Bishkek"
    assert [str(network) for network in settings.crawler.allow_networks] == ["127.0.0.0/8", "10.0.0.0/8"]
    assert settings.daemon.fresh.days == 2


def test_the_environment_alone_can_give_what_the_file_lacks() -> None:
    assert read("zone: UTC\n", {"PRESSWATCH__CONTACT": "desk@example.org"}).contact == "desk@example.org"


def test_other_variables_are_not_looked_at() -> None:
    read(CONTACT, {"PRESSWATCH_PROMISES": "full", "HOME": "/nowhere", "SMTP__HOST": "x"})


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("PRESSWATCH__SMTP__HSOT", 'Did you mean "PRESSWATCH__SMTP__HOST"?'),
        ("PRESSWATCH__SMPT__HOST", 'Did you mean "PRESSWATCH__SMTP__HOST"?'),
        ("PRESSWATCH__SOURCES", "sources are written in config.yaml only"),
        ("PRESSWATCH__PACKS", "packs are written in config.yaml only"),
        ("PRESSWATCH__WATCHES__0__NAME", "watches are written in config.yaml only"),
    ],
)
def test_a_variable_that_means_nothing_is_named(name: str, remedy: str) -> None:
    complaint = only_complaint(CONTACT, {name: "some value"})
    assert (complaint.line, complaint.path, complaint.remedy) == (0, name, remedy)
    assert str(complaint).startswith(f"environment: {name}: is not a setting")
    assert "some value" not in str(complaint)


def test_a_wrong_value_is_blamed_on_the_variable_and_not_on_the_file() -> None:
    complaint = only_complaint(MAIL, {"PRESSWATCH__SMTP__TIMEOUT": "soon"})
    assert str(complaint).startswith("environment: PRESSWATCH__SMTP__TIMEOUT: is not a length of time (found: soon)")


def test_a_section_set_by_variables_alone_is_blamed_on_them() -> None:
    complaint = only_complaint(CONTACT, {"PRESSWATCH__SMTP__HOST": "mail.example.org"})
    assert (complaint.line, complaint.path) == (0, "PRESSWATCH__SMTP__HOST")
    assert complaint.problem == "has a host but no sender"


def test_a_section_of_the_wrong_shape_stays_a_fault_of_the_file() -> None:
    complaint = only_complaint(f"{CONTACT}smtp: hunter2\n", {"PRESSWATCH__SMTP__PORT": "25"})
    assert (complaint.file, complaint.line, complaint.column) == ("config.yaml", 2, 7)
    assert "hunter2" not in str(complaint)


def test_faults_of_the_environment_come_after_those_of_the_file() -> None:
    found = complaints(f"{CONTACT}zone: x\n", {"PRESSWATCH__ZZZ": "1", "PRESSWATCH__SMTP__PORT": "x"})
    assert [one.file for one in found] == ["config.yaml", "environment", "environment"]
