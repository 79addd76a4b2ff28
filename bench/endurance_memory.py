"""What a process holds, each kind by itself: pages that are its own, pages of files, Python's objects, C's blocks.

Linux with glibc. A leak shows in Python's objects or in C's blocks, for both are counted as they are handed out; where
the process's own pages grow beside them, what was given back lies in pieces.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

_KILOBYTE = 1024


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a process holds at one moment, in bytes but for the counts.

    rss: all its pages that lie in memory. own: those that no file stands behind, which nobody else could use. objects:
    Python's, of up to 512 bytes each. blocks: what C and the larger objects hold of malloc. readers: the resident pages
    of its children.
    """

    rss: int
    own: int
    objects: int
    blocks: int
    readers: int
    descriptors: int
    threads: int


class _Mallinfo(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()  # noqa: SIM905
    )


def held() -> Held:
    """What this process holds now."""
    process = psutil.Process()
    pages = _rollup()
    return Held(
        rss=pages["Rss"],
        own=pages["Anonymous"],
        objects=_objects(),
        blocks=_blocks(),
        readers=sum(child.memory_info().rss for child in process.children(recursive=True)),
        descriptors=process.num_fds(),
        threads=process.num_threads(),
    )


def _rollup() -> dict[str, int]:
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    fields = (line.split() for line in lines)
    return {name.rstrip(":"): int(kilobytes) * _KILOBYTE for name, kilobytes, _ in fields}


def _blocks() -> int:
    libc = ctypes.CDLL(None)
    libc.mallinfo2.restype = _Mallinfo
    info = libc.mallinfo2()
    return int(info.uordblks) + int(info.hblkhd)


def _objects() -> int:
    """Python tells it to nobody but the standard error of the process, which is a file for that moment."""
    with tempfile.TemporaryFile() as told:
        error = os.dup(2)
        try:
            os.dup2(told.fileno(), 2)
            sys._debugmallocstats()
        finally:
            os.dup2(error, 2)
            os.close(error)
        told.seek(0)
        found = re.search(rb"bytes in allocated blocks += +([\d,]+)", told.read())
    return int(found[1].replace(b",", b"")) if found else 0
