"""Secrets come from the file, the environment or files of their own, and are shown nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from news.errors import SettingsError
from news.settings import Settings, redacted, redacted_text
from news.settings.addresses import masked
from tests.news.settings.text import CONTACT, only_complaint, read

SECRET = "s3cr3t-horse"
LOGIN = f"{CONTACT}smtp:\n  username: desk\n"
PASSWORD_FILE = "PRESSWATCH__SMTP__PASSWORD_FILE"
PASSWORD = "PRESSWATCH__SMTP__PASSWORD"


def password(settings: Settings) -> str:
    """The password in clear."""
    return settings.smtp.password.get_secret_value()


@pytest.mark.parametrize(
    ("text", "env"),
    [
        (f"{LOGIN}  password: {SECRET}\n", {}),
        (f"{LOGIN}  password_file: /run/mail\n", {}),
        (LOGIN, {PASSWORD: SECRET}),
        (LOGIN, {PASSWORD_FILE: "/run/mail"}),
        (f"{LOGIN}  password: other\n", {PASSWORD: SECRET}),
        (f"{LOGIN}  password: other\n", {PASSWORD_FILE: "/run/mail"}),
        (f"{LOGIN}  password_file: /run/missing\n", {PASSWORD: SECRET}),
        (f"{LOGIN}  password_file: /run/missing\n", {PASSWORD_FILE: "/run/mail"}),
    ],
)
def test_a_secret_comes_from_each_place_and_the_environment_outranks_the_file(
    text: str, env: Mapping[str, str]
) -> None:
    assert password(read(text, env, {"/run/mail": f"{SECRET}\n"})) == SECRET


@pytest.mark.parametrize(
    ("content", "kept"), [("a\n", "a"), ("a\r\n", "a"), ("a\n\n", "a\n"), (" a ", " a "), ("a", "a")]
)
def test_only_one_newline_at_the_end_of_a_secret_file_is_dropped(content: str, kept: str) -> None:
    assert password(read(LOGIN, {PASSWORD_FILE: "f"}, {"f": content})) == kept


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://desk:hidden@word@db.example.org/news",
        "postgresql+psycopg://desk:hidden:w@rd@db.example.org/news",
        "postgresql+psycopg://desk:hidden/w@rd@db.example.org/news",
        "postgresql+psycopg://desk:hidden/word@db.example.org/news",
        "postgresql+psycopg://desk:hidden?w@rd@db.example.org/news",
        "postgresql+psycopg://desk:hidden:word@db.example.org/news",
        "postgresql+psycopg://db.example.org:hidden/news",
    ],
)
def test_a_password_that_must_be_percent_encoded_is_named_by_its_remedy_and_not_shown(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(f"{CONTACT}database: {{url: '{address}'}}\n")
    (complaint,) = refused.value.complaints
    assert complaint.path == "database.url"
    assert "@ as %40" in complaint.remedy
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://desk:hidden%40word%3A@db.example.org:5432/news?sslmode=require",
        "postgresql+psycopg://desk@db.example.org/news",
        "postgresql+psycopg://db.example.org",
        "postgresql+psycopg://desk:hidden@[2001:db8::1]:5432/news",
        "postgresql+psycopg:///news?host=/run/postgresql",
        "postgresql+psycopg://u@127.0.0.1/test?options=-csearch_path%3Dpresswatch",
    ],
)
def test_a_database_address_with_all_its_parts_is_taken(address: str) -> None:
    assert read(f"{CONTACT}database: {{url: '{address}'}}\n").database.url.get_secret_value() == address


def test_the_database_address_can_lie_in_a_file() -> None:
    url = f"postgresql+psycopg://desk:{SECRET}@db.example.org/news"
    settings = read(f"{CONTACT}database: {{url_file: /run/db}}\n", {}, {"/run/db": url})
    assert settings.database.url.get_secret_value() == url


def test_a_secret_named_twice_in_one_place_is_refused() -> None:
    complaint = only_complaint(f"{LOGIN}  password: {SECRET}\n  password_file: /run/mail\n", {}, {"/run/mail": "x"})
    assert (complaint.line, complaint.column, complaint.path) == (5, 18, "smtp.password_file")
    assert "stands beside password" in complaint.problem
    twice = only_complaint(LOGIN, {PASSWORD: SECRET, PASSWORD_FILE: "/run/mail"}, {"/run/mail": "x"})
    assert (twice.line, twice.path) == (0, PASSWORD_FILE)


@pytest.mark.parametrize(("files", "says"), [({}, "No such file"), ({"/run/mail": "\n"}, "is empty")])
def test_a_secret_file_that_gives_nothing_is_named(files: Mapping[str, str], says: str) -> None:
    complaint = only_complaint(f"{LOGIN}  password_file: /run/mail\n", {}, files)
    assert (complaint.line, complaint.column, complaint.found) == (4, 18, "/run/mail")
    assert says in complaint.problem


@pytest.mark.parametrize(
    ("text", "env"),
    [
        (f"{LOGIN}  pasword: {SECRET}\n", {}),
        (f"{LOGIN}  password: [{SECRET}]\n", {}),
        (f"{CONTACT}smtp: {SECRET}\n", {}),
        (f"{CONTACT}smtp: {{password: {SECRET}}}\n", {}),
        (f"{CONTACT}database: {{url: 'postgres://u:{SECRET}@h/d'}}\n", {}),
        (f"{CONTACT}database: {SECRET}\n", {}),
        (f"{CONTACT}crawler: {{proxy: 'u:{SECRET}@proxy:3128'}}\n", {}),
        (f"{CONTACT}sources:\n  - {{id: a, kind: feed, publisher: A, url: 'https://u:{SECRET}@h.example/'}}\n", {}),
        (f"{LOGIN}  password: {SECRET}: x\n", {}),
        (f"{LOGIN}  password: *{SECRET}\n", {}),
        (f"{LOGIN}  password: '{SECRET}\n", {}),
        (CONTACT, {"PRESSWATCH__SMTP__PASWORD": SECRET}),
        (CONTACT, {"PRESSWATCH__DATABASE__URL": f"mysql://u:{SECRET}@h/d"}),
        (CONTACT, {"PRESSWATCH__CRAWLER__PROXY": f"u:{SECRET}@proxy"}),
    ],
)
def test_no_complaint_and_no_traceback_repeats_a_secret(text: str, env: Mapping[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        read(text, env)
    assert not any(SECRET in str(one) or SECRET in repr(one) for one in refused.value.complaints)
    # Python prints the errors that led to one beside it, and pydantic's quote the values.
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_the_settings_as_shown_have_every_secret_replaced() -> None:
    settings = read(
        f"{LOGIN}  password: {SECRET}\n"
        f"database: {{url: 'postgresql+psycopg://desk:{SECRET}@db.example.org/news'}}\n"
        f"crawler: {{proxy: 'http://desk:{SECRET}@proxy.example.org:3128'}}\n"
        "sources:\n"
        "  - {id: a, kind: json, publisher: A, url: 'https://a.example/?token=" + SECRET + "',"
        f" headers: {{Authorization: {SECRET}, Accept-Language: ru}}}}\n"
    )
    shown = redacted(settings)
    assert SECRET not in json.dumps(shown)
    assert SECRET not in redacted_text(settings)
    assert shown["smtp"]["password"] == "(set)"
    assert shown["database"]["url"] == "postgresql+psycopg://desk:(set)@db.example.org/news"
    assert shown["crawler"]["proxy"] == "http://desk:(set)@proxy.example.org:3128"
    assert shown["sources"][0]["headers"] == {"Authorization": "(set)", "Accept-Language": "ru"}
    assert redacted(read(CONTACT))["smtp"]["password"] == "(not set)"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sqlite:///var/presswatch.db", "sqlite:///var/presswatch.db"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("postgresql+psycopg://u@h:5432/d", "postgresql+psycopg://u@h:5432/d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:(set)@h/d"),
        ("postgresql+psycopg://u:p@ss/w#or:d@h/d", "postgresql+psycopg://u:(set)@h/d"),
        ("postgresql+psycopg:///d?user=u&password=p&x=1", "postgresql+psycopg:///d?user=u&password=(set)&x=1"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert masked(address) == shown
