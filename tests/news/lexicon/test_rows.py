"""Rows are read when they are asked for, and none that bears a name is passed over."""

from __future__ import annotations

from news.lexicon import Concept, Lexicon, shipped, with_own
from news.lexicon.concept import ConceptKind
from news.lexicon.read import read_concepts
from news.lexicon.rows import Rows

_FILE = """
# --- Waters
[lake]
names.en = ["Lake Organisation"]
old.en = ["Türkiye Lake"]

[ministry]
country = "kz"
names.ru = ["Министерство озёр"]
abbreviations.en = ["MoL"]
"""


def _reading() -> tuple[Lexicon, list[str]]:
    read: list[str] = []

    def concept(text: str, kind: ConceptKind) -> Concept:
        (one,) = read_concepts(text, kind=kind)
        read.append(one.id)
        return one

    return Lexicon(rows=Rows([(_FILE, "organisation")], concept)), read


def test_only_the_rows_asked_for_are_read_and_each_once() -> None:
    lexicon, read = _reading()
    assert [one.id for one in lexicon.by_text("lake organization")] == ["lake"]
    assert [one.id for one in lexicon.by_text("the Turkiye lake")] == ["lake"]
    assert lexicon.by_text("paper mill") == ()
    assert lexicon.by_text("...") == ()
    assert read == ["lake"]
    assert [one.id for one in lexicon.by_text("Министерство озер Республики Казахстан")] == ["ministry"]
    assert [one.id for one in lexicon.by_text("Kazakh MoL")] == ["ministry"]
    assert [one.id for one in lexicon.all] == ["lake", "ministry"] == read


def test_a_users_own_concept_takes_the_place_of_a_row_unread() -> None:
    lexicon, read = _reading()
    own = Concept(id="lake", kind="own", names=())
    more = with_own(lexicon, [own, Concept(id="mine", kind="own", names=())])
    assert more.concept("lake") is own
    assert more.by_text("Lake Organisation") == ()
    assert [one.id for one in more.all] == ["lake", "ministry", "mine"]
    assert read == ["ministry"]


def test_every_shipped_name_is_found_without_reading_all_rows() -> None:
    # by_text reads the rows that may bear the name; here some of the thousands of names.
    lexicon = shipped()
    names = [(concept.id, name.text) for concept in lexicon.all for name in concept.names][::37]
    lost = [(id, text) for id, text in names if id not in {one.id for one in lexicon.by_text(text, unsure=True)}]
    assert lost == []
