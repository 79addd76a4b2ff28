"""What is kept of an item goes out as WARC, web page, text and reference, with the bytes as received."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from news.changes import What
from news.item import Stated
from news.received import CopyOf, Received
from storage import Unit, Withdrawal
from tests.storage.samples import an_item
from tests.ui.cli.desk import Desk

FETCHED = datetime(2024, 3, 7, 20, 30, tzinfo=UTC)  # 8 March in Almaty
FIRST = b"<html><body>It has 420 entries.</body></html>"
SECOND = gzip.compress(b"<html><body>It has 240 entries.</body></html>", mtime=0)
ITEM = an_item(
    "The register <opens>",
    url="https://press.example/1",
    publisher="Press office",
    language="en",
    text="It has 420 entries.\nPlaces are free.",
    published=Stated(day=date(2024, 3, 7), zone="Asia/Almaty"),
    seen_at=FETCHED,
)


def received(body: bytes, *headers: tuple[str, str]) -> Received:
    """An answer with this body."""
    return Received(url="https://press.example/1?x=1", status=200, headers=headers, body=body, fetched_at=FETCHED)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A desk with one item of two versions, a copy of each, and an item without any."""
    desk.type("watch", "list")

    def work(unit: Unit) -> None:
        unit.items.add([ITEM, an_item("Another thing", url="https://press.example/2")])
        later = replace(ITEM, text=ITEM.text.replace("420", "240"), content_hash="other")
        unit.items.add([later])
        unit.changes.record(1, 2, (What.FIGURES,), at=FETCHED)
        plain = received(FIRST, ("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"))
        packed = received(SECOND, ("Content-Encoding", "gzip"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
        unit.copies.keep(1, 1, plain, CopyOf.LIST)
        unit.copies.keep(1, 2, packed, CopyOf.PAGE)

    with desk.store() as store:
        store.write_now(work)
    return desk


def test_a_warc_holds_each_version_as_received_and_other_programs_read_it(kept: Desk, tmp_path: Path) -> None:
    file = tmp_path / "kept.warc.gz"
    told = kept.type("item", "export", "1", "--warc", str(file))
    assert told.stdout == f"{file}: 1 page and 1 feed or list that held it as received\n"

    answers, notes = [], []
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            if record.rec_type == "response":
                answers.append(record)
                raw = record.raw_stream.read()
                assert record.rec_headers.get_header("WARC-Target-URI") == "https://press.example/1?x=1"
                assert record.rec_headers.get_header("WARC-Date") == "2024-03-07T20:30:00Z"
                notes.append(raw)
            elif record.rec_type == "metadata":
                notes.append(record.content_stream().read())
    assert [one.http_headers.get_statuscode() for one in answers] == ["200", "200"]
    assert notes[0] == FIRST
    assert notes[2] == SECOND
    assert [value for name, value in answers[1].http_headers.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert answers[0].http_headers.get_header("Transfer-Encoding") is None
    described = f"item: 1\r\nversion: 2\r\ncopy-of: page\r\nsha256: {hashlib.sha256(SECOND).hexdigest()}\r\n"
    assert notes[3] == described.encode()


def test_a_warcs_packed_page_unpacks_for_who_reads_it(kept: Desk, tmp_path: Path) -> None:
    file = tmp_path / "kept.warc.gz"
    kept.type("item", "export", "1", "--warc", str(file))
    with file.open("rb") as stream:
        pages = [one.content_stream().read() for one in ArchiveIterator(stream) if one.rec_type == "response"]
    assert pages == [FIRST, gzip.decompress(SECOND)]


def test_the_release_goes_out_as_text_and_as_a_page_that_runs_nothing(kept: Desk, tmp_path: Path) -> None:
    text, html = tmp_path / "1.txt", tmp_path / "1.html"
    result = kept.type("item", "export", "1", "--text", str(text), "--html", str(html), "--version", "1")
    assert result.exit_code == 0
    assert text.read_text(encoding="utf-8") == (
        "The register <opens>\n\nPress office, 2024-03-07\nhttps://press.example/1\n"
        f"Version 1, read 2024-03-08 01:30 +0500; SHA-256 of what was received: {hashlib.sha256(FIRST).hexdigest()}\n"
        "\nIt has 420 entries.\nPlaces are free.\n"
    )
    page = html.read_text(encoding="utf-8")
    assert "<h1>The register &lt;opens&gt;</h1>" in page
    assert "default-src 'none'" in page
    again = kept.type("item", "export", "1", "--text", str(text))
    assert (again.exit_code, "is there already: name another" in again.stderr) == (1, True)


def test_references_in_three_languages(kept: Desk) -> None:
    sha = hashlib.sha256(SECOND).hexdigest()
    assert kept.type("item", "cite", "1").stdout == (
        "Press office. “The register <opens>”. 7 March 2024, version 2. "
        f"https://press.example/1 (accessed 8 March 2024). SHA-256 of what was received: {sha}.\n"
    )
    russian = kept.type("item", "cite", "1", "--language", "ru").stdout
    assert "«The register <opens>». 7 марта 2024 г., редакция 2. URL:" in russian
    assert "(дата обращения: 8 марта 2024 г.)" in russian
    kazakh = kept.json("item", "cite", "https://press.example/1", "--language", "kk", "--version", "1")
    assert (
        "2024 жылғы 7 наурыз. URL: https://press.example/1 (қаралған күні: 2024 жылғы 8 наурыз)." in kazakh["reference"]
    )
    assert (kazakh["version"], kazakh["sha256"]) == (1, hashlib.sha256(FIRST).hexdigest())


def test_what_is_not_there_is_said(kept: Desk, tmp_path: Path) -> None:
    file = str(tmp_path / "none.warc.gz")
    nothing = kept.type("item", "export", "2", "--warc", file)
    assert (nothing.exit_code, "no copy of this item is kept" in nothing.stderr) == (1, True)
    assert not (tmp_path / "none.warc.gz").exists()
    assert "no copy kept." in kept.type("item", "cite", "2").stdout
    for wrong in (("cite", "99"), ("cite", "1", "--version", "3"), ("cite", "1", "--language", "de"), ("export", "1")):
        assert kept.type("item", *wrong).exit_code == 2


def test_show_tells_what_changed_was_withdrawn_and_is_kept(kept: Desk) -> None:
    gone = Withdrawal(status=410, missing_since=FETCHED, found_at=FETCHED)
    with kept.store() as store:
        store.write_now(lambda unit: unit.changes.withdraw(1, gone))
    told = kept.type("item", "show", "1").stdout
    assert "was, version 1: The register <opens> (seen 2024-03-08 01:30)" in told
    assert "  version 2 changed its figures\n    was: It has *420* entries.\n    now: It has *240* entries.\n" in told
    assert "withdrawn: its page answers 410 since 2024-03-08 01:30; what was read of it is kept" in told
    assert f"kept of version 2: its page, {len(SECOND)} bytes as received 2024-03-08 01:30, SHA-256" in told
    shown = kept.json("item", "show", "1")
    assert [(one["version"], one["kind"], one["what"]) for one in shown["changes"]] == [(2, "substance", ["figures"])]
    assert [one["version"] for one in shown["copies"]] == [1, 2]
    assert shown["withdrawn"]["status"] == 410


def test_a_file_that_is_there_is_replaced_only_by_force_and_a_folder_never(kept: Desk) -> None:
    file = kept.folder / "page.txt"
    file.write_text("mine")
    refused = kept.type("item", "export", "1", "--text", str(file))
    assert (refused.exit_code, "give --force" in refused.stderr) == (1, True)
    assert file.read_text() == "mine"
    assert kept.type("item", "export", "1", "--text", str(file), "--force").exit_code == 0
    assert "It has 240 entries." in file.read_text()
    for more in ((), ("--force",)):
        folder = kept.type("item", "export", "1", "--text", str(kept.folder), *more)
        assert (folder.exit_code, "is a folder" in folder.stderr) == (1, True)


def test_a_dash_is_standard_output_and_an_option_is_no_file(kept: Desk) -> None:
    told = kept.type("item", "export", "1", "--text", "-")
    assert (told.exit_code, "It has 240 entries." in told.stdout) == (0, True)
    refused = kept.type("item", "export", "1", "--html", "--text")
    assert (refused.exit_code, "--text is an option, not a file" in refused.stderr) == (2, True)
    assert kept.type("item", "export", "1", "--html", "-", "--text", "-").exit_code == 2
