"""`presswatch watch suggest`, and plain words that are saved as concepts."""

from __future__ import annotations

import pytest

from tests.ui.cli.desk import Desk

ARCHIVE = (
    "Red Crescent opens a school",
    "Волонтёры Красного Полумесяца в Актобе",
    "Обществу Красного Полумесяца передали помощь",
    "Қызыл Жарты Айдың еріктілері",
    "Trade talks",
)


@pytest.fixture
def archive(desk: Desk) -> Desk:
    desk.keep(*ARCHIVE)
    return desk


def test_each_proposal_says_how_many_stored_items_it_alone_would_add(archive: Desk) -> None:
    offered = archive.json("watch", "suggest", "Red Crescent")
    assert (offered["query"], offered["found"]) == ('"Red Crescent"', 1)
    assert (offered["looked_at"], offered["stored"]) == (5, 5)
    adds = {one["query"]: one["adds"] for one in offered["proposals"]}
    assert adds["@red_crescent_movement"] == 3
    assert adds['"Красный Полумесяц"'] == 2
    assert adds['"Қызыл Жарты Ай"'] == 1
    told = archive.type("watch", "suggest", "Red Crescent").stdout
    assert '"Red Crescent" finds 1 of the 5 stored items.' in told
    assert '   2     +2  RU        "Красный Полумесяц"' in told
    assert "Красного Полумесяца" in told


def test_without_a_choice_nothing_is_changed_and_with_one_the_query_is_printed(archive: Desk) -> None:
    before = archive.json("watch", "list")
    assert archive.type("watch", "suggest", "Red Crescent").exit_code == 0
    taken = archive.type("watch", "suggest", "Red Crescent", "--accept", "2,4")
    assert 'The watch is then: "Red Crescent" OR "Красный Полумесяц" OR "Қызыл Жарты Ай"' in taken.stdout
    assert archive.json("watch", "list") == before


def test_what_is_accepted_is_saved_as_a_new_watch_or_in_place_of_an_own_one(archive: Desk) -> None:
    assert archive.type("watch", "suggest", "Red Crescent", "--accept", "2", "--save", "Crescent").exit_code == 0
    assert archive.json("watch", "show", "Crescent")["query"] == '"Red Crescent" OR "Красный Полумесяц"'
    again = archive.json("watch", "suggest", "Crescent")
    number = next(one["number"] for one in again["proposals"] if one["query"] == '"Қызыл Жарты Ай"')
    saved = archive.json("watch", "suggest", "Crescent", "--accept", str(number), "--save", "Crescent")
    assert saved["saved"] == "Crescent"
    assert archive.json("watch", "show", "Crescent")["query"] == saved["result"]
    assert archive.type("watch", "suggest", "Water", "--accept", "1", "--save", "Water").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [("--accept", "99"), ("--accept", "0"), ("--accept", "one"), ("--save", "Crescent")],
)
def test_a_choice_that_cannot_be_is_a_usage_error(archive: Desk, arguments: tuple[str, ...]) -> None:
    result = archive.type("watch", "suggest", "Red Crescent", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("presswatch: ")
    assert [one["name"] for one in archive.json("watch", "list")] == ["Water"]


def test_spellings_of_the_archive_are_proposed_as_unverified_and_find_nothing_by_themselves(desk: Desk) -> None:
    desk.keep("Daniyar Primirov, sample", "Primirov, sample", "Данияр Примеров, образец")
    offered = desk.json("watch", "suggest", 'name:"Daniyar Primerov"')
    assert offered["found"] == 1
    (spelling,) = [one for one in offered["proposals"] if one["kind"] == "spelling"]
    assert spelling["query"] == 'name:"Daniyar Primirov"'
    assert (spelling["verified"], spelling["adds"]) == (False, 2)


def test_a_person_at_a_terminal_chooses_by_number(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.cli.watch.on_terminal", lambda: True)
    result = archive.type("watch", "suggest", "Red Crescent", stdin="2 4\n")
    assert 'The watch is then: "Red Crescent" OR "Красный Полумесяц" OR "Қызыл Жарты Ай"' in result.stdout


def test_a_plain_term_is_saved_as_its_concept_and_said_so(archive: Desk) -> None:
    result = archive.type("watch", "add", "Crescent", "Red Crescent", "--yes")
    assert (
        '"Red Crescent" is saved as @red_crescent_movement, which finds it in EN, RU, KK: Red Crescent' in result.stdout
    )
    assert "--as-written" in result.stdout
    assert "It reads EN, RU, KK." in result.stdout
    assert "it finds 4 items in 4 stories, 80% of the 5 stored items" in result.stdout
    assert archive.json("watch", "show", "Crescent")["query"] == "@red_crescent_movement"


def test_as_written_declines_and_says_what_the_other_languages_would_add(archive: Desk) -> None:
    result = archive.type("watch", "add", "Crescent", '"Red Crescent"', "--as-written")
    assert archive.json("watch", "show", "Crescent")["query"] == '"Red Crescent"'
    told = "It reads English only: add Russian, 2 items in 90 days; Kazakh, 1 item in 90 days."
    assert told in result.stdout
    assert told in archive.type("watch", "show", "Crescent").stdout
    assert told.removeprefix("It reads ").rstrip(".") in archive.type("watch", "list").stdout


@pytest.mark.parametrize(("answer", "query"), [("y", "@red_crescent_movement"), ("n", '"Red Crescent"')])
def test_at_a_terminal_it_asks(archive: Desk, monkeypatch: pytest.MonkeyPatch, answer: str, query: str) -> None:
    monkeypatch.setattr("ui.cli.watch_concepts.on_terminal", lambda: True)
    archive.type("watch", "add", "Crescent", '"Red Crescent"', "--yes", stdin=f"{answer}\n")
    assert archive.json("watch", "show", "Crescent")["query"] == query


def test_lists_stay_as_written_and_say_what_a_concept_would_read(archive: Desk) -> None:
    result = archive.type("watch", "add", "Crescent", "--any", "Red Crescent")
    assert "The watch Crescent reads EN only. To read RU, KK too, write @red_crescent_movement" in result.stdout
    assert archive.json("watch", "show", "Crescent")["lists"]["any"] == ["Red Crescent"]


def test_own_concepts_are_known_wherever_a_watch_is_written_or_tried(desk: Desk) -> None:
    written = desk.config.read_text(encoding="utf-8")
    own = "concepts:\n  - {id: our_union, names: {en: [Our Sample Union], ru: [Наш образцовый союз]}}\n"
    desk.config.write_text(own + written, encoding="utf-8")
    desk.keep("Нашего образцового союза", "Trade")
    added = desk.type("watch", "add", "Union", "Our Sample Union")
    assert added.exit_code == 0, added.stderr
    assert "it finds 1 item in 1 story, 50% of the 2 stored items" in added.stdout
    assert desk.json("watch", "add", "Union too", "@our_union", "--since", "7d")["queued"] == 1
    assert desk.json("watch", "suggest", '"Наш образцовый союз"')["proposals"][0]["query"] == "@our_union"
    desk.config.write_text(written, encoding="utf-8")
    listed = {one["name"]: one["broken"] for one in desk.json("watch", "list")}
    assert listed["Water"] is None
    assert listed["Union"] == "there is no concept @our_union"
    assert "broken" in desk.type("watch", "list").stdout
