"""The section of config.yaml about whoever looks after this installation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_settings import NoDecode

from news.settings.addresses import OptionalMailbox
from news.settings.faults import wrong
from news.settings.sections import Section
from news.settings.values import ONE_OR_MANY, Duration

_DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*")


def _split(value: object) -> object:
    # One line separated by commas is the form for the environment.
    return [part for part in re.split(r"[\s,]+", value) if part] if isinstance(value, str) else value


def _domains(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if not _DOMAIN.fullmatch(name):
            raise wrong("names something that is not a domain", "Write what stands behind the @: example.org")
    return tuple(name.lower() for name in names)


Domains = Annotated[
    tuple[str, ...], NoDecode, BeforeValidator(_split), AfterValidator(_domains), WithJsonSchema(ONE_OR_MANY)
]


class Owner(Section):
    """Who looks after this installation, and is told what is wrong with it."""

    address: OptionalMailbox = ""
    """Mail address that troubles are told to: sources that fail, a full disk, paused recipients. Empty: to the log
    only."""

    domains: Domains = ()
    """Your own mail domains, for example [example.org]. Recipients elsewhere confirm before they get digests; empty
    means that nobody has to."""

    language: Literal["en", "ru", "kk"] = "en"
    """Language of the mails about troubles."""

    pause: Duration = timedelta(hours=6)
    """How long after one mail about troubles the next waits and gathers; the first one goes at once."""
