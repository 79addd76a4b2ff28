"""Languages of drafts, detected where the text tells, as declared where it does not."""

from __future__ import annotations

from crawler.read.languages import needs_model, with_languages
from crawler.read.page import Reading
from news.item import Draft
from tests.crawler.read.pages import FEED


def test_a_draft_gets_the_language_of_its_words() -> None:
    drafts = (
        Draft(title="Қызыл Жарты Ай қоғамы көмек көрсетті", language="ru"),
        Draft(title="Rescue teams were sent to the flooded districts", language="ru"),
        Draft(title="2026", language="ru"),
    )
    found = with_languages(Reading(drafts=drafts), FEED).drafts
    assert [draft.language for draft in found] == ["kk", "en", "ru"]
    assert found[0].language_sure > 0.9
    assert found[2].language_sure == 0.0


def test_the_model_is_needed_only_where_letters_leave_it_open() -> None:
    assert not needs_model(Reading(drafts=(Draft(title="Әділет және қоғам"), Draft(title=""))), FEED)
    assert needs_model(Reading(drafts=(Draft(title="Rescue teams"),)), FEED)
