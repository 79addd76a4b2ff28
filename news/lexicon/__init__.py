"""Organisations, places, offices and topics with their names in English, Russian and Kazakh: what @ifrc means."""

from news.lexicon.concept import LANGUAGES, Concept, Holder, Name
from news.lexicon.lexicon import Lexicon, with_own
from news.lexicon.read import shipped

__all__ = ["LANGUAGES", "Concept", "Holder", "Lexicon", "Name", "shipped", "with_own"]
