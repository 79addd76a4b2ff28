"""`run --once --digest-now` by mail: Russian and Kazakh subjects survive letter for letter, nothing is sent again."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from storage import Store
from tests.fakemail import FakeMail
from tests.fakemail.server import Received
from tests.promises.world import PRESSWATCH, environment, plain_text, wait_until
from ui.demo.folder import write_config
from ui.demo.player import Player

# A whole round of the demo, twice, on a machine that may do much else.
pytestmark = pytest.mark.timeout(400)

RUSSIAN_HEADLINE = "Казахстан и Управление ООН по снижению риска бедствий обсудили раннее предупреждение"
KAZAKH_HEADLINE = "Қазақстан Ауғанстанға гуманитарлық жүк жөнелтті"
RUSSIAN_WATCH = "Центральная Азия: вода, паводки и «ранний» ответ — ёж, щука"
KAZAKH_WATCH = "Қызыл Жарты Ай: төтенше жағдай, ізгі көмек, ұн мен дәрі"

# Each recipient follows one watch. Of a single story the subject gives the headline, of several the watch's name.
FOLLOWED = f"""
watches:
  - {{name: Предупреждение, query: '"обсудили раннее предупреждение"'}}
  - {{name: Жүк, query: '"гуманитарлық жүк жөнелтті"'}}
  - {{name: "{RUSSIAN_WATCH}", query: "Арал* OR паводок OR предупреждение"}}
  - {{name: "{KAZAKH_WATCH}", query: "Ауғанстан* OR Арал* OR ескерту*"}}
recipients:
  - {{address: russian-headline@example.org, language: ru, watches: [Предупреждение]}}
  - {{address: kazakh-headline@example.org, language: kk, watches: [Жүк]}}
  - {{address: russian-watch@example.org, watches: ["{RUSSIAN_WATCH}"]}}
  - {{address: kazakh-watch@example.org, watches: ["{KAZAKH_WATCH}"]}}
"""
NEWS = {
    "russian-headline@example.org": rf"1 \w+: {RUSSIAN_HEADLINE}",
    "kazakh-headline@example.org": rf"1 \w+: {KAZAKH_HEADLINE}",
    "russian-watch@example.org": rf"\d+ stories: {re.escape(RUSSIAN_WATCH)}",
    "kazakh-watch@example.org": rf"\d+ stories: {re.escape(KAZAKH_WATCH)}",
}
"""Address -> the news of its subject, a regular expression."""


@dataclass(frozen=True, kw_only=True)
class Runs:
    """Two runs, one right after the other: their reports, and what the mail server had after each."""

    reports: tuple[dict[str, Any], dict[str, Any]]
    after_first: tuple[Received, ...]
    after_second: tuple[Received, ...]

    def to(self, address: str) -> Received:
        """The one message that came for an address."""
        (received,) = (one for one in self.after_first if one.recipients == (address,))
        return received


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("letters")
    with Player(start=datetime.now(UTC)) as player, FakeMail() as mail:
        player.turn = 4  # in earlier rounds one of its sites is out of order
        config = _told_by_mail(write_config(folder, player.addresses), mail.port)
        first = _run_once(config)
        after_first = tuple(mail.messages)
        wait_until(lambda: _all_due(folder), seconds=10, what="the sources to be due again")
        second = _run_once(config)
        return Runs(reports=(first, second), after_first=after_first, after_second=tuple(mail.messages))


def _told_by_mail(config: Path, port: int) -> Path:
    """Let the demo's configuration mail to the server, with the watches and recipients of this test."""
    text, _, _ = config.read_text(encoding="utf-8").partition("\nwatches:\n")
    text = re.sub(
        r"^    every: .*\n", "", text.replace("delivery:\n  channel: folder\n  folder: mail\n", ""), flags=re.M
    )
    text = text.replace("    kind: ", "    every: 1 s\n    kind: ")
    smtp = f"\nsmtp: {{host: 127.0.0.1, port: {port}, security: none, sender: press-desk@example.org}}\n"
    config.write_text(text + smtp + FOLLOWED, encoding="utf-8")
    return config


def _run_once(config: Path) -> dict[str, Any]:
    command = [*PRESSWATCH, "run", "--once", "--digest-now", "--json", "--config", str(config)]
    done = subprocess.run(command, capture_output=True, timeout=150, check=False, env=environment())
    assert done.returncode == 0, done.stderr.decode()
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _all_due(folder: Path) -> bool:
    with Store(f"sqlite:///{folder / 'presswatch.db'}") as store:
        states = store.read_now(lambda unit: unit.visits.states()).values()
    return all(state.next_visit is not None and state.next_visit < datetime.now(UTC) for state in states)


def test_each_recipient_gets_one_digest_as_text_and_html(runs: Runs) -> None:
    assert sorted(one.recipients for one in runs.after_first) == sorted((address,) for address in NEWS)
    assert runs.reports[0]["sent"] == len(NEWS)
    for one in runs.after_first:
        assert one.mail.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in one.mail.iter_parts()] == ["text/plain", "text/html"]
        assert not one.mail.defects


@pytest.mark.parametrize("address", NEWS)
def test_a_subject_survives_letter_for_letter_for_old_and_new_mail_parsers(runs: Runs, address: str) -> None:
    received = runs.to(address)
    new = str(message_from_bytes(received.raw, policy=policy.default)["Subject"])
    old = str(make_header(decode_header(message_from_bytes(received.raw)["Subject"])))
    assert re.fullmatch(rf"{NEWS[address]} - [\w ,.]+", new), new
    # The classic parser leaves the line breaks of a folded header to its caller.
    assert re.sub(r"\r?\n", "", old) == new


@pytest.mark.parametrize("address", NEWS)
def test_the_bytes_of_the_head_are_plain_ascii_in_lines_that_every_server_takes(runs: Runs, address: str) -> None:
    head, separator, _ = runs.to(address).raw.partition(b"\r\n\r\n")
    assert separator
    assert head.isascii()
    # RFC 5322 2.1.1 for every line, RFC 2047 2 for those with encoded words.
    lines = head.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert max(len(line) for line in lines if b"=?utf-8?" in line.lower()) <= 76
    assert head.count(b"Subject:") == 1


@pytest.mark.parametrize(
    ("address", "headline"),
    [("russian-headline@example.org", RUSSIAN_HEADLINE), ("kazakh-headline@example.org", KAZAKH_HEADLINE)],
)
def test_the_headline_stands_in_both_parts(runs: Runs, address: str, headline: str) -> None:
    mail = runs.to(address).mail
    assert headline in " ".join(plain_text(mail).split())
    html = mail.get_body(("html",))
    assert html is not None
    shown = unescape(re.sub(r"<[^>]+>", "", str(html.get_content())))
    assert headline in " ".join(shown.split())


def test_a_second_run_reads_everything_again_and_sends_nothing_again(runs: Runs) -> None:
    first, second = runs.reports
    assert first["answered"] == second["answered"] == len(second["visits"]) == 14
    assert [visit["new"] for visit in second["visits"]] == [0] * len(second["visits"])
    assert (second["digests"], second["sent"]) == (0, 0)
    assert runs.after_second == runs.after_first
