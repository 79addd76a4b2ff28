"""`presswatch try article`: the answer for each page, in the words of the contract."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ui.cli.desk import Desk

URL = "https://office.example/news/1"
LINES = (
    "date 2026-11-20 ASTANA. KAZINFORM - Volunteers brought water and tents to three districts that were cut off.",
    "The work goes on, the office said: two roads and a school are to be opened before the evening.",
    "For reference: The office was opened in 1998.",
)
PAGE = f"""<html lang="en"><head><meta name="author" content="Press desk"><meta property="og:image" content="/a.jpg">
</head><body><h1>Water for three districts</h1>{"".join(f"<p>{line}</p>" for line in LINES)}</body></html>"""


def page(folder: Path, name: str = "page.html", text: str = PAGE) -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_an_article_is_answered_for_as_it_would_be_kept(desk: Desk, tmp_path: Path) -> None:
    result = desk.type("try", "article", page(tmp_path), "--url", URL)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "title": "Water for three districts",
        "text": f"{LINES[0].partition(' - ')[2]}\n{LINES[1]}",
        "published": "2026-11-20",
        "precision": "day",
        "authors": ["Press desk"],
        "language": "en",
        "image": "https://office.example/a.jpg",
    }


def test_a_broken_page_is_its_own_answer(desk: Desk, tmp_path: Path) -> None:
    files = [page(tmp_path, "broken.html", "<html></html>"), page(tmp_path)]
    result = desk.type("try", "article", *files, "--url", URL)
    assert result.exit_code == 1
    broken, sound = map(json.loads, result.stdout.splitlines())
    assert (broken["file"], set(broken)) == (files[0], {"error", "file"})
    assert broken["error"].startswith("not_an_article")
    assert (sound["file"], sound["title"]) == (files[1], "Water for three districts")


def test_a_source_of_the_settings_lends_its_selectors(desk: Desk, tmp_path: Path) -> None:
    entry = (
        "  - {id: pages, kind: listing, url: https://office.example/news, publisher: Office,\n"
        "     links: {matching: /news/}, articles: {title: h1, body: [main p]}}\n"
    )
    written = desk.config.read_text(encoding="utf-8").replace("sources:\n", f"sources:\n{entry}")
    desk.config.write_text(written, encoding="utf-8")
    framed = PAGE.replace("<body>", "<body><p>Not of the article, said nobody.</p><main>").replace("</body>", "</main>")
    result = desk.type("try", "article", page(tmp_path, text=framed), "--url", URL, "--source", "pages")
    assert result.exit_code == 0, result.stderr
    assert "Not of the article" not in json.loads(result.stdout)["text"]
    refused = desk.type("try", "article", page(tmp_path), "--url", URL, "--source", "none")
    assert refused.exit_code == 2
    assert "no source 'none'" in refused.stderr
