"""Where log lines go: stderr, readable on a terminal, `key=value` for journals; stdout belongs to answers."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog


class Unfailing:
    """stderr, whichever it is at the time, without what cannot be written: on a full disk the work goes on unlogged."""

    def write(self, text: str) -> int:
        """Write as far as that can be done; gives the length of the text."""
        with suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written as far as that can be done."""
        with suppress(OSError):
            sys.stderr.flush()


def log_to_stderr(level: int) -> None:
    """Send log lines of `level` and above to stderr."""
    terminal, stream = sys.stderr.isatty(), cast(TextIO, Unfailing())
    renderer: structlog.typing.Processor
    if terminal:
        renderer = structlog.dev.ConsoleRenderer(colors=not os.environ.get("NO_COLOR"))
    else:
        renderer = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(() if terminal else (structlog.processors.format_exc_info,)),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(stream),
    )
    # Libraries and crawler/ log by the standard library; only what needs somebody's attention.
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="level=%(levelname)s logger=%(name)s %(message)s"
    )
