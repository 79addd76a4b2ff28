"""The key of an installation: made once, for its owner alone."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from news.errors import StorageError
from scheduler.keys import KEY_FILE, signing_key


def test_a_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    key = signing_key(tmp_path)
    assert len(key) == 32
    assert signing_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret.key"]
    assert signing_key(tmp_path / "other") != key


def test_two_that_make_it_at_once_have_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: signing_key(tmp_path), range(64)))
    assert len(keys) == 1


@pytest.mark.parametrize("text", ["", "abcd", "no key at all", "ключ"])
def test_a_file_without_a_key_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    file = tmp_path / KEY_FILE
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match=r"secret\.key: it does not hold a key"):
        signing_key(tmp_path)
    assert file.read_text(encoding="utf-8") == text
