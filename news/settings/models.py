"""config.yaml as a whole, and the settings that come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict

from news.lexicon import Concept, Lexicon, shipped, with_own
from news.settings.addresses import Contact, Zone
from news.settings.channels import ChannelEntry
from news.settings.concepts import ConceptEntry
from news.settings.owner import Owner
from news.settings.people import RecipientEntry, WatchEntry
from news.settings.sections import Archive, Copies, Crawler, Daemon, Database, Delivery, Readers, Section, Smtp
from news.settings.sources import SourceForm
from news.settings.values import Lines
from news.settings.web import Web
from news.source import AnySource
from news.watch.watch import Recipient, Watch


class ConfigFile(Section):
    """The settings of presswatch: which sources are read, what is looked for, and who is told."""

    model_config = ConfigDict(title="presswatch config.yaml")

    contact: Contact
    """Whom the sites may ask about this reader: a mail address or a web page. It goes into every request."""

    zone: Zone = "Asia/Almaty"
    """Time zone of the desk: digest hours are meant in it unless a recipient has another."""

    packs: Lines | None = None
    """Packs of the catalogue that are read; left out, those meant for everybody, [] for none."""

    sources: tuple[SourceForm, ...] = ()
    """Sources of your own, and declarations of the catalogue that you change with `use`."""

    concepts: tuple[ConceptEntry, ...] = ()
    """Concepts of your own for watches: @id there means all their names."""

    watches: tuple[WatchEntry, ...] = ()
    """What is looked for. Watches written here are edited here and nowhere else."""

    recipients: tuple[RecipientEntry, ...] = ()
    """Who gets digests. Recipients written here are edited here and nowhere else."""

    channels: tuple[ChannelEntry, ...] = ()
    """Further ways out beside email and folder: web addresses and chats that recipients name as their channel."""

    delivery: Delivery = Delivery()
    """How digests leave."""

    owner: Owner = Owner()
    """Who looks after this installation."""

    web: Web = Web()
    """The pages that digests link to, and feeds. Nothing is served while it does not listen."""

    smtp: Smtp = Smtp()
    """The mail server. While its host is empty, digests are written to a folder."""

    database: Database = Database()
    """Where everything is kept."""

    crawler: Crawler = Crawler()
    """How sites are visited."""

    readers: Readers = Readers()
    """The processes that take pages apart."""

    archive: Archive = Archive()
    """What is kept of items."""

    copies: Copies = Copies()
    """What is kept of pages as they were received."""

    daemon: Daemon = Daemon()
    """How the program paces itself."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What config.yaml and the environment say, checked: sources expanded, watches parsed, secrets read."""

    contact: str
    zone: str
    owner: Owner
    web: Web
    database: Database
    crawler: Crawler
    readers: Readers
    smtp: Smtp
    delivery: Delivery
    archive: Archive
    copies: Copies
    daemon: Daemon
    sources: tuple[AnySource, ...]
    watches: tuple[Watch, ...]
    recipients: tuple[Recipient, ...]
    concepts: tuple[Concept, ...] = ()
    channels: tuple[ChannelEntry, ...] = ()

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """What the concepts of watches mean; None is the shipped lexicon, which is then read only where one is met."""
        return with_own(shipped(), self.concepts) if self.concepts else None

    @property
    def default_channel(self) -> str:
        """Where digests go that name no channel: as delivery.channel says, or email once there is a mail server."""
        if self.delivery.channel != "auto":
            return self.delivery.channel
        return "email" if self.smtp.host else "folder"


def sections_below(
    model: type[BaseModel], at: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    """Every section of the file with its place as pydantic's errors name it, list positions left out.

    A source's place carries its kind: ("sources", "json", "fields").
    """
    yield at, model
    for name, field in model.model_fields.items():
        inner = list(_models_in(field.annotation))
        for found in inner:
            kinds = get_args(found.model_fields["kind"].annotation) if len(inner) > 1 else ()
            yield from sections_below(found, (*at, field.alias or name, *kinds))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
