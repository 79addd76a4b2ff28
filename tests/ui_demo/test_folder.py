from __future__ import annotations

import os
from email.header import Header
from pathlib import Path

import pytest

from news.errors import PresswatchError
from ui.demo.folder import MARKER, Letter, fresh_folder, letters, write_config


def test_a_folder_of_an_earlier_demo_is_emptied(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "demo-output"
    fresh_folder(folder)
    (folder / "old.eml").write_text("old")

    fresh_folder(folder)

    assert [path.name for path in folder.iterdir()] == [MARKER]


def test_a_folder_that_the_demo_did_not_make_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(PresswatchError, match="was not made by the demo"):
        fresh_folder(tmp_path)

    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_link_to_a_folder_of_an_earlier_demo_is_left_alone(tmp_path: Path) -> None:
    fresh_folder(tmp_path / "first")
    (tmp_path / "link").symlink_to(tmp_path / "first")

    with pytest.raises(PresswatchError, match="was not made by the demo"):
        fresh_folder(tmp_path / "link")

    assert (tmp_path / "first" / MARKER).exists()


def test_the_config_gets_the_players_addresses_and_no_other_host(tmp_path: Path) -> None:
    addresses = {
        "gov-kz": "http://127.0.0.2:1",
        "un-news": "http://127.0.0.3:2",
        "kaziss": "http://127.0.0.4:3",
        "kazinform": "http://127.0.0.5:4",
        "unrcca": "http://127.0.0.6:5",
    }

    text = write_config(tmp_path, addresses).read_text(encoding="utf-8")

    urls = [line.split()[1] for line in text.splitlines() if line.lstrip().startswith("url:")]
    assert urls == [
        "sqlite:///presswatch.db",
        "http://127.0.0.2:1/graphql",
        "http://127.0.0.2:1/graphql",
        "http://127.0.0.3:2/feed/subscribe/en/news/all/rss.xml",
        "http://127.0.0.3:2/feed/subscribe/en/news/region/asia-pacific/feed/rss.xml",
        "http://127.0.0.3:2/feed/subscribe/ru/news/all/rss.xml",
        "http://127.0.0.4:3/en/feed/",
        "http://127.0.0.5:4/sitemaps/google-news_{path}.xml",
        "http://127.0.0.6:5/en/news",
    ]
    assert "allow_networks: [127.0.0.0/8]" in text


def test_letters_come_oldest_first_each_with_its_subject_and_page(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    for age, (name, subject) in enumerate((("b", "Бірінші"), ("a", "Второй"))):
        path = tmp_path / "desk" / f"{name}.eml"
        path.write_bytes(b"Subject: " + Header(subject, "utf-8").encode().encode() + b"\n\nbody\n")
        os.utime(path, (1_000 + age, 1_000 + age))

    assert letters(tmp_path) == [
        Letter(subject=subject, mail=tmp_path / "desk" / f"{name}.eml", page=tmp_path / "desk" / f"{name}.html")
        for name, subject in (("b", "Бірінші"), ("a", "Второй"))
    ]
