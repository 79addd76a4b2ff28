"""P24: no secret of the configuration appears in logs, answers, errors, mails, the process list or the database.

The secrets stand wherever one may stand, in the file, the environment and files of their own; what they open is there
and fails in every way: the mail server refuses the login and quotes it, the webhook answers with what it was sent.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import psutil
import pytest
from typer.testing import CliRunner

from scheduler.app import load_settings
from storage import Unit
from tests.fakehook import FakeHook, Say
from tests.fakemail import FakeMail, Step, self_signed
from tests.promises.world import Daemon, Press, environment, read_sources, stored, wait_until
from tests.storage.conftest import own_schema
from ui.cli import checks
from ui.cli.main import app

NAMES = ("smtp", "hookurl", "hook", "chat", "header", "proxy", "db", "dkim")
SECRETS = {name: f"Zq7+{name}-secret/word&x" for name in NAMES}


def forms(secret: str) -> set[bytes]:
    """Every form in which somebody could still read it."""
    raw = secret.encode()
    plain = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], raw.hex()}
    # In the midst of other text base64 begins at any of three places; the edges depend on the neighbours.
    inside = {base64.b64encode(b"x" * shift + raw)[4 if shift else 0 : -4] for shift in range(3)}
    urlsafe = {one.replace(b"+", b"-").replace(b"/", b"_") for one in inside}
    return {one.encode() for one in plain} | inside | urlsafe


def found_in(text: bytes | str, names: Iterable[str] = NAMES) -> list[str]:
    """The secrets that appear in the text."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return [name for name in names if any(form in data for form in forms(SECRETS[name]))]


def test_the_search_finds_what_it_looks_for() -> None:
    for name, secret in SECRETS.items():
        for told in (
            f"password={secret}.",
            quote(f"https://x/{secret}", safe=""),
            repr({"a": secret}),
            base64.b64encode(f"desk:{secret}@x".encode()).decode(),
            base64.b64encode(f"\0desk\0{secret}".encode()).decode(),
            base64.urlsafe_b64encode(f"x:{secret}\n".encode()).decode(),
            binascii.hexlify(secret.encode()).decode(),
        ):
            assert found_in(told) == [name], told


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as running:
        running.publish("alpha", "Office of alpha opens")
        yield running


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMail]:
    (tmp_path / "tls").mkdir()
    server, _ = self_signed(tmp_path / "tls")
    # What OpenSSL trusts instead of the machine's certificates, here and in the daemon.
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "tls" / "certificate.pem"))
    with FakeMail(login=("desk", SECRETS["smtp"]), tls=server) as running:
        yield running


@pytest.fixture
def hook() -> Iterator[FakeHook]:
    with FakeHook() as running:
        yield running


def written(folder: Path, press: Press, mail: FakeMail, hook: FakeHook) -> Path:
    """A config.yaml with a secret wherever one may stand, in the file itself and in files of their own."""
    pem = folder / "dkim.pem"
    pem.write_text(SECRETS["dkim"])
    (folder / "hook.secret").write_text(SECRETS["hook"] + "\n")
    (folder / "chat.url").write_text(f"json://127.0.0.1:{hook.port}/{quote(SECRETS['chat'], safe='')}\n")
    url = f"http://127.0.0.1:{hook.port}/{SECRETS['hookurl']}"
    file = folder / "config.yaml"
    file.write_text(
        f"""
contact: presswatch-tests@example.org
database: {{url: "sqlite:///press.db"}}
owner: {{address: boss@example.org}}
crawler: {{delay: 0.01, timeout: 5, deadline: 10, allow_networks: [127.0.0.0/8]}}
daemon: {{tick: 0.3, grace: 6}}
smtp:
  {{host: 127.0.0.1, port: {mail.port}, security: starttls, sender: press@example.org, timeout: 5, username: desk}}
packs: []
sources:
  - {{id: alpha, kind: json, url: '{press.address}/broken', publisher: A, items: x,
     headers: {{Authorization: 'Bearer {SECRETS["header"]}'}}}}
  - {{id: beta, kind: feed, url: '{press.address}/alpha', publisher: B, every: 1 s}}
watches: [{{name: Office, query: office, mode: instant}}]
channels:
  - {{name: ops, kind: webhook, url: "{url}", secret_file: hook.secret}}
  - {{name: chat, kind: notify, url_file: chat.url}}
recipients:
  - {{address: desk@example.org}}
  - {{address: The room, channel: ops}}
  - {{address: The chat, channel: chat}}
""",
        encoding="utf-8",
    )
    return file


@pytest.fixture(autouse=True)
def readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor's readers know no secret, and take seconds to start."""
    monkeypatch.setattr(checks, "check_readers", lambda _: checks.Finding(what="readers", right=True, told="fine"))


ENVIRONMENT = {"PRESSWATCH__SMTP__PASSWORD": SECRETS["smtp"]}


def typed(config: Path, *arguments: str, env: dict[str, str] | None = None, right: bool = True) -> str:
    """All that a command prints, its log too."""
    if right:
        load_settings(config, {**ENVIRONMENT, **(env or {})})
    given = {"PRESSWATCH_CONFIG": str(config), "NO_COLOR": "1", **ENVIRONMENT, **(env or {})}
    result = CliRunner().invoke(app, arguments, env=given, prog_name="presswatch")
    assert not isinstance(result.exception, Exception), result.exception
    return result.output + result.stderr


def fail_and_quote(mail: FakeMail, hook: FakeHook) -> None:
    """Let every server refuse, with what it was sent in its answer."""
    mail.answers(Step.AUTH, f"535 no such login: desk {SECRETS['smtp']}")
    echo = f"no: /{SECRETS['hookurl']} {SECRETS['hook']}".encode()
    hook.answers += [Say(status=404, body=echo), Say(status=500, body=echo)] * 10


def test_p24_what_commands_print(tmp_path: Path, press: Press, mail: FakeMail, hook: FakeHook) -> None:
    config = written(tmp_path, press, mail, hook)
    settings = load_settings(config, ENVIRONMENT)
    assert found_in(settings.smtp.password.get_secret_value() + settings.channels[0].secret.get_secret_value())
    fail_and_quote(mail, hook)
    for command in (
        ("config", "show"),
        ("config", "show", "--json"),
        ("config", "check"),
        ("config", "schema"),
        ("recipient", "list"),
        ("source", "list"),
        ("doctor",),
        ("doctor", "--json"),
        ("doctor", "mail"),
        ("digest", "list"),
    ):
        assert found_in(typed(config, *command)) == [], command
    assert found_in(repr(settings) + str(settings), ("smtp", "hook", "hookurl", "chat")) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("port: ", "prot: "),
        ("kind: webhook", "kind: webhok"),
        ("secret_file: hook.secret", "secret_file: hook.secret, secret: 'Zq7+hook-secret/word&x'"),
        ("secret_file: hook.secret", "secret: {Zq7+hook-secret/word&x: 1}"),
        ('url: "http://127', 'url: "htp://127'),
        ('url: "http://127', 'uri: "http://127'),
        ("url_file: chat.url", "url_file: [chat.url], secret: Zq7+hook-secret/word&x"),
        ("Authorization: 'Bearer", "Authorization: ['Bearer"),
        ("smtp:\n  {host: 127.0.0.1,", "smtp:\n  {host: 127.0.0.1, pasword: Zq7+smtp-secret/word&x,"),
        ("crawler: {", "crawler: {proxy: 'desk:Zq7+proxy-secret/word&x@127.0.0.1',"),
        ("database: {url: ", "database: {url: 'postgres://u:Zq7+db-secret/word&x@h/d', u: "),
    ],
)
def test_p24_what_is_said_of_faults_beside_secrets(
    right: str, wrong: str, tmp_path: Path, press: Press, mail: FakeMail, hook: FakeHook
) -> None:
    config = written(tmp_path, press, mail, hook)
    text = config.read_text()
    assert right in text
    config.write_text(text.replace(right, wrong, 1))
    for command in (("config", "check"), ("run", "--once"), ("doctor",)):
        told = typed(config, *command, right=False)
        assert "config.yaml:" in told
        assert found_in(told) == []


def test_p24_a_running_daemon(
    tmp_path: Path, press: Press, mail: FakeMail, hook: FakeHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = written(tmp_path, press, mail, hook)
    fail_and_quote(mail, hook)
    monkeypatch.setattr("tests.promises.world.environment", lambda: {**environment(), **ENVIRONMENT})
    with Daemon(config) as daemon:
        wait_until(lambda: read_sources(tmp_path) == 1, seconds=60, what="the feed to be read", every=0.3)
        press.publish("alpha", "Office of alpha closes")
        own = psutil.Process(daemon.process.pid)
        commands = [" ".join(one.cmdline()) for one in (own, *own.children(recursive=True))]
        wait_until(lambda: len(tried(tmp_path)) == 3, seconds=60, what="every channel to be tried", every=0.3)
        daemon.terminate()
    assert found_in("\n".join(commands)) == []
    assert found_in(daemon.log.read_bytes()) == []
    # The servers said what they know of our secrets, and what they said is told without them.
    assert {channel: told in daemon.log.read_text() for channel, told in tried(tmp_path).items()} == dict.fromkeys(
        ("email", "ops", "chat"), True
    )
    assert tried(tmp_path)["email"].endswith("no such login: desk (set)")
    assert "answered 404: no: /(set) (set)" in tried(tmp_path)["ops"]
    mail.behaves()
    assert found_in(typed(config, "digest", "send")) == []
    assert [one.login for one in mail.messages] == ["desk"] * len(mail.messages) != []
    kept = [file for file in tmp_path.rglob("*") if file.is_file() and file.name not in config_files(config)]
    assert {file.name for file in kept} >= {"press.db", "daemon.log"}
    for file in kept:
        assert found_in(file.read_bytes()) == [], file
    for received in mail.messages:
        assert found_in(received.raw) == []


def tried(folder: Path) -> dict[str, str]:
    """What was said of each channel that did not deliver."""

    def work(unit: Unit) -> dict[str, str]:
        return {parcel.channel: parcel.last_error for parcel in unit.outbox.list(99) if parcel.last_error}

    return stored(folder, work, {})


def config_files(config: Path) -> set[str]:
    return {config.name, "dkim.pem", "hook.secret", "chat.url"}


def test_p24_a_proxy_that_fails(tmp_path: Path, press: Press, mail: FakeMail, hook: FakeHook) -> None:
    config = written(tmp_path, press, mail, hook)
    proxy = {"PRESSWATCH__CRAWLER__PROXY": f"http://desk:{quote(SECRETS['proxy'], safe='')}@127.0.0.1:9"}
    told = typed(config, "config", "show", env=proxy) + typed(config, "doctor", env=proxy)
    assert found_in(told) == []


@pytest.mark.parametrize("reachable", [True, False])
def test_p24_the_password_of_a_database(
    reachable: bool, tmp_path: Path, press: Press, mail: FakeMail, hook: FakeHook, caplog: pytest.LogCaptureFixture
) -> None:
    config = written(tmp_path, press, mail, hook)
    password = quote(SECRETS["db"], safe="")
    with own_schema() as url:
        address = url.replace("postgresql://postgres@", f"postgresql+psycopg://postgres:{password}@")
        assert password in address
        url_env = address if reachable else address.replace(":5432", ":9")
        with caplog.at_level(logging.DEBUG):
            told = "".join(
                typed(config, *command, env={"PRESSWATCH__DATABASE__URL": url_env})
                for command in (("config", "show"), ("doctor",), ("recipient", "list"))
            )
    assert found_in(told) == []
    assert found_in(caplog.text) == []
