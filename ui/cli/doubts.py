"""What is no fault of config.yaml but cannot work as it stands; `presswatch config check` tells it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from news.egress import allowed_address, literal_addresses
from news.extras import POSTGRES, how_to_install
from news.settings import Settings
from news.source import AnySource


def doubts(settings: Settings) -> list[str]:
    """Return a sentence, with its remedy, for each thing that is written properly and will not work; dials nothing."""
    return [*_nothing_there(settings), *_never_dialled(settings), *_no_driver(settings), *_no_channel(settings)]


def template_doubts(settings: Settings, home: Path) -> list[str]:
    """Return what is wrong with the owner's own templates, with file and line. home: where relative paths start."""
    from scheduler.digest.templating import faults

    name = settings.delivery.templates
    return [str(fault) for fault in faults(home / name)] if name else []


def signature_doubts(settings: Settings, home: Path) -> list[str]:
    """Return why mails cannot be signed as smtp.dkim says: the library, the key. home: where relative paths start."""
    from news.errors import SettingsError
    from scheduler.delivery.dkim import signer

    if settings.smtp.dkim is None:
        return []
    try:
        signer(settings.smtp.dkim, home)
    except SettingsError as error:
        return [f"{one.path} {one.problem}. {one.remedy}".rstrip() for one in error.complaints]
    return []


def key_doubts(settings: Settings, home: Path) -> list[str]:
    """Return why addresses for refused mail to come back to cannot be signed; makes no key where there is none yet."""
    from news.errors import StorageError
    from scheduler.keys import KEY_FILE, signing_key

    if not settings.smtp.bounces or not (home / KEY_FILE).exists():
        return []
    try:
        signing_key(home)
    except StorageError as error:
        return [f"smtp.bounces needs the key of this installation: {error}"]
    return []


def _nothing_there(settings: Settings) -> Iterator[str]:
    if not any(source.enabled for source in settings.sources):
        yield "No source is enabled, so nothing is read: add one under sources."
    if not settings.watches:
        yield "There is no watch here, so only those of `presswatch watch add` are looked for."
    if not settings.recipients:
        yield "There is no recipient here, so only those of `presswatch recipient add` get digests."


def _never_dialled(settings: Settings) -> Iterator[str]:
    for source in settings.sources:
        address = _forbidden(source, settings) if source.enabled else ""
        if address:
            yield (
                f"The source {source.id} lies at {address}, which is not a public address, and is never read: "
                "allow its network in crawler.allow_networks, or correct its url."
            )


def _forbidden(source: AnySource, settings: Settings) -> str:
    """The address that the source's url spells where the crawler refuses it; a name is left to the day it is looked up.

    The rule is the one by which the crawler refuses it.
    """
    addresses = literal_addresses(urlsplit(source.url).hostname or "")
    networks = settings.crawler.allow_networks
    return next((one for one in addresses if not allowed_address(one, networks)), "")


def _no_driver(settings: Settings) -> Iterator[str]:
    if not settings.database.url.get_secret_value().startswith("postgresql"):
        return
    try:
        # Found is not enough: it also needs the library libpq, and says so only when it is imported.
        import_module("psycopg")
    except ImportError:
        yield f"database.url names PostgreSQL, whose driver is not there. Install it with: {how_to_install(POSTGRES)}"


def _no_channel(settings: Settings) -> Iterator[str]:
    from scheduler.delivery import channel_doubts

    for name, doubt in channel_doubts(settings).items():
        if doubt:
            yield f"Nothing reaches the channel {name}: {doubt}."
