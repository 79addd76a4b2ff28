"""Searching, and taking in news from a file to be searched."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ui.cli.desk import Desk

FIRST = {
    "title": "Water level report",
    "url": "https://press.example/a?utm_source=mail",
    "text": "The level fell by a metre. The office warned of floods on the lower river. Shelters stay open.",
    "published": "2018-04-02",
    "language": "en",
}
SECOND = {
    "title": "Паводок отступает",
    "url": "https://press.example/b",
    "text": "Уровень воды упал. Флаги убраны.",
    "published": "2018-04-05T10:00:00+06:00",
    "source": "office",
}
BROKEN = ["not json", "[1]", '{"title": "No address"}', '{"title": 7, "url": "https://press.example/c"}']


def filled(desk: Desk, *lines: object) -> Path:
    """A file of these lines, objects as JSON."""
    file = desk.folder / "news.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return file


def test_broken_lines_are_named_the_rest_is_taken_in_and_nothing_changes_the_second_time(desk: Desk) -> None:
    undated = {**SECOND, "url": "https://press.example/d", "published": "some day"}
    file = filled(desk, FIRST, *BROKEN, "", SECOND, undated)
    first = desk.type("item", "import", str(file))
    assert first.exit_code == 1
    assert first.stdout == "2 items added, 0 changed, 0 known already; 5 broken lines left out.\n"
    named = [line.partition("news.jsonl, ")[2] for line in first.stderr.splitlines()]
    assert named == [
        "line 2: this is not JSON: Expecting value at character 1",
        "line 3: an item is a JSON object",
        "line 4: the item has no url",
        "line 5: title is not a text",
        "line 8: published is no date, or one to come: 'some day'",
    ]
    again = desk.type("item", "import", str(file), "--json")
    assert (again.exit_code, json.loads(again.stdout)["known"]) == (1, 2)
    assert desk.type("item", "import", str(filled(desk, FIRST))).exit_code == 0
    shown = desk.json("item", "show", "1")
    assert len(shown["versions"]) == 1
    # Found by the watch Water, and told to nobody.
    assert [match["watch"] for match in shown["matches"]] == ["Water"]
    with desk.store() as store:
        (recipient,) = store.read_now(lambda unit: unit.recipients.all())
        assert store.read_now(lambda unit: unit.matches.untold(recipient, "daily", limit=9)) == []


def test_found_words_are_marked_and_the_period_is_told(desk: Desk) -> None:
    desk.type("watch", "list")
    assert desk.type("search", "flood").stdout == "Nothing is stored yet.\n"
    desk.type("item", "import", str(filled(desk, FIRST, SECOND)))
    assert desk.type("search", "flood OR паводок").stdout == (
        "2 items from 2018-04-02 12:00 to 2018-04-05 10:00, newest first:\n\n"
        "2018-04-05 10:00  office  ru  item 2\n"
        "*Паводок* отступает\n"
        "    Уровень воды упал. Флаги убраны.\n"
        "    https://press.example/b\n\n"
        "2018-04-02  press-example  en  item 1\n"
        "Water level report\n"
        "    The level fell by a metre. The office warned of *floods* on the lower river. Shelters stay open.\n"
        "    https://press.example/a\n"
    )
    told = desk.json("search", "flood", "--since", "2018-04-02", "--until", "2018-04-02", "--language", "EN")
    assert (told["found"], told["exact"], told["items"][0]["story"]) == (1, True, 1)
    piece = told["items"][0]["snippet"]
    assert [piece["text"][start:end] for start, end in piece["marks"]] == ["floods"]
    for narrowed in (["--until", "2018-04-01"], ["--source", "office"], ["--story", "2"], ["--since", "90d"]):
        assert desk.json("search", "flood", *narrowed)["found"] == 0, narrowed


def test_a_word_that_nothing_has_is_named_with_its_nearest(desk: Desk) -> None:
    desk.type("item", "import", str(filled(desk, FIRST, SECOND)))
    assert desk.type("search", "shelters AND flodos NOT wyrd").stdout == (
        "0 items from 2018-04-02 12:00 to 2018-04-05 10:00.\nNo stored item has the word flodos. Did you mean floods?\n"
    )
    told = desk.json("search", "Поводок OR qqqzzz OR zzzz*")
    assert told["unknown_words"] == [{"word": "Поводок", "nearest": ["паводок"]}, {"word": "qqqzzz", "nearest": []}]
    assert desk.json("search", "shelters AND паводок")["unknown_words"] == []
    tried = desk.json("watch", "test", "flodos", "--days", "3650")
    assert tried["unknown_words"] == [{"word": "flodos", "nearest": ["floods"]}]


def test_what_is_stated_to_be_older_than_the_archive_is_told_so(desk: Desk) -> None:
    desk.type("item", "import", str(filled(desk, {**FIRST, "published": "1970-01-01"}, SECOND)))
    assert desk.type("search", "level").stdout.startswith("1 item from before 2000 to 2018-04-05 10:00:\n")


def test_the_best_first_and_no_more_than_asked(desk: Desk) -> None:
    desk.type("item", "import", str(filled(desk, FIRST, SECOND)))
    best = desk.json("search", "level OR flood OR паводок", "--best")
    assert [(item["id"], item["score"]) for item in best["items"]] == [(1, 2.0), (2, 1.0)]
    told = desk.type("search", "level OR flood OR паводок", "--limit", "1").stdout
    assert told.startswith("2 items from 2018-04-02 12:00 to 2018-04-05 10:00; the newest 1:\n")


def test_what_cannot_be_searched_is_underlined_or_named(desk: Desk) -> None:
    desk.type("watch", "list")
    broken = desk.type("search", "(flood")
    assert (broken.exit_code, broken.stdout) == (2, "")
    assert "  (flood\n  ^\n" in broken.stderr
    for options, problem in (
        (["--since", "yesterday"], "'yesterday' is neither a day (2026-11-01) nor a time ago (90d"),
        (["--since", "2026-03-02", "--until", "2026-03-01"], "--since is later than --until"),
        (["--language", "russian"], "'russian' is no language code"),
        (["--until", "2026-02-31"], "'2026-02-31' is no day"),
        (["--story", "9"], "there is no story 9"),
    ):
        refused = desk.type("search", "flood", *options)
        assert refused.exit_code == 2
        assert problem in refused.stderr
    unknown = desk.type("search", "flood", "--source", "nobody")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "no source has the id 'nobody'; see: presswatch source list" in unknown.stderr
    assert "did you mean office?" in desk.type("search", "flood", "--source", "offise").stderr


def test_keys_that_are_not_read_are_named_and_the_line_is_taken_in(desk: Desk) -> None:
    done = desk.type("item", "import", str(filled(desk, {**FIRST, "texxt": "Lost"}, {**SECOND, "texxt": "Lost"})))
    assert (done.exit_code, "2 items added" in done.stdout) == (0, True)
    assert "line 1: 'texxt' is not read, in 2 lines. Did you mean \"text\"?" in done.stderr


def test_lines_come_from_standard_input_too(desk: Desk) -> None:
    done = desk.type("item", "import", "-", stdin=json.dumps(FIRST))
    assert (done.exit_code, "1 item added" in done.stdout) == (0, True)


def test_what_is_no_text_ends_the_import_and_few_complaints_are_printed(desk: Desk) -> None:
    for content, told in (
        (json.dumps(FIRST).encode("utf-16"), "save it as UTF-8"),
        (b"\x7fELF\0\1\n" * 500, "this is no text"),
        (b"not json\n" * 500, "480 further broken lines are not named"),
        (json.dumps({**FIRST, "title": "a" * 6_000_000}).encode(), "more than 5 MB"),
    ):
        file = desk.folder / "news.jsonl"
        file.write_bytes(content)
        done = desk.type("item", "import", str(file))
        assert (done.exit_code, told in done.stderr) == (1, True), done.stderr
        assert len(done.stderr.splitlines()) <= 21
