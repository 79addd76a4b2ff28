"""The first lines of every `presswatch` process: a SIGTERM is answered properly from here on.

`presswatch run` promises status 0 when it is asked to end, also while the libraries are still being imported and the
database is being opened; the daemon puts its own handler in place once its loop runs.
"""

from __future__ import annotations

import signal
import sys

from scheduler import stopping


def main() -> None:
    """Run the command line; the console script."""
    # A daemon that is stopped has done its work; any other command was cut short, as a shell reports it.
    daemon = "run" in sys.argv[1:] and "--once" not in sys.argv
    stopping.exit_when_asked(0 if daemon else 128 + signal.SIGTERM)
    from ui.cli.main import main as command_line

    command_line()


if __name__ == "__main__":
    main()
