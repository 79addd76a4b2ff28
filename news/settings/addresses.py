"""Addresses and places as config.yaml holds them: mailboxes, web addresses, networks, databases, time zones."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, SecretStr, WithJsonSchema
from pydantic_settings import NoDecode

from news.settings.faults import did_you_mean, wrong

_MAILBOX = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]+@[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]+")
_CONTACT_PAGE = re.compile(r"https?://[\x21-\x27\x2a-\x7e]+")  # no brackets: it stands in brackets in the User-Agent
# A bare @ in a password would make part of it the host's name, and be shown as such.
_SERVER = re.compile(
    r"postgresql\+psycopg://"
    r"(?:[^:/?#@]*(?::[^:/?#@]*)?@)?"
    r"(?:\[[0-9a-f:.]+\]|[^:/?#@\[\]]*)(?::[0-9]+)?"
    r"(?:/[^/?#@]*)?(?:\?[^@]*)?",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"^([a-z][a-z0-9+.\-]*://)([^:/?#@]*)(:.*)?@", re.IGNORECASE | re.DOTALL)
_LOGIN_PARAMETER = re.compile(r"([?&][^=&]*(?:pass|secret|token|key(?==))[^=&]*=)[^&]*", re.IGNORECASE)


def masked(address: str) -> str:
    """The address with its password replaced, wherever in it one may stand; for showing to people."""
    shown = _LOGIN.sub(lambda found: f"{found[1]}{found[2]}{':(set)' if found[3] else ''}@", address)
    return _LOGIN_PARAMETER.sub(r"\1(set)", shown)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        remedy = did_you_mean(name, available_timezones()) or "Write for example Asia/Almaty"
        raise wrong("is not a time zone", remedy) from None
    return name


def check_mailbox(text: str) -> str:
    """Give a bare mail address back; raises the validator's error for anything else."""
    if not _MAILBOX.fullmatch(text):
        raise wrong("is not a mail address", "Write it bare, for example desk@example.org")
    return text


def _contact(text: str) -> str:
    if not text.isascii() or not (_MAILBOX.fullmatch(text) or _CONTACT_PAGE.fullmatch(text)):
        raise wrong("is neither a mail address nor a web address", "The sites that are read must know whom to ask")
    return text


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        named = parts.username is not None
    except ValueError:
        usable = named = False
    if not usable or re.search(r"\s", text):
        raise wrong("is not a web address", "Write it whole, beginning with https://")
    if named:
        raise wrong("holds a user name", "Addresses are shown to people; a source behind a login cannot be read")
    return text


def _proxy(text: str) -> str:
    if text and not re.match(r"https?://[^/\s]", text):
        raise wrong("is not the address of a proxy", "Write for example http://proxy.example.org:3128")
    return text


def _database(secret: SecretStr) -> SecretStr:
    url = secret.get_secret_value()
    if url.startswith(("postgres://", "postgresql://")):
        raise wrong("names no driver", "Begin with postgresql+psycopg://")
    if not re.match(r"sqlite:///.|postgresql\+psycopg://.", url):
        raise wrong(
            "is not a database address",
            'Write "sqlite:///var/presswatch.db" or "postgresql+psycopg://user:password@host/database"',
        )
    if url.startswith("postgresql") and not _SERVER.fullmatch(url):
        raise wrong(
            "cannot be taken apart into user, password, host and database",
            "A sign of the user or password that separates them must be percent-encoded: @ as %40, : as %3A, / as %2F",
        )
    return secret


def _networks(value: object) -> object:
    # One line separated by commas is the form for the environment.
    entries = [part for part in re.split(r"[\s,]+", value) if part] if isinstance(value, str) else value
    return tuple(_network(entry) for entry in entries) if isinstance(entries, list | tuple) else entries


def _network(entry: object) -> IPv4Network | IPv6Network:
    if isinstance(entry, IPv4Network | IPv6Network):
        return entry
    try:
        if isinstance(entry, str):
            return ip_network(entry)
    except ValueError:
        pass
    raise wrong("names something that is not a network", "Write for example 127.0.0.0/8 or 10.1.2.3/32")


Zone = Annotated[str, AfterValidator(_zone)]
Mailbox = Annotated[str, AfterValidator(check_mailbox)]
OptionalMailbox = Annotated[str, AfterValidator(lambda text: check_mailbox(text) if text else "")]
Contact = Annotated[str, AfterValidator(_contact)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
OptionalWebAddress = Annotated[str, AfterValidator(lambda text: _web_address(text) if text else "")]
ProxyAddress = Annotated[str, AfterValidator(_proxy)]
DatabaseAddress = Annotated[SecretStr, AfterValidator(_database)]
Networks = Annotated[
    tuple[IPv4Network | IPv6Network, ...],
    NoDecode,
    BeforeValidator(_networks),
    WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}),
]
