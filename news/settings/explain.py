"""pydantic's errors, turned into complaints that a press officer can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from news.errors import Complaint
from news.settings.addresses import masked
from news.settings.document import Document, Path
from news.settings.faults import did_you_mean, plain, quoted_names
from news.settings.models import ConfigFile, sections_below
from news.settings.secret_files import CHANNEL_SECRETS, SECRETS
from news.settings.sources import KINDS

_SECTIONS: dict[tuple[str, ...], type[BaseModel]] = dict(sections_below(ConfigFile))
_ANY_KIND = next(iter(KINDS))
_ABOUT_KEYS = ("extra_forbidden", "missing")
_NEVER_SHOWN: frozenset[Path] = frozenset(SECRETS) | {("smtp",), ("database",), ("crawler",), ("crawler", "proxy")}
Explanation = tuple[str, str]


def complain_about(error: ValidationError, document: Document, variables: Mapping[Path, str]) -> None:
    """Note every fault of `error`, which is about the whole file, in the document.

    variables: the paths that the environment set, with the names of its variables.
    """
    for detail in error.errors(include_url=False):
        path = detail["loc"]
        problem, remedy = _explained(detail, path)
        variable = variables.get(path) or _only_from(path, document, variables)
        if variable is None:
            _complain(document, path, detail, problem, remedy)
            continue
        given = detail["input"]
        shown = isinstance(given, str) and not _is_secret(path) and detail["type"] not in _ABOUT_KEYS
        document.complaints.append(
            Complaint(
                file="environment",
                line=0,
                column=0,
                path=variable,
                found=masked(given[:60]) if shown else "",
                problem=problem,
                remedy=remedy,
            )
        )


def complain_about_source(error: ValidationError, place: Callable[[Path], tuple[Document, Path]]) -> None:
    """Note every fault of one source's declaration; `place` tells in which document a path of it was written."""
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        named = loc if loc[:1] and loc[0] in KINDS else (_ANY_KIND, *loc)
        problem, remedy = _explained(detail, ("sources", *named))
        path = named[1:]
        if detail["type"].startswith("union_tag"):
            path = ("kind",)
        document, written = place(path)
        _complain(document, written, detail, problem, remedy)


def _complain(document: Document, path: Path, detail: ErrorDetails, problem: str, remedy: str) -> None:
    hidden = detail["type"] in _ABOUT_KEYS or _is_secret(path) or "headers" in path
    found = "" if hidden else _written(path, document, detail["input"])
    document.complain(path, problem, remedy, found=found, key=detail["type"] == "extra_forbidden")


def _is_secret(path: Path) -> bool:
    """Whether a secret may stand at the path, or all around it."""
    of_channel = path[:1] == ("channels",) and (len(path) < 3 or path[2] in CHANNEL_SECRETS)
    return path in _NEVER_SHOWN or of_channel


def _explained(detail: ErrorDetails, loc: Path) -> Explanation:
    """The problem and the remedy. loc: where it is, a source's kind after the list's name."""
    field = _field(loc)
    given: dict[str, Any] = {
        "key": loc[-1] if loc else "",
        "input": detail["input"],
        "message": detail["msg"],
        "about": (field.description or "").split(". ")[0].rstrip(".") if field else "",
        **detail.get("ctx", {}),
    }
    if detail["type"] == "extra_forbidden":
        given["known"] = _keys(loc[:-1])
        given["kinds"] = _kinds_with(loc)
    return _explanation(detail["type"], given)


def _names(loc: Path) -> tuple[str, ...]:
    return tuple(part for part in loc if isinstance(part, str))


def _keys(loc: Path) -> list[str]:
    section = _SECTIONS.get(_names(loc))
    return [field.alias or name for name, field in section.model_fields.items()] if section else []


def _kinds_with(loc: Path) -> list[str]:
    """The kinds of sources that have such a key in the place of this one."""
    list_name, kind, *below = _names(loc)[:3] if len(_names(loc)) == 3 else ("", "")
    if list_name != "sources" or kind not in KINDS:
        return []
    return [other for other in KINDS if below[0] in _keys((list_name, other))]


def _field(loc: Path) -> FieldInfo | None:
    *above, name = _names(loc) or ("",)
    section = _SECTIONS.get(tuple(above))
    fields = section.model_fields if section else {}
    return next((field for key, field in fields.items() if name == (field.alias or key)), None)


def _only_from(path: Path, document: Document, variables: Mapping[Path, str]) -> str | None:
    """A variable below `path` where the file itself says nothing there."""
    if path in document.values:
        return None
    return next((name for below, name in variables.items() if path and below[: len(path)] == path), None)


def _written(path: Path, document: Document, given: object) -> str:
    """What stands in the file, unless it is a whole section whose parts do not agree."""
    written = masked(document.written(path))
    return "" if isinstance(given, dict) and written == "a section" else written


def _not_a_text(given: Mapping[str, Any]) -> Explanation:
    value = given["input"]
    if value is None:
        return "has no value", "Write one, or take the line out"
    if isinstance(value, bool):
        return "is read as yes or no, not as text", "Put it in quotes"
    if isinstance(value, int | float):
        return "is read as a number, not as text", "Put it in quotes"
    if isinstance(value, dict):
        return "is read as a key with a value, not as text", "Put the text in quotes, for it holds a colon"
    return "is a list where one text belongs", "Write one text"


def _unknown_key(given: Mapping[str, Any]) -> Explanation:
    if given["kinds"]:
        return "is not a key here", f"It belongs to kind: {' or kind: '.join(given['kinds'])}"
    return "is not a key here", did_you_mean(str(given["key"]), given["known"])


def _one_of(given: Mapping[str, Any]) -> Explanation:
    expected = quoted_names(given.get("expected") or given.get("expected_tags") or "")
    value = given.get("tag", given["input"])
    if isinstance(value, bool):
        return (
            "is read as yes or no",
            f"Put it in quotes; possible here: {', '.join(name for name in expected if name)}",
        )
    return "is not one of the words possible here", did_you_mean(str(value), [name for name in expected if name])


def _explanation(kind: str, given: Mapping[str, Any]) -> Explanation:
    """The problem and the remedy; where a kind of error is not foreseen, what pydantic says."""
    if kind in _FIXED:
        return _FIXED[kind]
    explain = _DEPENDING.get(kind)
    return explain(given) if explain else (str(given["message"]).lower(), str(given["about"]))


_FIXED: dict[str, Explanation] = {
    **dict.fromkeys(("bool_parsing", "bool_type"), ("is neither true nor false", "Write true or false")),
    **dict.fromkeys(
        ("float_parsing", "float_type", "finite_number"),
        ("is not a number", "Write digits, with a point for fractions"),
    ),
    **dict.fromkeys(("int_from_float", "int_parsing", "int_type"), ("is not a whole number", "Write digits only")),
    **dict.fromkeys(("list_type", "tuple_type"), ("is not a list", 'Write one entry a line, each beginning with "- "')),
    **dict.fromkeys(
        ("dict_type", "model_attributes_type", "model_type"),
        ("is not a section", "Write its keys below it, each on a line of its own, indented"),
    ),
    **dict.fromkeys(("string_too_short", "too_short"), ("is empty", "Write something, or take the line out")),
    "int_parsing_size": ("is too large", "Write fewer digits"),
    "union_tag_not_found": (
        "is missing",
        f"Write kind: {' or kind: '.join(KINDS)}; or use: and the name of a declaration of the catalogue",
    ),
}
_DEPENDING: dict[str, Callable[[Mapping[str, Any]], Explanation]] = {
    "enum": _one_of,
    "extra_forbidden": _unknown_key,
    "greater_than": lambda given: ("is too small", f"Write more than {plain(given['gt'])}"),
    "greater_than_equal": lambda given: ("is too small", f"Write {plain(given['ge'])} at least"),
    "less_than_equal": lambda given: ("is too large", f"Write {plain(given['le'])} at most"),
    "literal_error": _one_of,
    "missing": lambda given: ("is missing", f"Add {given['key']}: {given['about']}"),
    "settings": lambda given: (given["problem"], given["remedy"]),
    "string_pattern_mismatch": lambda given: ("does not have the right form", given["about"]),
    "string_too_long": lambda given: ("is too long", f"Write {given['max_length']} characters at most"),
    "string_type": _not_a_text,
    "union_tag_invalid": _one_of,
}
