"""Settings from the environment: PRESSWATCH__SMTP__HOST stands over smtp.host of config.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic_settings import BaseSettings, EnvSettingsSource

from news.errors import Complaint
from news.settings.document import Path
from news.settings.faults import did_you_mean
from news.settings.models import ConfigFile, sections_below

PREFIX = "PRESSWATCH__"
_DELIMITER = "__"
_LISTS = ("packs", "sources", "concepts", "watches", "recipients", "channels")


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """What the environment sets: values nested like the file, the variable each came from, names that mean nothing."""

    values: dict[str, Any]
    names: dict[Path, str]
    complaints: list[Complaint]

    def over(self, data: Mapping[str, object]) -> dict[str, Any]:
        """The file's values with these over them; neither is changed."""
        merged = dict(data)
        for key, value in self.values.items():
            below = merged.get(key)
            if not isinstance(value, dict):
                merged[key] = value
            elif below is None or isinstance(below, dict):
                merged[key] = {**(below or {}), **value}
        return merged


class _FromMapping(EnvSettingsSource):
    """pydantic-settings' reading of variables, from a mapping that is handed in."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        # It asks the class for nothing but its fields and their configuration, which every model has.
        super().__init__(
            cast(type[BaseSettings], ConfigFile),
            case_sensitive=False,
            env_prefix=PREFIX,
            env_nested_delimiter=_DELIMITER,
        )

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): value for name, value in self._variables.items()}


def read_environment(env: Mapping[str, str]) -> Overrides:
    """Sort out the variables that begin with PRESSWATCH__, in capitals or not; others are not looked at."""
    known = {f"{PREFIX}{_DELIMITER.join(path)}".upper(): path for path in _paths()}
    usable: dict[str, str] = {}
    names: dict[Path, str] = {}
    complaints: list[Complaint] = []
    for name in sorted(env):
        if not name.upper().startswith(PREFIX):
            continue
        path = known.get(name.upper())
        if path is None:
            complaints.append(_unknown(name, known))
        else:
            usable[name], names[path] = env[name], name
    return Overrides(values=_FromMapping(usable)(), names=names, complaints=complaints)


def _paths() -> Iterator[tuple[str, ...]]:
    """Every setting that one variable can hold: all but the lists."""
    sections = dict(sections_below(ConfigFile))
    for at, section in sections.items():
        if at[:1] and at[0] in _LISTS:
            continue
        for name in section.model_fields:
            if (*at, name) not in sections and name not in _LISTS:
                yield (*at, name)


def _unknown(name: str, known: Mapping[str, Path]) -> Complaint:
    first = name[len(PREFIX) :].split(_DELIMITER)[0].lower()
    remedy = did_you_mean(name, known)
    if first in _LISTS:
        remedy = f"{first} are written in config.yaml only"
    return Complaint(
        file="environment", line=0, column=0, path=name, found="", problem="is not a setting", remedy=remedy
    )
