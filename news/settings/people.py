"""How watches and recipients are written in config.yaml."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, model_validator

from news.settings.addresses import check_mailbox
from news.settings.channels import BUILT_IN
from news.settings.faults import wrong
from news.settings.schedules import CalendarDay, ScheduleEntry, schedule_of
from news.settings.sections import Section
from news.settings.values import Line, Lines
from news.watch.watch import Mode, Origin, Recipient


class WatchEntry(Section):
    """One thing to look for: query text, or lists of phrases."""

    model_config = ConfigDict(title="Watch")

    name: Line
    """What digests call it. Anyone who gets them reads it."""

    query: str | None = None
    """The watch in the watch language: "Red Crescent" OR IFRC. Write either this or lists."""

    any: Annotated[Lines, Field(min_length=1)] | None = None
    """Phrases of which one is enough, one a line."""

    keywords: Annotated[Lines, Field(min_length=1)] | None = None
    """Another name for any."""

    also: Lines = ()
    """Phrases of which one must stand in the text as well."""

    not_: Annotated[Lines, Field(alias="not")] = ()
    """Phrases that must not stand in the text."""

    mode: Mode = Mode.DIGEST
    """digest: told with the next digest. instant: told within a minute."""

    enabled: bool = True
    """false keeps the watch without looking for it."""

    pinned: bool = False
    """true puts its stories first in every digest."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [name for name in ("query", "any", "keywords") if getattr(self, name) is not None]
        if not forms:
            raise wrong("says nothing to look for", "Add any: [phrase, another phrase], or query: with query text")
        if len(forms) > 1:
            raise wrong(f"has both {forms[0]} and {forms[1]}", "Keep one of them")
        if self.query is not None and (self.also or self.not_):
            raise wrong("has both query and lists", "Say it all in query (AND, NOT), or all in any, also and not")
        return self

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of which one is enough, whichever key they were written under."""
        return self.any or self.keywords or ()


def _of_its_channel(address: str, info: ValidationInfo) -> str:
    """What an address has to be depends on its channel, which is read before it."""
    return check_mailbox(address) if info.data.get("channel", "") in ("", *BUILT_IN) else address


class RecipientEntry(Section):
    """A person or desk that gets digests."""

    model_config = ConfigDict(title="Recipient")

    channel: Line | Literal[""] = ""
    """email, folder or one of `channels`; left out, as delivery.channel says."""

    address: Annotated[Line, AfterValidator(_of_its_channel)]
    """Mail address; on the folder channel it names the subfolder, on a channel of `channels` any name will do."""

    name: str = ""
    """Name of the person or desk."""

    language: Literal["en", "ru", "kk"] = "en"
    """Language of the digest's own words; the news stays in its own."""

    schedule: ScheduleEntry = ScheduleEntry()
    """When the digest is sent."""

    watches: Lines = ()
    """Names of the watches to get; left out, all of them."""

    away_until: CalendarDay | None = None
    """The day on which they are back, as 2026-12-01: nothing is sent before, then one digest covers all of it."""

    enabled: bool = True
    """false keeps the entry without sending anything."""


def recipient_of(entry: RecipientEntry, *, zone: str) -> Recipient:
    """The recipient that an entry means; `zone` is the one at the top of the file."""
    return Recipient(
        address=entry.address,
        name=entry.name,
        channel=entry.channel,
        language=entry.language,
        schedule=schedule_of(entry.schedule, zone=zone),
        watches=entry.watches,
        away_until=entry.away_until,
        origin=Origin.CONFIG,
        enabled=entry.enabled,
    )
