"""Which items tell one event: what an item is known by (`sign`) and the story it belongs to (`choose_story`)."""

from news.story.choose import MOST_HOLDERS, WINDOW, choose_story
from news.story.frequencies import BUCKETS, Frequencies, seeded
from news.story.relation import Choice, Evidence, Lookalike, Relation, Story
from news.story.signature import Signature, sign

__all__ = [
    "BUCKETS",
    "MOST_HOLDERS",
    "WINDOW",
    "Choice",
    "Evidence",
    "Frequencies",
    "Lookalike",
    "Relation",
    "Signature",
    "Story",
    "choose_story",
    "seeded",
    "sign",
]
