"""From the text of config.yaml and the environment to settings, or to the complete list of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from news.catalogue import shipped_packs
from news.errors import Complaint, SettingsError
from news.lexicon import shipped, with_own
from news.settings.catalogue import declared_sources
from news.settings.channels import ChannelEntry
from news.settings.checks import make_channels, make_recipients, make_watches
from news.settings.concepts import ConceptEntry, make_concepts
from news.settings.document import Document, read_document
from news.settings.environment import read_environment
from news.settings.expand import make_sources
from news.settings.explain import complain_about
from news.settings.models import ConfigFile, Settings
from news.settings.packs import Catalogue, chosen_packs
from news.settings.people import RecipientEntry, WatchEntry
from news.settings.secret_files import with_secrets

Entry = TypeVar("Entry")
_CONCEPT = TypeAdapter(ConceptEntry)
_WATCH = TypeAdapter(WatchEntry)
_CHANNEL = TypeAdapter(ChannelEntry)
_RECIPIENT = TypeAdapter(RecipientEntry)


def parse_settings(
    text: str,
    env: Mapping[str, str],
    *,
    file: str = "config.yaml",
    read_secret: Callable[[str], str],
    catalogue: Mapping[str, str] | None = None,
    sites: Collection[str] | None = None,
    channel_kinds: Collection[str] | None = None,
) -> Settings:
    """Read and check all settings; raises SettingsError with every complaint, in the order of the file.

    text: config.yaml. env: the environment; of it PRESSWATCH__... count, over the file. file: its name, for complaints.
    read_secret: gives the text of a file that holds a secret, raises OSError where it cannot. catalogue: the texts of
    the packs by name; None means those that come with the program. sites: the names that a source's `site` may have;
    None where they are not known here, and then any will do. channel_kinds: those of channels, likewise.
    """
    document = read_document(text, file=file)
    overrides = read_environment(env)
    document.complaints.extend(overrides.complaints)
    data = with_secrets(overrides.over(document.data), document, overrides, read_secret)
    config = _validated(data, document, overrides.names)
    # Entry by entry, so that a fault in one place does not hide the faults in another.
    zone = config.zone if config else ""
    shelf = Catalogue(shipped_packs() if catalogue is None else catalogue)
    packs = chosen_packs(data.get("packs"), document, shelf)
    sources = make_sources(declared_sources(data.get("sources"), document, packs, shelf), sites=sites)
    concepts = make_concepts(_usable(_CONCEPT, data.get("concepts")), document)
    lexicon = with_own(shipped(), concepts) if concepts else None
    watches = make_watches(_usable(_WATCH, data.get("watches")), document, lexicon)
    recipients = make_recipients(
        _usable(_RECIPIENT, data.get("recipients")),
        document,
        zone=zone,
        watch_names=_names(data.get("watches")),
        channel_names=_names(data.get("channels")),
        mail=_has_mail_server(data),
    )
    channels = make_channels(_usable(_CHANNEL, data.get("channels")), document, kinds=channel_kinds)
    _check_delivery(data, document)
    complaints = [*document.complaints, *shelf.complaints]
    if config is None or complaints:
        raise SettingsError(_in_order(complaints))
    return Settings(
        contact=config.contact,
        zone=config.zone,
        database=config.database,
        crawler=config.crawler.speaking_for(config.contact),
        readers=config.readers,
        smtp=config.smtp,
        delivery=config.delivery,
        archive=config.archive,
        copies=config.copies,
        daemon=config.daemon,
        sources=sources,
        watches=watches,
        recipients=recipients,
        concepts=concepts,
        owner=config.owner,
        channels=channels,
        web=config.web,
    )


def _in_order(complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """Each once, in the order of the file; what only the environment or a pack says comes after."""
    return tuple(sorted(dict.fromkeys(complaints), key=lambda one: (one.line == 0, one.line, one.column)))


def _validated(
    data: dict[str, Any], document: Document, variables: Mapping[tuple[str | int, ...], str]
) -> ConfigFile | None:
    # Sources are checked one by one, when the catalogue and the rows of `for` have made them whole.
    sources = [] if isinstance(data.get("sources"), list) else data.get("sources", [])
    try:
        return ConfigFile.model_validate({**data, "sources": sources})
    except ValidationError as error:
        complain_about(error, document, variables)
    return None


def _usable(form: TypeAdapter[Entry], raw: object) -> dict[int, Entry]:
    """The entries without a fault of their own, by position."""
    entries: dict[int, Entry] = {}
    for position, value in enumerate(raw if isinstance(raw, list) else ()):
        try:
            entries[position] = form.validate_python(value)
        except ValidationError:
            continue  # complained about already, with the whole file
    return entries


def _names(raw: object) -> frozenset[str]:
    entries = raw if isinstance(raw, list) else ()
    return frozenset(str(entry["name"]).strip() for entry in entries if isinstance(entry, dict) and "name" in entry)


def _section(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = data.get(name)
    return section if isinstance(section, dict) else {}


def _has_mail_server(data: Mapping[str, Any]) -> bool:
    return bool(_section(data, "smtp").get("host"))


def _check_delivery(data: Mapping[str, Any], document: Document) -> None:
    if _section(data, "delivery").get("channel") == "email" and not _has_mail_server(data):
        document.complain(("delivery", "channel"), "needs a mail server", "Set smtp.host, or write auto", found="email")
