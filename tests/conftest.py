"""How the whole suite draws its chances: the same ones each run, so that a run tells of the change under test alone.

`make promises` draws anew each time, and more of them.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.in_loop"]

settings.register_profile(
    "same-each-run",
    derandomize=True,
    deadline=None,
    # How fast examples are made depends on what else the machine does.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("anew", parent=settings.get_profile("same-each-run"), derandomize=False, max_examples=500)
settings.load_profile("anew" if os.environ.get("PRESSWATCH_PROMISES") == "full" else "same-each-run")
