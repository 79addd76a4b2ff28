"""`python -m bench [NAME...]`: run the named measurements (all without a name) and print their rows.

`python -m bench endurance [--crawls N] [--plot FILE]` runs only where it is named, for it takes the better part of an
hour.
"""

from __future__ import annotations

import importlib
import sys

MEASUREMENTS = (
    "articles",
    "candidates",
    "crawling",
    "feeds",
    "mail",
    "matching",
    "search",
    "sending",
    "stories",
    "storing",
    "trying",
    "unchanged",
)


def main(names: list[str]) -> int:
    """Print one table for each measurement; returns 2 for an unknown name."""
    if names[:1] == ["endurance"]:
        from bench import endurance

        endurance.main(names[1:])
        return 0
    if "--recipients" in names:
        place = names.index("--recipients")
        names = names[:place] + names[place + 2 :]
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(MEASUREMENTS)}", file=sys.stderr)
        return 2
    for name in names or MEASUREMENTS:
        print(f"\n{name}", flush=True)
        for row in importlib.import_module(f"bench.{name}").run():
            print("  " + row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
