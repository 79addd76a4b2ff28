"""How the C library keeps memory that was given back: told once in a process, before its threads begin.

Left to itself glibc learns from the first large block that is freed to take such blocks from its heap as well, up to
32 MB, and gives each thread a heap of its own. What a page or a table of millions of numbers leaves there is a hole
that the next, slightly larger one does not fit into: in the first thousand crawls the process grew by 20 MB of holes.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE = 256 * 1024
_ARENAS = 2


def keep_large_blocks_apart() -> None:
    """Let large blocks be mapped by themselves, and so go back to the system whole; without glibc nothing is done."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, _LARGE)
        libc.mallopt(_ARENA_MAX, _ARENAS)
