"""How well items are grouped, on small generated streams and the labelled data; `bench/stories.py` measures at"
" length."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import combinations

from bench.stories_samples import FORMS, StorySamples
from news.story.candidates import Candidates
from news.watch.indexed import index_item
from tests.shared import shared
from ui.cli.steps.stories import item_given

_NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
_LANGUAGES = {"en", "ru", "kk"}


def test_serials_on_one_form_stay_apart_and_their_copies_are_found() -> None:
    samples = StorySamples()
    candidates = Candidates()
    stories: dict[str, int] = {}
    firsts = [told for form in FORMS for language in FORMS[form] for told in samples.serial(form, language, 8)]
    for told in firsts:
        stories[told.event] = candidates.take_in(index_item(item_given({"id": 1, **told.given}, now=_NOW)))[0]
    assert len(set(stories.values())) == len(firsts)
    missed = []
    for told in firsts[::8]:
        for varied in samples.copies(told):
            story, _ = candidates.take_in(index_item(item_given({"id": 1, **varied.given}, now=_NOW)))
            if story != stories[told.event]:
                missed.append(f"{varied.event}: {varied.made}")
    assert not missed


def test_translated_documents_are_grouped_and_no_two_stories_in_one_group() -> None:
    lines = shared("corpora/text/ntrex_docs_shared.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["lang"] in _LANGUAGES][:45]
    candidates = Candidates()
    groups: dict[int, list[str]] = {}
    for row in rows:
        item = item_given({"id": 1, **row, "published": "2026-03-02"}, now=_NOW)
        groups.setdefault(candidates.take_in(index_item(item))[0], []).append(row["story"])
    assert all(len(set(group)) == 1 for group in groups.values())
    found = sum(len(list(combinations(group, 2))) for group in groups.values())
    assert found >= 0.75 * len(rows)


def test_labelled_pairs_reach_what_was_aimed_at() -> None:
    right = wrong = missed = 0
    for line in shared("eval/stories.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        candidates = Candidates()
        candidates.take_in(index_item(item_given({"id": "a", **row["a"]}, now=_NOW)))
        joins = candidates.take_in(index_item(item_given({"id": "b", **row["b"]}, now=_NOW)))[1].relation.joins
        right += bool(joins and row["same"])
        wrong += bool(joins and not row["same"])
        missed += bool(row["same"] and not joins)
    assert 2 * right / (2 * right + wrong + missed) >= 0.7
