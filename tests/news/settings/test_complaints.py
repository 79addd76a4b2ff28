"""Each kind of wrong value is complained about at its line and column, with what would be right."""

from __future__ import annotations

import pytest

from tests.news.settings.text import CONTACT, FEED, complaints, only_complaint, place_of, read

SOURCES = f"{CONTACT}sources:\n"
RECIPIENTS = f"{CONTACT}recipients:\n"
DESK = "  - {address: a@b.example"


@pytest.mark.parametrize(
    ("text", "part", "path", "says"),
    [
        # keys
        (f"{CONTACT}crawlr: {{}}\n", "crawlr", "crawlr", 'Did you mean "crawler"?'),
        (f"{CONTACT}smtp: {{prot: 25}}\n", "prot", "smtp.prot", 'Did you mean "port"?'),
        (f"{SOURCES}{FEED[:-2]}, pulisher: x}}\n", "pulisher", "sources[1].pulisher", 'Did you mean "publisher"?'),
        (f"{CONTACT}daemon: {{zzz: 1}}\n", "zzz", "daemon.zzz", "Possible here: fresh, grace, tick"),
        # words of a fixed set
        (f"{CONTACT}smtp: {{security: startls}}\n", "startls", "smtp.security", 'Did you mean "starttls"?'),
        (f"{SOURCES}{FEED[:-2]}, standing: offical}}\n", "offical", "sources[1].standing", 'Did you mean "official"?'),
        (f"{SOURCES}  - {{id: a, kind: fed}}\n", "fed", "sources[1].kind", 'Did you mean "feed"?'),
        (f"{SOURCES}  - {{id: a}}\n", "{id: a}", "sources[1].kind", "Write kind: feed or kind: json"),
        # times
        (f"{SOURCES}{FEED[:-2]}, every: soon}}\n", "soon", "sources[1].every", "is not a length of time (found: soon)"),
        (f"{SOURCES}{FEED[:-2]}, every: 20}}\n", "20", "sources[1].every", 'for example "20 min"'),
        (f"{SOURCES}{FEED[:-2]}, every: 400 d}}\n", "400 d", "sources[1].every", "between 1 s and 31 d"),
        (f"{CONTACT}crawler: {{timeout: yes}}\n", "yes", "crawler.timeout", "is not a length of time"),
        (f"{CONTACT}crawler: {{timeout: true}}\n", "true", "crawler.timeout", "is not a number of seconds"),
        (f"{CONTACT}crawler: {{timeout: -1}}\n", "-1", "crawler.timeout", "Write more than 0"),
        (f"{CONTACT}crawler: {{timeout: .nan}}\n", ".nan", "crawler.timeout", "is not a number"),
        # numbers
        (f"{CONTACT}smtp: {{port: abc}}\n", "abc", "smtp.port", "is not a whole number (found: abc)"),
        (f"{CONTACT}smtp: {{port: 70000}}\n", "70000", "smtp.port", "Write 65535 at most"),
        (f"{CONTACT}smtp: {{port: true}}\n", "true", "smtp.port", "is not a whole number"),
        (f"{CONTACT}readers: {{processes: 0}}\n", "0}", "readers.processes", "Write 1 at least"),
        (f"{SOURCES}{FEED[:-2]}, enabled: maybe}}\n", "maybe", "sources[1].enabled", "neither true nor false"),
        (f"{CONTACT}crawler: {{max_size: 1e300}}\n", "1e300", "crawler.max_size", "is too large"),
        # texts
        (f"{CONTACT}smtp: {{host: our mail, sender: a@b.example}}\n", "our mail", "smtp.host", "mail.example.org"),
        (f"{SOURCES}{FEED[:-2]}, name: 2026}}\n", "2026", "sources[1].name", "Put it in quotes"),
        (f"{SOURCES}{FEED[:-2]}, credit: }}\n", "credit", "sources[1].credit", "has no value"),
        (f"{SOURCES}{FEED[:-2]}, credit: [a]}}\n", "[a]", "sources[1].credit", "is a list where one text belongs"),
        (f"{SOURCES}{FEED[:-2]}, language: russian}}\n", "russian", "sources[1].language", "not have the right form"),
        (f"{SOURCES}{FEED.replace('one,', 'Two,')}", "Two", "sources[1].id", "hyphens"),
        # shapes
        (f"{CONTACT}sources: {{}}\n", "{}", "sources", "is not a list"),
        (f"{CONTACT}crawler: fast\n", "fast", "crawler", "is not a section"),
        # addresses and zones
        ("contact: nobody\n", "nobody", "contact", "neither a mail address nor a web address"),
        (f"{CONTACT}zone: Asia/Almatty\n", "Asia/Almatty", "zone", 'Did you mean "Asia/Almaty"?'),
        (f"{CONTACT}zone: ../etc/passwd\n", "../etc", "zone", "is not a time zone"),
        (f"{CONTACT}smtp: {{sender: Desk}}\n", "Desk", "smtp.sender", "is not a mail address"),
        (f"{CONTACT}crawler: {{allow_networks: [10.0.0.1/8]}}\n", "[10", "crawler.allow_networks", "127.0.0.0/8"),
        (f"{SOURCES}  - {{id: a, kind: feed, url: one.example, publisher: x}}\n", "one.", "sources[1].url", "https://"),
        (f"{SOURCES}  - {{id: a, kind: feed, url: 'ftp://a/', publisher: x}}\n", "'ftp", "sources[1].url", "https://"),
        # hours
        (f"{RECIPIENTS}{DESK}, schedule: {{hour: 8}}}}\n", "8}", "recipients[1].schedule.hour", '"08:00"'),
        (f"{RECIPIENTS}{DESK}, schedule: {{hour: 25:00}}}}\n", "25", "recipients[1].schedule.hour", "23:59"),
        (f"{RECIPIENTS}{DESK}, language: no}}\n", "no}", "recipients[1].language", "en, kk, ru"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_its_place_and_a_remedy(text: str, part: str, path: str, says: str) -> None:
    complaint = only_complaint(text)
    assert (complaint.file, complaint.line, complaint.column) == ("config.yaml", *place_of(text, part))
    assert complaint.path == path
    assert says in str(complaint)


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        "zone: Nowhere/At-all\n"
        "watches:\n"
        "  - {name: Broken, query: '(flood OR'}\n"
        "sources:\n"
        f"{FEED[:-2]}, every: soon}}\n"
        f"{FEED}"
        "recipients:\n"
        "  - {address: a@b.example, watches: [Brokn]}\n"
        "smtp: {port: x}\n"
    )
    found = [(one.line, one.path) for one in complaints(text, {"PRESSWATCH__DAEMON__TICK": "often"})]
    assert found == [
        (1, "contact"),
        (1, "zone"),
        (3, "watches[1].query"),
        (5, "sources[1].every"),
        (8, "recipients[1].watches[1]"),
        (9, "smtp.port"),
        (0, "PRESSWATCH__DAEMON__TICK"),
    ]


def test_what_is_missing_is_explained_by_its_description() -> None:
    complaint = only_complaint("zone: UTC\n")
    assert (complaint.line, complaint.column, complaint.path) == (1, 1, "contact")
    assert "Whom the sites may ask" in complaint.remedy


def test_a_key_without_a_value_is_missing_at_its_own_line() -> None:
    complaint = only_complaint("zone: UTC\ncontact:\n")
    assert (complaint.line, complaint.path) == (2, "contact")


def test_an_id_may_stand_once_only() -> None:
    text = f"{SOURCES}{FEED}  - {{id: one, kind: feed, url: https://two.example/, publisher: Two}}\n"
    complaint = only_complaint(text)
    assert (complaint.line, complaint.column) == (4, 10)
    assert "id of another source" in complaint.problem


@pytest.mark.parametrize(
    ("smtp", "says"),
    [
        ("{host: mail.example.org}", "has a host but no sender"),
        ("{password: hunter2}", "has a password but no username"),
    ],
)
def test_a_half_set_mail_server_is_refused(smtp: str, says: str) -> None:
    complaint = only_complaint(f"{CONTACT}smtp: {smtp}\n")
    assert (complaint.line, complaint.column, complaint.problem) == (2, 7, says)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"{CONTACT}delivery: {{channel: email}}\n", "email"),
        (f"{RECIPIENTS}{DESK}, channel: email}}\n", "email"),
    ],
)
def test_mail_needs_a_mail_server(text: str, part: str) -> None:
    complaint = only_complaint(text)
    assert (complaint.line, complaint.column) == place_of(text, part)
    assert "smtp.host" in complaint.remedy


def test_one_contact_is_all_that_is_needed() -> None:
    settings = read(CONTACT)
    assert settings.crawler.user_agent == "presswatch/0.1 (+desk@example.org)"
    assert (settings.zone, settings.default_channel, settings.delivery.folder) == ("Asia/Almaty", "folder", "var/mail")
