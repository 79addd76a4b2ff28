from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from news.item import Item
from news.story import choose_story
from news.watch.matcher import Matcher, index_item
from storage import Unit
from tests.storage.samples import an_item
from tests.ui.cli.desk import NOW, Desk


def test_show_finds_an_item_by_number_or_address_with_all_that_is_known(desk: Desk) -> None:
    desk.type("watch", "list")
    first = an_item("Water levels", url="https://press.example/1", text="Water rises.")
    second = an_item("Water levels rise", url="https://press.example/1", text="Water rises fast.")
    with desk.store() as store:
        for item in (first, second):
            saved = store.write_now(partial(_add, item=item))
        matcher = Matcher(store.read_now(lambda unit: unit.watches.all()))
        store.write_now(lambda unit: unit.stories.assign(saved.id, choose_story(saved, []), at=NOW))
        store.write_now(lambda unit: unit.matches.record(matcher.matches(index_item(saved)), at=NOW))
    shown = desk.json("item", "show", "https://press.example/1?utm_source=mail")
    assert (shown["id"], shown["version"], shown["title"]) == (1, 2, "Water levels rise")
    assert [version["title"] for version in shown["versions"]] == ["Water levels", "Water levels rise"]
    assert shown["matches"][0]["watch"] == "Water"
    told = desk.type("item", "show", "1").stdout
    assert "was, version 1: Water levels (" in told
    assert "found by Water: Water" in told
    assert "story 1, alone in it" in told
    assert told.endswith("Water rises fast.\n")


def _add(unit: Unit, *, item: Item) -> Item:
    return unit.items.add([item])[0].item


def test_show_compares_the_languages_of_one_release_and_says_which_is_late(desk: Desk) -> None:
    sources = "".join(
        f'  - {{id: mfa-{language}, kind: feed, url: "http://127.0.0.2:9/{language}", publisher: MFA, '
        f"language: {language}, family: mfa}}\n"
        for language in ("en", "ru", "kk")
    )
    desk.config.write_text(desk.config.read_text(encoding="utf-8").replace("watches:", f"{sources}watches:"))
    desk.type("watch", "list")
    seen = {"seen_at": NOW - timedelta(days=2), "story_keys": ("native:mfa:7",), "title": "Centres"}
    with desk.store() as store:
        for language, text in (("en", "It has 1,250 places."), ("ru", "В нём 1 250 мест и 340 комнат.")):
            one = an_item(
                source=f"mfa-{language}", url=f"https://x.example/{language}", text=text, language=language, **seen
            )
            store.write_now(partial(_add, item=one))
    told = desk.type("item", "show", "1").stdout
    assert "by its publisher's number the same release: EN (item 1), RU (item 2)" in told
    assert "KK none yet, late: the first was seen 2026-11-20 08:00" in told
    assert "EN lacks what RU has: figures 340" in told
    shown = desk.json("item", "show", "2")
    assert [(one["language"], one["late"], one["usual_hours"]) for one in shown["awaited"]] == [("kk", True, None)]


def test_an_unknown_item_is_a_usage_error(desk: Desk) -> None:
    desk.type("watch", "list")
    for which in ("99", "https://press.example/none", "nonsense"):
        result = desk.type("item", "show", which)
        assert result.exit_code == 2
        assert which in result.stderr


def test_an_item_of_which_only_the_headline_is_known_says_so_and_why(desk: Desk) -> None:
    desk.type("watch", "list")
    with desk.store() as store:
        for item in (replace(an_item("One"), unread="forbidden"), an_item("Two", url="https://press.example/2")):
            store.write_now(partial(_add, item=item))
    assert "headline only: its page could not be read (forbidden)" in desk.type("item", "show", "1").stdout
    assert "headline only" not in desk.type("item", "show", "2").stdout
    assert [desk.json("item", "show", which)["unread"] for which in "12"] == ["forbidden", None]
