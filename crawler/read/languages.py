"""Filling in the language of drafts; runs where the model may be loaded, in the reader process."""

from __future__ import annotations

from dataclasses import replace

from crawler.read.page import Reading
from news.boilerplate import split_text
from news.item import Draft
from news.language import detect, letters_only
from news.source import AnySource


def needs_model(reading: Reading, source: AnySource) -> bool:
    """Whether some draft's letters leave its language open, so that `with_languages` would load the model."""
    return any(letters_only(_sample(draft, source)) is None for draft in reading.drafts)


def with_languages(reading: Reading, source: AnySource) -> Reading:
    """The reading with each draft's language detected from its title and text.

    What the draft or the source declares is a prior; it stays as declared where there are no letters to tell from.
    """
    return replace(reading, drafts=tuple(with_language(draft, source) for draft in reading.drafts))


def with_language(draft: Draft, source: AnySource) -> Draft:
    """The same for one draft."""
    guess = detect(_sample(draft, source), prior=draft.language or source.language)
    return replace(draft, language=guess.language, language_sure=guess.sure) if guess.sure else draft


def _sample(draft: Draft, source: AnySource) -> str:
    # Without what the site puts into every text: KazISS greets its English readers in Russian.
    body = split_text(draft.text, title=draft.title, notices=source.notices).body
    return f"{draft.title}\n{body or draft.summary}"
