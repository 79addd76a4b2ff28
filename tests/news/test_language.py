"""Languages: letters that settle it, the model for the rest, and what is none of ours."""

from __future__ import annotations

import csv
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from news.language import detect, letters_only
from tests.shared import shared


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Сыртқы істер министрлігі мәлімдеме жасады", "kk"),
        ("Министерство иностранных дел сделало заявление", "ru"),
        ("The Foreign Ministry made a statement", "en"),
        ("Ташқи ишлар вазири элчини қабул қилди", "uz"),
        ("Qyrǵyzstanda jer silkindi", "kk"),
        ("Sırtqı ister ministri elşini qabyldady", "kk"),
        ("Qazaqstan Respublikasynyñ Syrtqy ıster ministrlıgı", "kk"),
        ("Şetelde jürgen azamattarğa arnalğan habarlama", "kk"),
        ("Astanada jiyn ötti", "kk"),
        ("Tashqi ishlar vaziri elchini qabul qildi", "uz"),
        ("Dışişleri Bakanlığı sözcüsü basına konuştu", "und"),
        ("Cumhurbaşkanı Erdoğan Astana'da konuştu", "und"),
        ("Azərbaycan Prezidenti Astanada, dalğa enerjisi", "und"),
        ("Президент України зустрівся з послом", "und"),
        ("Španělský ministr přijel do Prahy", "und"),
        ("哈萨克斯坦总统会见大使", "und"),
        ("رئيس كازاخستان يستقبل السفير", "und"),
        ("", "und"),
        ("2026: 100 %", "und"),
    ],
)
def test_a_text_is_told_by_its_letters_and_words(text: str, language: str) -> None:
    assert detect(text).language == language


def test_letters_shared_with_uzbek_prove_nothing() -> None:
    assert letters_only("қоғам") is None
    assert letters_only("қоғамдық кеңес өтті және") == letters_only("әділет және қоғам")


def test_a_russian_text_with_a_kazakh_name_stays_russian() -> None:
    text = "Министр встретился в Астане с руководителем фонда «Әділет» и обсудил с ним планы на будущий год. " * 3
    assert detect(text).language == "ru"


def test_the_prior_decides_only_what_is_short_and_unsure() -> None:
    assert detect("UN", prior="en").language == "en"
    assert detect("Казахстан", prior="kk").language == "kk"
    assert detect("The Foreign Ministry made a statement", prior="ru").language == "en"
    assert detect("Жаңалықтар: әлем", prior="ru").language == "kk"


@pytest.mark.parametrize(
    "text", ["", "2026: 100 %", "哈萨克斯坦外交部", "وزارة الخارجية", "Türkiye ve Kazakistan görüştü"]
)
@pytest.mark.parametrize("prior", ["en", "kk", "ru"])
def test_the_prior_is_never_the_verdict_on_what_is_no_text_of_ours(text: str, prior: str) -> None:
    assert detect(text, prior=prior).language == "und"


def test_threads_share_one_model() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(detect, ["Утечка газа в школе"] * 40))
    assert len(set(found)) == 1


def test_labelled_titles_reach_the_figure_of_the_measurement() -> None:
    lines = shared("eval/langid.tsv").read_text("utf-8").splitlines()
    rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    right = sum(detect(title).language == language for title, language in rows)
    assert right / len(rows) >= 0.95


def test_news_titles_in_three_languages_are_told() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in shared("corpora/text/ntrex_docs_shared.jsonl").read_text("utf-8").splitlines():
        story = json.loads(line)
        total[story["lang"]] += 1
        right[story["lang"]] += detect(story["title"]).language == story["lang"]
    assert all(right[language] >= 0.98 * total[language] > 0 for language in ("en", "ru", "kk"))


def test_kazinforms_latin_kazakh_is_kazakh() -> None:
    for line in shared("payloads/kazinform/qz-inform-kz.3-records.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        assert detect(record["title"]).language == detect(record["text"]).language == "kk"
