"""Settings as people may see them: effective values without secrets."""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from pydantic import SecretStr
from ruamel.yaml import YAML

from news.settings.addresses import masked
from news.settings.channels import ChannelEntry
from news.settings.models import Settings
from news.settings.schedules import written_schedule
from news.settings.sections import Section
from news.settings.values import written_duration
from news.source import AnySource
from news.watch.watch import Recipient, Watch

# Headers that never carry a secret; any other one may, whatever its name.
_OPEN_HEADERS = frozenset({"accept", "accept-encoding", "accept-language", "content-type", "origin", "referer"})
_SECRET_NAME = re.compile(r"auth|cookie|credential|hash|key|pass|pwd|secret|session|sign|token", re.IGNORECASE)


def redacted(settings: Settings) -> dict[str, Any]:
    """The settings in force as plain values, safe to show: every secret reads "(set)" or "(not set)"."""
    shown: dict[str, Any] = {"contact": settings.contact, "zone": settings.zone}
    for name in ("database", "crawler", "readers", "smtp", "delivery", "owner", "web", "archive", "copies", "daemon"):
        shown[name] = _section(getattr(settings, name))
    shown["database"]["url"] = masked(settings.database.url.get_secret_value())
    shown["crawler"] |= {"proxy": masked(settings.crawler.proxy), "user_agent": settings.crawler.user_agent}
    shown["delivery"]["default_channel"] = settings.default_channel
    shown["channels"] = [_channel(channel) for channel in settings.channels]
    shown["sources"] = [_source(source) for source in settings.sources]
    shown["concepts"] = [_plain(asdict(concept)) for concept in settings.concepts]
    shown["watches"] = [_watch(watch) for watch in settings.watches]
    shown["recipients"] = [_recipient(recipient) for recipient in settings.recipients]
    return shown


def redacted_text(settings: Settings) -> str:
    """The same as YAML."""
    stream = io.StringIO()
    yaml = YAML()
    yaml.width = 120
    yaml.dump(redacted(settings), stream)
    return stream.getvalue()


def _section(section: Section) -> dict[str, Any]:
    values = section.model_dump(mode="json")
    for name in type(section).model_fields:
        value = getattr(section, name)
        if isinstance(value, SecretStr):
            values[name] = "(set)" if value.get_secret_value() else "(not set)"
    return values


def _channel(channel: ChannelEntry) -> dict[str, Any]:
    return {**_section(channel), "url": f"{channel.place}/(set)" if channel.kind == "webhook" else channel.place}


def _source(source: AnySource) -> dict[str, Any]:
    shown = _way(source)
    shown["alternatives"] = [
        {name: value for name, value in _way(other).items() if name == "kind" or shown.get(name, ...) != value}
        for other in source.alternatives
    ]
    return shown


def _way(source: AnySource) -> dict[str, Any]:
    values: dict[str, Any] = _plain({**asdict(source), "alternatives": ()})
    values |= {name: masked(values[name]) for name in ("url", "base") if name in values}
    if values["paging"]:
        values["paging"]["url"] = masked(values["paging"]["url"])
    if "headers" in values:
        values["headers"] = {
            name: text if name.lower() in _OPEN_HEADERS else "(set)" for name, text in values["headers"].items()
        }
    if "body" in values:
        values["body"] = _without_secrets(values["body"])
    return values


def _plain(value: Any) -> Any:
    """The value as YAML and JSON have it."""
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    if isinstance(value, timedelta):
        return written_duration(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _without_secrets(value: Any) -> Any:
    """The body of a request as declared, values under names that sound like a secret left out."""
    if isinstance(value, dict):
        return {
            name: "(set)" if _SECRET_NAME.search(str(name)) and held else _without_secrets(held)
            for name, held in value.items()
        }
    return [_without_secrets(held) for held in value] if isinstance(value, list) else value


def _watch(watch: Watch) -> dict[str, Any]:
    return {"name": watch.name, "query": watch.query, "mode": str(watch.mode), "enabled": watch.enabled}


def _recipient(recipient: Recipient) -> dict[str, Any]:
    return {
        "address": recipient.address,
        "name": recipient.name,
        "language": recipient.language,
        "channel": recipient.channel,
        "schedule": written_schedule(recipient.schedule),
        "watches": list(recipient.watches),
        "away_until": recipient.away_until.isoformat() if recipient.away_until else None,
        "enabled": recipient.enabled,
    }
