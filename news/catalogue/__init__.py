"""The catalogue: sources declared once for everybody, in packs, in the very form of config.yaml.

It lies in `news` because a declaration is what a source means, not how it is fetched: settings take it in as they take
in the file, with the same checks and the same complaints.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def shipped_packs() -> Mapping[str, str]:
    """The YAML text of every pack that comes with the program, by the pack's name, which is that of its file."""
    texts = {
        entry.name.removesuffix(".yaml"): entry.read_text(encoding="utf-8")
        for entry in files("news.catalogue").iterdir()
        if entry.name.endswith(".yaml")
    }
    return MappingProxyType(dict(sorted(texts.items())))
