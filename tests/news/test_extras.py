from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from news.extras import DKIM, NOTIFY, POSTGRES, SEMANTIC, how_to_install

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize(
    ("extra", "package"), [("postgres", POSTGRES), ("dkim", DKIM), ("notify", NOTIFY), ("semantic", SEMANTIC)]
)
def test_what_is_to_be_installed_is_the_extras_package_by_this_very_interpreter(extra: str, package: str) -> None:
    assert PROJECT["optional-dependencies"][extra] == [package]
    told = how_to_install(package)
    assert told.startswith(f"{sys.executable} -m pip install ")
    assert "presswatch" not in told.removeprefix(sys.executable)
