"""What watches find: the same words, in the same fields, at places that cut the very words out of the text as given."""

from __future__ import annotations

import csv

import pytest

from news.watch.matcher import MOST_HITS, Matcher, index_item
from news.watch.watch import Hit, Watch
from tests.news.watch.items import hits, item, matches
from tests.shared import shared


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("паводок", "Паводок и ПАВОДОК.", ["Паводок", "ПАВОДОК"]),
        ("ёлка", "Елка, Ёлка", ["Елка", "Ёлка"]),
        ("Konoé", "Konoe and KONOÉ", ["Konoe", "KONOÉ"]),
        ("министр", "Премьер-министр, но не министерство", ["министр"]),
        ('"Красный Полумесяц"', "Красный\u00a0Полу\u00adмесяц", ["Красный\u00a0Полу\u00adмесяц"]),
        ('"Красный Полумесяц"', "Красный-Полумесяц; красный, полумесяц; Полумесяц красный", ["Красный-Полумесяц"]),
        ('"Красный Полумесяц"', "красный. Полумесяц — красный - полумесяц", []),
        ("early-warning", "early warning systems", ["early warning"]),
        ("gov.kz", "on www.gov.kz, gov, kz", ["gov.kz"]),
        ("UN", "UN, U.N., un, Un, UNDP, UN-backed", ["UN", "U.N.", "UN"]),
        ("UNRCCA", "unrcca", []),
        ('"UN Security Council"', "the U.N. security council", ["U.N. security council"]),
        ("министр", "минис\u200bтр и Mинистр с латинской M", ["минис\u200bтр", "Mинистр"]),
        ("ministr*", "Ministry and ministries, administration", ["Ministry", "ministries"]),
        ("пост-сов*", "Пост-советский, постсоветский", ["Пост-советский"]),
        ("=Polish", "Polish polish", ["Polish"]),
        ('="Ёлка Konoé"', "Ёлка Konoé, Елка Konoé, Ёлка Konoe", ["Ёлка Konoé"]),
        ("COVID-19", "COVID-19 and COVID, 19", ["COVID-19"]),
        ("flood NEAR/2 mud", "mud of flood. flood a b mud", ["mud", "flood"]),
        ("flood ADJ/1 mud", "mud flood mud x flood", ["flood", "mud"]),
        ("flood ADJ/1 mud", "mud flood", []),
        ("flood ADJ/2 mud", "flood of mud", ["flood", "mud"]),
        ("mud NEAR/3 mud", "mud", []),
        ("mud NEAR/3 mud", "mud or mud", ["mud", "mud"]),
        ('"mud flow" NEAR/2 (town OR "big city")', "mud flow hits town", ["mud flow", "town"]),
        ("aa ADJ/1 bb ADJ/1 cc", "aa bb x bb cc aa bb cc", ["aa", "bb", "cc"]),
        ("flood mud", "flood", []),
        ("flood OR mud", "flood", ["flood"]),
        ("flood NOT mud", "flood and mud", []),
        ("flood NOT mud", "flood", ["flood"]),
        ("flood NOT (mud NEAR/1 town)", "flood mud in town", ["flood"]),
        ("NOT NOT flood", "flood", ["flood"]),
        ("NOT (NOT flood AND NOT mud)", "mud", ["mud"]),
        ("flood (mud OR NOT town) NOT rain", "flood", ["flood"]),
        ("(flood mud) OR town", "flood town", ["town"]),
    ],
)
def test_words(query: str, text: str, found: list[str]) -> None:
    assert [hit.text for hit in hits(query, text=text)] == found


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("flood", ["title", "lead", "text"]),
        ("title:flood", ["title"]),
        ("lead:flood", ["lead"]),
        ("text:flood", ["text"]),
        ("tag:flood", ["tag"]),
        ("title:(flood mud)", []),
        ("title:flood text:mud", ["title", "text"]),
        ("flood NEAR/5 mud", ["text", "text"]),
        ("NOT title:mud flood", ["title", "lead", "text"]),
    ],
)
def test_fields(query: str, fields: list[str]) -> None:
    found = hits(query, title="Flood", lead="A flood came.", text="The flood brought mud.", tags=("rain", "flood risk"))
    assert [hit.field for hit in found] == fields


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("source:mfa-ru", True),
        ("source:MFA-RU", True),
        ("source:mfa", False),
        ("source:mfa*", True),
        ("source:(un-news OR mfa-ru)", True),
        ('publisher:"мид рк"', True),
        ("publisher:МИД", False),
        ("standing:official", True),
        ("standing:un", False),
        ("lang:ru", True),
        ("lang:(kk OR en)", False),
        ("flood -lang:ru", False),
        ("flood -lang:kk", True),
    ],
)
def test_labels_are_compared_whole_in_any_case(query: str, expected: bool) -> None:
    assert bool(matches(query, text="flood")) is expected


def test_a_label_counts_but_is_no_hit() -> None:
    (match,) = matches("lang:ru flood", text="flood", id=42)
    assert (match.item, match.watch, match.score) == (42, 7, 2.0)
    assert match.hits == (Hit(field="text", start=0, end=5, text="flood", term="flood"),)


def test_a_lead_that_begins_the_text_is_told_once() -> None:
    text = "Flood in the south. More follows."
    assert [hit.field for hit in hits("flood", lead="Flood in the south.", text=text)] == ["text"]
    assert [hit.field for hit in hits("lead:flood", lead="Flood in the south.", text=text)] == ["lead"]


def test_a_lead_cut_within_a_word_is_still_searched() -> None:
    assert [hit.field for hit in hits("UN", lead="News of the UN", text="News of the UNDP")] == ["lead"]


def test_the_score_is_the_number_of_different_terms() -> None:
    (match,) = matches("flood OR mud OR rain", text="flood flood mud")
    assert match.score == 2.0


def test_broken_watches_stand_aside_and_the_others_work() -> None:
    watches = [
        Watch(name="broken", query="flood OR", id=1),
        Watch(name="works", query="flood", id=2),
        Watch(name="unknown", query="@no_such_concept", id=3),
    ]
    matcher = Matcher(watches)
    assert [watch.name for watch, _ in matcher.broken] == ["broken", "unknown"]
    assert [match.watch for match in matcher.matches(index_item(item(text="flood")))] == [2]


def test_matches_come_in_the_order_of_the_watches() -> None:
    matcher = Matcher(Watch(name=str(number), query="flood", id=number) for number in (5, 3, 9))
    assert [match.watch for match in matcher.matches(index_item(item(title="Flood")))] == [5, 3, 9]


def test_a_huge_text_keeps_a_bounded_number_of_hits_with_every_term_among_them() -> None:
    (match,) = matches("flood NEAR/1 mud OR town", text="flood mud " * 60_000 + "town")
    assert len(match.hits) == MOST_HITS
    assert {hit.term for hit in match.hits} == {"flood", "mud", "town"}
    assert match.score == 3.0


@pytest.mark.parametrize("text", ["м" * 5_000_000, "מ\u202eי🙂" * 1_000_000, "министр" + "а\u0301" * 2_000_000])
def test_endless_words_and_mixed_directions_are_matched_or_cut(text: str) -> None:
    matcher = Matcher([Watch(name="w", query="министр OR мини*")])
    for _ in range(2):
        found = matcher.matches(index_item(item(title="министр", text=text)))
        assert found[0].hits[0].field == "title"


def test_labelled_rows_that_need_no_word_forms() -> None:
    """Rows where the text has the very words (in other case, script, spacing) must hit, rows marked 0 must not."""
    lines = shared("eval/forms.tsv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 300
    false_hits, misses = [], []
    for row in rows:
        query = row["watch_term"] if " " not in row["watch_term"] else f'"{row["watch_term"]}"'
        found = hits(query, text=row["text_form"])
        assert all(row["text_form"][hit.start : hit.end] == hit.text for hit in found)
        if found and row["should_match"] == "0":
            false_hits.append(row)
        if not found and row["should_match"] == "1":
            misses.append((row["watch_term"], row["text_form"]))
    assert false_hits == []
    assert [miss for miss in misses if _same_words(*miss)] == []


def _same_words(term: str, text: str) -> bool:
    """Whether a plain search of the lower-cased text finds the term between characters that are no letters."""
    padded = f" {text.lower()} ".replace("-", " ").replace("\u00a0", " ").replace("\u00ad", "").replace("\u200b", "")
    same_case = not term.isupper() or term in text
    return same_case and f" {term.lower()} " in padded
