"""What changed between the versions of an item, in words, and what is kept of each: for `presswatch item show`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from news.changes import ChangeKind, classify
from ui.cli.moments import local
from ui.cli.output import say

if TYPE_CHECKING:
    from news.changes import Change, Passage
    from news.item import Item
    from storage import Unit

_MOST_PASSAGES = 6


def history(unit: Unit, versions: Sequence[Item]) -> dict[str, Any]:
    """The changes from each version to the next, whether the item is withdrawn, and the copies that are kept."""
    item = versions[-1].id
    gone = unit.changes.withdrawal(item)
    return {
        "changes": [_change(later.version, classify(before, later)) for before, later in pairwise(versions)],
        "withdrawn": None
        if gone is None
        else {"status": gone.status, "missing_since": gone.missing_since, "found_at": gone.found_at},
        "copies": [
            {
                "version": copy.version,
                "of": copy.of.value,
                "url": copy.url,
                "fetched_at": copy.fetched_at,
                "size": copy.size,
                "sha256": copy.sha256,
            }
            for copy in unit.copies.of_item(item)
        ],
    }


def _change(version: int, change: Change) -> dict[str, Any]:
    return {
        "version": version,
        "kind": change.kind.value,
        "what": [one.value for one in change.what],
        "added": change.added,
        "removed": change.removed,
        "passages": [_passage(one) for one in change.passages],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "field": passage.field,
        "was": passage.was,
        "now": passage.now,
        "was_marks": passage.was_marks,
        "now_marks": passage.now_marks,
        "what": [one.value for one in passage.what],
    }


def say_history(found: dict[str, Any], zone: str) -> None:
    """Print earlier versions with what each later one changed, the withdrawal and the copies."""
    changes = {change["version"]: change for change in found["changes"]}
    for version in found["versions"][:-1]:
        say(f"was, version {version['version']}: {version['title']} (seen {local(version['seen_at'], zone)})")
        _say_change(changes[version["version"] + 1])
    if found["withdrawn"] is not None:
        gone = found["withdrawn"]
        since = local(gone["missing_since"], zone)
        say(f"withdrawn: its page answers {gone['status']} since {since}; what was read of it is kept")
    for copy in found["copies"]:
        of = "its page" if copy["of"] == "page" else "the feed or list that held it"
        say(
            f"kept of version {copy['version']}: {of}, {copy['size']:,} bytes as received "
            f"{local(copy['fetched_at'], zone)}, SHA-256 {copy['sha256']}"
        )


def _say_change(change: dict[str, Any]) -> None:
    if change["kind"] == ChangeKind.COSMETIC:
        say(f"  version {change['version']} changed its looks only")
    else:
        say(f"  version {change['version']} changed its {', '.join(change['what'])}")
    shown = [one for one in change["passages"] if one["what"] or change["kind"] == ChangeKind.COSMETIC]
    for passage in shown[:_MOST_PASSAGES]:
        say(f"    was: {_marked(passage['was'], passage['was_marks'])}")
        say(f"    now: {_marked(passage['now'], passage['now_marks'])}")
    if len(shown) > _MOST_PASSAGES:
        say(f"    and {len(shown) - _MOST_PASSAGES} more")


def _marked(text: str, marks: Iterable[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in marks:
        parts += [text[at:start], f"*{text[start:end]}*"]
        at = end
    return "".join((*parts, text[at:])) or "(nothing)"
