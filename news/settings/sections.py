"""The sections of config.yaml that say how presswatch works; each key's text is its description in the schema."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, SecretStr, model_validator

from news.settings.addresses import DatabaseAddress, Mailbox, Networks, ProxyAddress
from news.settings.faults import wrong
from news.settings.values import WHOLE, Duration, Seconds

PRODUCT = "presswatch/0.1"


class Section(BaseModel):
    """What every part of config.yaml has in common: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Database(Section):
    """Where everything is kept."""

    url: DatabaseAddress = SecretStr("sqlite:///var/presswatch.db")
    """Address of the database: a file for SQLite, or a PostgreSQL server. A password in it is never shown."""

    url_file: str = ""
    """File that holds the address instead of `url`, as containers hand secrets over."""


class Crawler(Section):
    """How sites are visited."""

    delay: Seconds = 1.5
    """Pause between two requests to one host, in seconds."""

    timeout: Seconds = 20.0
    """How long one request may take, in seconds."""

    max_size: Annotated[int, Field(ge=10_000, le=100_000_000), WHOLE] = 5_000_000
    """Largest answer that is read, in bytes after decompression."""

    deadline: Seconds = 120.0
    """How long one visit to a source may take in all, in seconds."""

    proxy: ProxyAddress = ""
    """Web proxy to go through, for example http://proxy.example.org:3128; empty means none."""

    ca_bundle: str = ""
    """File with further certificate authorities to trust, in PEM form. Certificates are always verified."""

    allow_networks: Networks = ()
    """Networks that may be dialled although they are not public, for example 10.0.0.0/8. Others are refused."""

    _contact: str = PrivateAttr("")

    @property
    def user_agent(self) -> str:
        """How the reader names itself to sites: product, version and whom to ask."""
        return f"{PRODUCT} (+{self._contact})"

    def speaking_for(self, contact: str) -> Self:
        """The same crawler with `contact` in its User-Agent."""
        crawler = self.model_copy()
        crawler._contact = contact
        return crawler


class Readers(Section):
    """The separate processes that take pages apart, so that a hostile page harms nothing else."""

    processes: Annotated[int, Field(ge=1, le=16), WHOLE] = 2
    """How many of them: with two, the pages of other sources are read while one page occupies or breaks its reader."""

    deadline: Seconds = 20.0
    """How long one page may take, in seconds, before its reader is ended and started anew."""

    memory_mb: Annotated[int, Field(ge=200, le=65_536), WHOLE] = 700
    """How much memory one reader may use, in megabytes."""

    inline_below: Annotated[int, Field(ge=0, le=4_000), WHOLE] = 4_000
    """Pages smaller than this many bytes, and of few entries, are taken apart without a separate process."""


class Dkim(Section):
    """The signature that says which domain answers for a mail."""

    domain: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")]
    """Domain that signs, the one of the sender: example.org."""

    selector: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")]
    """Name of the key: its public half stands in the DNS under SELECTOR._domainkey.DOMAIN."""

    key_file: Annotated[str, Field(min_length=1)]
    """File with the private RSA key in PEM form."""


class Smtp(Section):
    """The mail server that takes the digests. While `host` is empty they are written to a folder."""

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:\[\]_-]*$")] = ""
    """Name of the mail server, for example mail.example.org."""

    port: Annotated[int, Field(ge=1, le=65_535), WHOLE] = 587
    """Its port: 587 for starttls, 465 for tls. Left out, it follows `security`."""

    security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is protected; none only for a server on the same machine."""

    username: str = ""
    """Name to log in with; empty means no login."""

    password: SecretStr = SecretStr("")
    """Password to log in with. Better in the environment, PRESSWATCH__SMTP__PASSWORD, or in a file."""

    password_file: str = ""
    """File that holds the password instead of `password`, as containers hand secrets over."""

    sender: Mailbox = "presswatch@localhost"
    """Address that the digests come from."""

    timeout: Seconds = 30.0
    """How long the server may take to answer, in seconds."""

    rate: Annotated[int, Field(ge=0, le=100_000), WHOLE] = 0
    """How many mails a minute at most, where the server counts them; 0 means as fast as it takes them."""

    connection_mails: Annotated[int, Field(ge=0, le=100_000), WHOLE] = 100
    """How many mails go over one connection before a new one is opened, which some servers want; 0 means no end."""

    bounces: Annotated[Mailbox | Literal[""], Field()] = ""
    """Address that reports of undelivered mail go to, for example bounces@example.org. Each mail gets one of its own,
    bounces+CODE@example.org, so that a report says whose digest it was. Empty: they go to the sender."""

    bounces_maildir: str = ""
    """Maildir that those reports arrive in; it is looked into at each tick."""

    dkim: Dkim | None = None
    """Sign each mail with DKIM; only where the mail server does not sign itself."""

    @model_validator(mode="before")
    @classmethod
    def _port_follows_security(cls, given: object) -> object:
        if isinstance(given, dict) and given.get("security") == "tls" and "port" not in given:
            return {**given, "port": 465}
        return given

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.host and "sender" not in self.model_fields_set:
            raise wrong("has a host but no sender", "Add the address that the digests come from, as sender")
        if self.bounces_maildir and not self.bounces:
            raise wrong("has bounces_maildir but no bounces", "Add the address whose mail arrives there, as bounces")
        if self.password.get_secret_value() and not self.username:
            raise wrong("has a password but no username", "Add username, or take the password out")
        return self


class Delivery(Section):
    """How digests leave."""

    channel: Literal["auto", "email", "folder"] = "auto"
    """Where digests go: email, folder, or auto: email as soon as smtp.host is set, the folder until then."""

    folder: Annotated[str, Field(min_length=1)] = "var/mail"
    """Folder for the channel of that name; each digest becomes an .eml file that a mail program opens."""

    lease: Duration = timedelta(minutes=3)
    """After a crash, how long a digest that was being sent stays reserved before it is sent again."""

    keep_days: Annotated[int, Field(ge=1, le=36_500), WHOLE] = 30
    """How many days the text of a digest is kept after it was delivered; that it was, and how, stays."""

    alerts_an_hour: Annotated[int, Field(ge=0, le=1_000), WHOLE] = 5
    """How many alerts a recipient gets within an hour one by one; further ones come together, every 30 minutes. 0: all
    of them one by one."""

    templates: str = ""
    """Folder with your own templates of digests, each in place of the shipped one of its name. Empty: none."""


class Archive(Section):
    """What is kept of items."""

    keep_days: Annotated[int, Field(ge=30, le=36_500), WHOLE] | None = None
    """How many days an item is kept after it was last new, changed or found; left out, for ever."""


class Copies(Section):
    """What is kept of pages as they were received, for items that a watch found."""

    keep_days: Annotated[int, Field(ge=1, le=36_500), WHOLE] = 400
    """How many days a copy is kept after it was received."""


class Daemon(Section):
    """How the program paces itself while it runs."""

    tick: Seconds = 30.0
    """How often it looks for what is due, in seconds."""

    grace: Annotated[Seconds, Field(ge=5)] = 15.0
    """How long it may take to finish what it is doing when asked to stop, in seconds; at least 5."""

    fresh: Duration = timedelta(hours=24)
    """On a source's first visit, items older than this alert nobody: a new source does not flood the digest."""
