"""How a new item stands to one stored item, by what they say: the rules, each with its name.

One-way containment alone never joins: a speech contains its excerpts. Names and figures that both sides have alone mean
another event told in the same form; a shortened, wrapped or extended copy differs on one side only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from news.story.compare import Difference, Named, Overlap, Weights, telling, title_likeness, unlike
from news.story.entities import CONCEPT, FIGURE, MAYBE, NAME, WORD, Entity, keys, weight
from news.story.relation import Evidence, Relation
from news.story.semantic_judge import JOINED, happened_elsewhere, is_another_event, score, strength
from news.story.semantic_recent import LEAST_CLOSENESS
from news.story.signature import Signature

_FORM, _COPY, _SURE_COPY = 0.3, 0.6, 0.8
_SAME_LENGTH = 0.5
_TITLES_AGREE = 0.6
_FEWEST_PASSAGES = 5
# What differs on the side where less differs, in surnames' weights and as a share of all it names: so much is another
# event. A shortened text may lack names and have those of its publisher, texts of one length have no such excuse.
_OTHER_EVENT, _OTHER_IF_SOME, _TOLD = 2.8, 1.6, 0.4
_SOME, _MANY = 0.15, 0.3
_WHOLE = 0.8
_CORRECTED, _CORRECTED_WEIGHT, _CORRECTED_SHARE = 0.9, 2.0, 0.34
_SHORTEST_CORRECTED = 25
_BRIEF = 40
ACROSS = timedelta(hours=48)
"""Items without a common text tell one event only within this span."""
_TRANSLATED, _RETOLD = 0.5, 0.62
# Long texts name so much in common that less of it is enough (no two of 57 translated documents are taken for one).
_MUCH, _TRANSLATED_IF_MUCH = 4.0, 0.46
_LEAST_SHARED = 1.5
_SHORTEST_TITLE = 4
_TITLE_DAYS, _COPY_DAYS = 1, 7


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two items. day: when it tells of; at: the instant, if known; publisher: empty where unknown."""

    signature: Signature
    language: str
    publisher: str
    day: date
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How the new item stands to the old one; `strength` 0..1 orders verdicts of one relation."""

    relation: Relation
    strength: float
    rule: str
    pair: _Pair

    @property
    def evidence(self) -> Evidence:
        """What to show to a person."""
        return self.pair.evidence(self.rule)


def says_one_event(signature: Signature) -> bool:
    """Whether an item can be grouped at all: no collection of news, and no notice of a site in place of a text."""
    return not signature.collection and not signature.notice


def is_of_one_text(texts: Overlap) -> bool:
    """Whether two texts share enough for their passages to decide."""
    return texts.sampled >= _FEWEST_PASSAGES and max(texts.of_new, texts.of_old) >= _FORM


def judge(
    new: Side, named: Named, old: Side, texts: Overlap, weights: Weights, closeness: float | None = None
) -> Verdict | None:
    """Say how `new` stands to `old`, None where not at all.

    named: what the new one names; closeness: how near they are in meaning, as in `Lookalike`.
    """
    pair = _Pair(new, old, texts, named, weights, closeness)
    return _by_text(pair) if is_of_one_text(texts) else _by_title(pair) or _by_names(pair)


@dataclass(frozen=True)
class _Pair:
    new: Side
    old: Side
    texts: Overlap
    naming: Named
    weights: Weights
    closeness: float | None

    @cached_property
    def named(self) -> Difference:
        return self.naming.difference(self.old.signature)

    @cached_property
    def shares(self) -> tuple[float, float]:
        return self.texts.weighed(self.weights)

    @property
    def length_ratio(self) -> float:
        one, other = self.new.signature.words, self.old.signature.words
        return min(one, other) / max(one, other, 1)

    @cached_property
    def titles(self) -> float:
        return title_likeness(self.new.signature, self.old.signature)

    @property
    def days(self) -> int:
        return abs((self.new.day - self.old.day).days)

    @property
    def is_word_for_word(self) -> bool:
        return bool(self.new.signature.body) and self.new.signature.body == self.old.signature.body

    @property
    def same_publisher(self) -> bool:
        return bool(self.new.publisher) and self.new.publisher == self.old.publisher

    def verdict(self, relation: Relation, strength: float, rule: str) -> Verdict:
        return Verdict(relation=relation, strength=strength, rule=rule, pair=self)

    def evidence(self, rule: str) -> Evidence:
        shown = {NAME, FIGURE, CONCEPT}
        return Evidence(
            rule=rule,
            of_new=round(self.shares[0], 3),
            of_old=round(self.shares[1], 3),
            shared=tuple(mine.text for mine, _ in self.named.shared if mine.kind in shown),
            only_new=tuple(one.text for one in self.named.only_new if one.kind in shown),
            only_old=tuple(one.text for one in self.named.only_old if one.kind in shown),
        )


def _by_text(pair: _Pair) -> Verdict | None:
    texts = pair.texts
    new_is_shorter = pair.new.signature.words <= pair.old.signature.words
    small, large = (texts.of_new, texts.of_old) if new_is_shorter else (texts.of_old, texts.of_new)
    rare = pair.shares[0] if new_is_shorter else pair.shares[1]
    if pair.is_word_for_word and pair.titles >= _TITLES_AGREE and pair.days == 0:
        # In the other alphabet of Kazakh, for a text of the same letters has the same hash. Names are read by letters.
        return _joined(pair, 1.0, "same text in another spelling")
    if _is_other_event(pair, small, large):
        if min(small, large) < _FORM:
            return None
        return pair.verdict(Relation.TEMPLATE, min(small, large), "same form, other names or figures")
    if min(small, large) >= _FORM and _is_next_release(pair, small, large):
        return pair.verdict(Relation.TEMPLATE, min(small, large), "same form, each headline with words of its own")
    if min(small, large) >= _FORM and _is_brief_of_another(pair):
        return pair.verdict(Relation.TEMPLATE, min(small, large), "news in brief with another headline and text")
    if small < _COPY or rare < _COPY:
        if pair.titles >= _TITLES_AGREE and min(small, large) >= _FORM and pair.days <= _TITLE_DAYS:
            return _joined(pair, min(small, large), "same title, much of the text")
        return _by_title(pair) or _by_names(pair)
    if pair.days > _COPY_DAYS and pair.same_publisher and min(small, large) >= _FORM:
        return pair.verdict(Relation.TEMPLATE, min(small, large), "same text again on another day")
    if pair.titles >= _TITLES_AGREE:
        return _joined(pair, small, "same title, one text holds the other")
    if pair.length_ratio < _SAME_LENGTH:
        return pair.verdict(Relation.EXCERPT, small, "one text holds the other, with another title and length")
    if small >= _SURE_COPY:
        if pair.same_publisher and pair.titles == 0.0 and pair.days > 0:
            return pair.verdict(Relation.TEMPLATE, small, "same text under another title")
        return _joined(pair, small, "texts of one length with the same passages")
    return _by_names(pair)


def _joined(pair: _Pair, strength: float, rule: str) -> Verdict:
    """SAME, or UPDATE where the new one takes the old one's place: at its publisher with all of it, or marked so."""
    if pair.new.language != pair.old.language:
        return pair.verdict(Relation.TRANSLATION, strength, rule)
    takes_over = pair.same_publisher and pair.texts.of_old >= _COPY and pair.texts.of_new < 1.0
    relation = Relation.UPDATE if takes_over or pair.new.signature.later else Relation.SAME
    return pair.verdict(relation, strength, rule)


def _is_other_event(pair: _Pair, small: float, large: float) -> bool:
    mine, theirs = unlike(telling(pair.named.only_new), telling(pair.named.only_old))
    if not mine or not theirs:
        return False
    less = min(_sum(mine), _sum(theirs))
    if not less:
        return False
    both = [mine for mine, _ in pair.named.shared if mine.kind in {NAME, FIGURE, CONCEPT}]
    in_both = _sum(both)
    share = min(_sum(mine) / (_sum(mine) + in_both), _sum(theirs) / (_sum(theirs) + in_both))
    if _is_correction(pair, mine, theirs, small, large, share):
        return False
    in_titles = any(one.title for one in mine) and any(one.title for one in theirs)
    if in_titles and less >= _TOLD:
        return True
    if pair.length_ratio < _SAME_LENGTH:
        return less >= _OTHER_EVENT and share >= _MANY
    if pair.length_ratio < _WHOLE:
        return less >= _OTHER_EVENT or (less >= _OTHER_IF_SOME and share >= _SOME) or share >= _MANY
    if min(small, large) < _CORRECTED:
        # Neither text holds the other, and each has a name in the other's place.
        return less >= _TOLD or (pair.titles >= _TITLES_AGREE and _are_of_others(pair))
    return less >= _OTHER_IF_SOME or share >= _MANY or (pair.days > 0 and less >= _TOLD)


def _is_next_release(pair: _Pair, small: float, large: float) -> bool:
    """Whether both are written on one form: each title and each text has words that the other has not.

    The minister of health was in town, and so was the minister of transport: no name tells them apart. A correction
    under a new address keeps its headline, or only adds to it. Others put a headline in their own words, but in no
    other place. The same words on another day are the next of a series where the number in the headline is another:
    bulletin No. 5 may repeat No. 4.
    """
    if pair.new.signature.later or pair.length_ratio < _WHOLE:
        return False
    only = (pair.named.only_new, pair.named.only_old)
    if pair.same_publisher and pair.days > 0 and min(small, large) >= 1.0:
        return all(any(one.title and one.kind == FIGURE for one in side) for side in only)
    # A copy under a headline of its own still has the words of the other headline in its text.
    of_another = all(any(one.title and one.kind in {CONCEPT, WORD} for one in side) for side in only)
    if not (pair.same_publisher or of_another):
        return False
    mine, theirs = set(pair.new.signature.title), set(pair.old.signature.title)
    return bool(mine - theirs and theirs - mine) and max(small, large) < 1.0


def _is_brief_of_another(pair: _Pair) -> bool:
    """Whether two texts are so short that one word tells two events apart, and headline and text both differ."""
    new, old = pair.new.signature, pair.old.signature
    if min(new.words, old.words) >= _BRIEF or set(new.title) == set(old.title):
        return False
    return max(pair.texts.of_new, pair.texts.of_old) < 1.0


def _are_of_others(pair: _Pair) -> bool:
    """Whether each title has a name that the other title has not: both texts may name it, of somebody else."""
    mine, theirs = (
        [one for one in side.signature.entities if one.title and one.kind in {NAME, FIGURE, CONCEPT}]
        for side in (pair.new, pair.old)
    )
    known = frozenset().union(*(keys(one.kind, one.text) for one in theirs))
    asked = frozenset().union(*(keys(one.kind, one.text) for one in mine))
    return any(known.isdisjoint(keys(one.kind, one.text)) for one in mine) and any(
        asked.isdisjoint(keys(one.kind, one.text)) for one in theirs
    )


def _is_correction(
    pair: _Pair, mine: Sequence[Entity], theirs: Sequence[Entity], small: float, large: float, share: float
) -> bool:
    """Whether so little differs, on one day, that one text is the other corrected."""
    if min(small, large) < _CORRECTED or pair.days > 0 or pair.titles < _TITLES_AGREE:
        return False
    if min(pair.new.signature.words, pair.old.signature.words) < _SHORTEST_CORRECTED or share > _CORRECTED_SHARE:
        return False
    if any(one.title and one.kind != FIGURE for one in (*mine, *theirs)):
        return False
    return max(_sum(mine), _sum(theirs)) <= _CORRECTED_WEIGHT and max(len(mine), len(theirs)) <= 2


def _by_title(pair: _Pair) -> Verdict | None:
    """Headlines without a text: equal ones of one day, with enough words to be no heading of a section."""
    new, old = pair.new.signature, pair.old.signature
    if min(new.words, old.words) > _FEWEST_PASSAGES or pair.days > _TITLE_DAYS:
        return None
    if len(set(new.title)) < _SHORTEST_TITLE or set(new.title) != set(old.title):
        return None
    mine, theirs = telling(pair.named.only_new), telling(pair.named.only_old)
    if mine and theirs:
        return None
    return _joined(pair, 0.9, "same headline on one day, no text to compare")


def _by_names(pair: _Pair) -> Verdict | None:
    """Names, figures and concepts within 48 hours: translations, and the same event told in other words."""
    if not _within(pair.new, pair.old, ACROSS):
        return None
    alike, shared = likeness(pair.named, pair.new.signature, pair.old.signature, pair.weights)
    across = pair.new.language != pair.old.language
    if across and pair.closeness is not None:
        return _by_meaning(pair, pair.closeness, alike)
    least = _RETOLD if not across else _TRANSLATED if shared < _MUCH else _TRANSLATED_IF_MUCH
    if shared < _LEAST_SHARED or alike < least:
        return None
    if across:
        if happened_elsewhere(pair.named):
            return None
        return pair.verdict(Relation.TRANSLATION, alike, "same names, figures and words within 48 hours")
    mine, theirs = unlike(telling(pair.named.only_new), telling(pair.named.only_old))
    if min(_sum(mine), _sum(theirs)) >= 0.7:
        return None
    return _joined(pair, alike, "same names and figures, told in other words")


def _by_meaning(pair: _Pair, closeness: float, alike: float) -> Verdict | None:
    """Two languages within 48 hours, where the vectors of both are known."""
    total = score(closeness, alike)
    is_near = closeness >= LEAST_CLOSENESS or alike >= _TRANSLATED
    if total < JOINED or not is_near or is_another_event(pair.named) or happened_elsewhere(pair.named):
        return None
    rule = f"same meaning by vector {closeness:.2f}, names {alike:.2f}"
    return pair.verdict(Relation.TRANSLATION, strength(total), rule)


def likeness(named: Difference, new: Signature, old: Signature, weights: Weights) -> tuple[float, float]:
    """How much of what two items name is the same, 0..1, and the weight of what is shared.

    Figures of one size that differ, and countries or bodies that differ, speak against: 312 and 320 evacuated.
    """
    shared = sum([_mean(weights, mine, theirs) for mine, theirs in named.shared])
    if shared < _LEAST_SHARED:
        return 0.0, shared
    mine, theirs = weights.total(new), weights.total(old)
    score = shared / (0.7 * min(mine, theirs) + 0.3 * max(mine, theirs))
    hard = [one for one, _ in named.shared if one.kind != WORD and weight(one.kind, one.text) >= 0.5]
    if not hard:
        score *= 0.6
    if score < _TRANSLATED_IF_MUCH:
        # What speaks against it only lowers it.
        return score, shared
    score *= _against(named, FIGURE, 0.4, 0.7)
    score *= _against(named, CONCEPT, 0.6, 0.75)
    return min(1.0, score), shared


def _against(named: Difference, kind: str, least: float, factor: float) -> float:
    """The factor, where both items have entities of a kind that the other lacks, and more so than they share any."""
    mine = sum(weight(*one[:2]) for one in named.only_new if one.kind == kind and weight(*one[:2]) >= least)
    theirs = sum(weight(*one[:2]) for one in named.only_old if one.kind == kind and weight(*one[:2]) >= least)
    shared = sum(weight(*one[:2]) for one, _ in named.shared if one.kind == kind)
    return factor if min(mine, theirs) > shared else 1.0


def _mean(weights: Weights, mine: Entity, theirs: Entity) -> float:
    bonus = 1.25 if mine.title and theirs.title else 1.0
    return bonus * (weights.entity(mine) + weights.entity(theirs)) / 2


def _sum(entities: Sequence[Entity]) -> float:
    return sum([weight(one.kind, one.text) for one in entities if one.kind != MAYBE])


def _within(new: Side, old: Side, span: timedelta) -> bool:
    if new.at is not None and old.at is not None:
        return abs(new.at - old.at) <= span
    return abs((new.day - old.day).days) <= span.days
