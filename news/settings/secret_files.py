"""Secrets that lie in files of their own: smtp.password_file for smtp.password, database.url_file for database.url."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from news.errors import Complaint
from news.settings.document import Document, Path
from news.settings.environment import Overrides

SECRETS: tuple[tuple[str, str], ...] = (("database", "url"), ("smtp", "password"))
CHANNEL_SECRETS = ("url", "secret")


def with_secrets(
    data: dict[str, Any], document: Document, overrides: Overrides, read_secret: Callable[[str], str]
) -> dict[str, Any]:
    """The values with each secret in its place, read from its file where one is named.

    What the environment says of a secret replaces all that the file says of it; both forms in one place are refused.
    A newline at the file's end is not part of the secret. Complaints name the file, never what is in it.
    """
    filled = dict(data)
    for section, key in SECRETS:
        values = filled.get(section)
        if isinstance(values, dict):
            filled[section] = _filled(dict(values), (section, key), document, overrides, read_secret)
    channels = filled.get("channels")
    if isinstance(channels, list):
        filled["channels"] = entries = list(channels)
        for position, entry in enumerate(entries):
            for key in CHANNEL_SECRETS if isinstance(entry, dict) else ():
                path: Path = ("channels", position, key)
                entries[position] = _filled(dict(entries[position]), path, document, overrides, read_secret)
    return filled


def _filled(
    values: dict[str, Any], path: Path, document: Document, overrides: Overrides, read_secret: Callable[[str], str]
) -> dict[str, Any]:
    key = str(path[-1])
    file_path: Path = (*path[:-1], f"{key}_file")
    from_environment = [one for one in (path, file_path) if one in overrides.names]
    if from_environment:
        values = {
            name: value
            for name, value in values.items()
            if (*path[:-1], name) in from_environment or name not in (key, f"{key}_file")
        }
    name = values.get(f"{key}_file")
    if not name or not isinstance(name, str):
        return values
    if key in values:
        _complain(document, overrides, file_path, f"stands beside {key}", "Keep one of them")
        return values
    try:
        secret = read_secret(name)
    except (OSError, UnicodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it is not a text"
        _complain(document, overrides, file_path, f"names a file that cannot be read: {reason}", "", found=name)
        return values
    secret = secret.removesuffix("\n").removesuffix("\r")
    if not secret:
        _complain(document, overrides, file_path, "names a file that is empty", "", found=name)
        return values
    return {**values, key: secret}


def _complain(
    document: Document, overrides: Overrides, path: Path, problem: str, remedy: str, *, found: str = ""
) -> None:
    variable = overrides.names.get(path)
    if variable is None:
        document.complain(path, problem, remedy, found=found)
        return
    document.complaints.append(
        Complaint(file="environment", line=0, column=0, path=variable, found=found, problem=problem, remedy=remedy)
    )
