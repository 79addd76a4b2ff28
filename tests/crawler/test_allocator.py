"""What large blocks held goes back to the system, also after larger ones were freed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MAPPED = """
import ctypes, sys
from crawler.allocator import keep_large_blocks_apart

class Mallinfo(ctypes.Structure):
    names = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
    _fields_ = [(name, ctypes.c_size_t) for name in names.split()]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Mallinfo
if sys.argv[1] == "told":
    keep_large_blocks_apart()
bytearray(20_000_000)
before = libc.mallinfo2().hblkhd
page = bytearray(2_000_000)
print(libc.mallinfo2().hblkhd - before)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="not with this C library")
def test_a_large_block_is_mapped_by_itself_after_a_larger_one_was_freed() -> None:
    assert _mapped("told") >= 2_000_000
    assert _mapped("left alone") == 0


def _mapped(asked: str) -> int:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MALLOC_", "GLIBC_"))}
    answer = subprocess.run(
        [sys.executable, "-c", MAPPED, asked],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=environment,
        text=True,
    )
    return int(answer.stdout)
