"""What only a process of its own can show: streams, locale, start-up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.ui.cli.desk import Desk

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "ui.cli.start"]
HEAVY = ("scrapy", "twisted", "sqlalchemy", "pydantic_settings", "apscheduler", "feedparser", "numpy", "rich")


def try_url() -> subprocess.Popen[bytes]:
    """Start `presswatch try url`, which answers each line as it comes."""
    pipe = subprocess.PIPE
    # A shell's background job ignores Ctrl-C, and so would what the tests start from it.
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(
        [*COMMAND, "try", "url"], stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, preexec_fn=heeding
    )


def test_help_starts_without_the_libraries_that_it_does_not_need() -> None:
    code = f"""
import sys
sys.argv = ["presswatch", "--help"]
from ui.cli.main import main
try:
    main()
except SystemExit:
    print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT
    )
    assert done.stdout.endswith("[]\n")


def test_letters_survive_a_locale_that_does_not_know_them(desk: Desk) -> None:
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    listed = desk.process("watch", "list", env=plain)
    assert (listed.returncode, listed.stderr) == (0, b"")
    assert "water OR су" in listed.stdout.decode("utf-8")
    language = desk.process("try", "language", stdin="Қызыл Жарты Ай қоғамының еріктілері\n".encode(), env=plain)
    assert json.loads(language.stdout)["language"] == "kk"
    refused = desk.process("watch", "add", "Су", "(су", env={"LANG": "C", "LC_ALL": "C"})
    assert refused.returncode == 2
    assert "(су" in refused.stderr.decode("utf-8")


def test_a_reader_that_goes_away_is_not_complained_about() -> None:
    with try_url() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"https://example.org/1\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["url"] == "https://example.org/1"
        process.stdout.close()
        process.stdin.write(b"https://example.org/2\n")
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_a_closed_stdout_is_no_traceback_and_its_number_goes_to_no_file(desk: Desk) -> None:
    script = '"$0" -m ui.cli.start watch list >&-'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable],
        capture_output=True,
        timeout=60,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PRESSWATCH_CONFIG": str(desk.config)},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (desk.folder / "desk.db").read_bytes().startswith(b"SQLite format 3\x00")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_full_disk_under_the_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "try", "url"],
            input=b"https://example.org/\n",
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            cwd=ROOT,
        )
    assert done.returncode == 1
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_ctrl_c_ends_quietly_with_130() -> None:
    with try_url() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"https://example.org/\n")
        process.stdin.flush()
        process.stdout.readline()
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert b"Traceback" not in process.stderr.read()
