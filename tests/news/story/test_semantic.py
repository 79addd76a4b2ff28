"""Vectors of items: what is embedded, packed, centred, and found near."""

from __future__ import annotations

import numpy as np
import pytest

from news.item import Draft
from news.story.semantic import DIMENSIONS, directed, pack, told, unpack
from news.story.semantic_means import MOST_COUNTED, SEEDED, Mean, Means, shipped
from news.story.semantic_model import is_installed, load_embedder
from news.story.semantic_recent import DAYS, MOST, NEAREST, Recent
from tests.news.story.meanings import vector, way

DAY = 739_000


def test_the_title_and_two_sentences_are_embedded_without_what_surrounds_them() -> None:
    text = "Subscribe to our channel!\nThe bridge was closed at 14.30. Nobody was hurt. Repairs take a month."
    draft = Draft(title="Flood closes the bridge", text=text)
    assert told(draft, ("Subscribe to our channel!",)) == (
        "Flood closes the bridge. The bridge was closed at 14.30. Nobody was hurt"
    )
    assert told(Draft(title="Flood closes the bridge")) == "Flood closes the bridge"
    assert told(Draft(title="Мост закрыт", summary="Паводок пришёл. Мост закрыт. Ждут.")) == (
        "Мост закрыт. Паводок пришёл. Мост закрыт"
    )
    assert len(told(Draft(title="A", text="word " * 5_000))) <= 600


def test_a_packed_vector_is_the_vector() -> None:
    made = directed(vector("flood", "en"))
    assert made is not None
    packed = pack(made)
    back = unpack(packed)
    assert back is not None
    assert len(packed) == 4 + DIMENSIONS
    assert float(back @ made) > 0.9999
    assert unpack(b"") is None
    assert unpack(packed[:-1]) is None
    assert unpack(pack(np.zeros(DIMENSIONS, np.float32))) is None


def test_without_the_mean_of_its_language_a_text_lies_near_its_translation_alone() -> None:
    raw = directed(vector("flood", "en")), directed(vector("library", "en")), directed(vector("flood", "kk"))
    means = Means()
    english, other, kazakh = (means.centred(*one) for one in zip(("en", "en", "kk"), raw, strict=True))  # type: ignore[arg-type]
    assert english is not None
    assert other is not None
    assert kazakh is not None
    assert float(english @ kazakh) > 0.8
    assert abs(float(english @ other)) < 0.4


def test_the_mean_moves_with_what_is_stored_and_forgets() -> None:
    means = Means()
    for _ in range(SEEDED):
        means.add("kk", way("always the same"))
    assert means.changed == {"kk"}
    assert means.of("kk").items == 2 * SEEDED
    assert np.allclose(means.of("kk").vector, (shipped("kk") + way("always the same")) / 2, atol=1e-5)
    late = Means({"kk": Mean(items=MOST_COUNTED, vector=shipped("kk"))})
    late.add("kk", way("x"))
    assert late.of("kk").items == MOST_COUNTED


def test_a_language_never_seen_has_the_mean_of_all() -> None:
    every = np.mean([shipped(one) for one in ("en", "ru", "kk", "ky", "uz")], axis=0)
    assert np.allclose(Means().of("de").vector, every, atol=1e-6)


def test_the_nearest_are_of_other_languages_and_of_these_days() -> None:
    recent = Recent()
    recent.add(1, way("flood"), language="ru", day=DAY)
    recent.add(2, way("flood"), language="en", day=DAY)
    recent.add(3, way("flood"), language="ru", day=DAY - DAYS - 1)
    recent.add(4, way("library"), language="ru", day=DAY)
    assert recent.closest(way("flood"), language="en", day=DAY) == {1: pytest.approx(1.0, abs=1e-5)}
    assert recent.closeness(3, way("flood")) == pytest.approx(1.0, abs=1e-5)
    assert recent.closeness(9, way("flood")) is None
    recent.add(1, way("library"), language="ru", day=DAY)
    assert recent.closest(way("flood"), language="en", day=DAY) == {}


def test_only_so_many_are_held_and_given() -> None:
    recent = Recent()
    for item in range(2 * MOST + 1):
        recent.add(item, way("flood"), language="ru", day=DAY)
    assert len(recent) == MOST + 1
    assert recent.closeness(0, way("flood")) is None
    assert recent.closeness(2 * MOST, way("flood")) is not None
    assert list(recent.closest(way("flood"), language="en", day=DAY)) == list(range(MOST, MOST + NEAREST))


@pytest.mark.skipif(not is_installed(), reason="the extra [semantic] is not installed")
def test_the_real_model_puts_a_translation_nearer_than_other_news() -> None:
    embedder, means = load_embedder(), Means()
    texts = {
        "en": "Flood closes the bridge at Petropavl. Rescuers took people to a school.",
        "kk": "Петропавлда су тасқынынан көпір жабылды. Құтқарушылар тұрғындарды мектепке көшірді.",
        "ru": "Национальный банк оставил базовую ставку без изменений. Решение принято в пятницу.",
    }
    centred = {language: means.centred(language, embedder.embed(text)) for language, text in texts.items()}
    english, kazakh, russian = centred["en"], centred["kk"], centred["ru"]
    assert english is not None
    assert kazakh is not None
    assert russian is not None
    assert float(english @ kazakh) > 0.5 > 0.3 > float(english @ russian)
