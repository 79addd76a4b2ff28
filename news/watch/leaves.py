"""The leaves of compiled watches, one object for each thing looked for, however many watches look for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from news import lexicon as lexicon_of
from news.lexicon import Lexicon
from news.text.forms import asked_keys, is_abbreviation_like_word
from news.text.names import name_pattern
from news.text.words import tokenise, word_forms
from news.watch.conditions import DatedTest, Leaf, NameTest, Proof, RegexTest, TermTest
from news.watch.query import AnyTerm, Concept, Name, Regex, Term, Wording
from news.watch.regexes import CompiledRegex, compile_regex
from news.watch.vocabulary import Vocabulary

# To establish it, the pattern is run over the item: dearer than any word.
_REGEX_COST = 1_000.0


class Leaves:
    """Makes leaves of one vocabulary. regexes: the feature of a pattern -> the pattern and the field it looks in."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon | None) -> None:
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._terms: dict[tuple[object, ...], TermTest] = {}
        self._names: dict[tuple[str, ...], NameTest] = {}
        self._patterns: dict[tuple[str, str], RegexTest] = {}
        self.regexes: dict[int, tuple[CompiledRegex, str]] = {}

    def of(self, node: AnyTerm, scope: str, support: tuple[Leaf, ...] = ()) -> tuple[Leaf, ...]:
        """What one term asks for, of which one leaf is enough; `support` helps a name that is weak by itself."""
        match node:
            case Term():
                return (self._term(node, scope, node.text),)
            case Regex():
                return (self._regex(node, scope),)
            case Name(text=text):
                return (self._name(text, scope, f"name:{text}", support),)
            case Concept(id=id):
                return tuple(self._concept(id, scope, support))

    def _term(self, term: Term, scope: str, shown: str, *, capital: bool = False) -> TermTest:
        key = (term.words, term.wording, term.gaps, scope, shown, capital)
        if key not in self._terms:
            features = tuple(self._word_features(term, place=capital))
            self._terms[key] = TermTest(
                features=features,
                needed=tuple(self._vocabulary.scoped(feature, scope) for feature in features) if scope else features,
                gaps=term.gaps or ("",) * (len(features) - 1),
                scope=scope,
                term=shown,
                proof=Proof.CAPITAL if capital else Proof.ELSEWHERE if _is_doubtful(term) else Proof.WORD,
            )
        return self._terms[key]

    def _word_features(self, term: Term, *, place: bool) -> Iterator[int]:
        words = term.words
        if term.wording is Wording.EXACT:
            yield from (self._vocabulary.exact(word_forms(word).written) for word in words)
            return
        # Only the last word of a term is a prefix: пост-совет*.
        asked = words[:-1] if term.wording is Wording.PREFIX else words
        for word, keys in zip(asked, asked_keys(asked, place=place), strict=True):
            yield self._vocabulary.word(keys, word_forms(word).form)
        if term.wording is Wording.PREFIX:
            yield self._vocabulary.prefix(word_forms(words[-1]).form)

    def _regex(self, regex: Regex, scope: str) -> RegexTest:
        key = (regex.pattern, scope)
        if key not in self._patterns:
            feature = self._vocabulary.other(_REGEX_COST)
            compiled = compile_regex(regex.pattern)
            self.regexes[feature] = (compiled, scope)
            self._patterns[key] = RegexTest(regex=compiled, feature=feature, scope=scope, term=f"/{regex.pattern}/")
        return self._patterns[key]

    def _name(self, text: str, scope: str, shown: str, support: tuple[Leaf, ...]) -> NameTest:
        key = (text, scope, shown)
        if key not in self._names:
            pattern = name_pattern(tokenise(text).written)
            surname = self._vocabulary.name(pattern.surname)
            self._names[key] = NameTest(
                pattern=pattern,
                surname=surname,
                needed=(self._vocabulary.scoped(surname, scope),),
                support=(),
                scope=scope,
                term=shown,
            )
        name = self._names[key]
        return replace(name, support=support) if name.pattern.needs_support and support else name

    def _concept(self, id: str, scope: str, support: tuple[Leaf, ...]) -> Iterator[Leaf]:
        concept = (self._lexicon or lexicon_of.shipped()).concept(id)
        if concept is None:
            raise ValueError(f"check_watch refuses @{id}")
        shown = f"@{id}"
        for name in _sure(concept.names):
            term = _as_term(name)
            capital = concept.kind == "place" and name.kind != "abbreviation" and len(term.words) == 1
            yield self._term(term, scope, shown, capital=capital)
        for holder in concept.holders:
            for name in _sure(holder.names) if holder.sure else ():
                part = self._name(name.text, scope, shown, support)
                yield DatedTest(part=part, since=holder.since, until=holder.until)


def _sure(names: Sequence[lexicon_of.Name]) -> Iterator[lexicon_of.Name]:
    """The names that may match, each text once: MFA is the same in two languages."""
    seen = set()
    for name in names:
        if name.sure and name.text not in seen:
            seen.add(name.text)
            yield name


def _is_doubtful(term: Term) -> bool:
    """Whether a term is one abbreviation that in capitals looks like a word of some language."""
    return term.wording is Wording.ANY_CASE and len(term.words) == 1 and is_abbreviation_like_word(term.words[0])


def _as_term(name: lexicon_of.Name) -> Term:
    words = tokenise(name.text)
    gaps = tuple(words.gap(index) for index in range(len(words) - 1))
    # An abbreviation is compared with its case: capitals are anyhow, "MoFA" is taken exactly.
    mixed = any(not (word.isupper() or word.islower()) for word in words.written)
    wording = Wording.EXACT if name.kind == "abbreviation" and mixed else Wording.ANY_CASE
    return Term(words=words.written, wording=wording, gaps=gaps if any(gaps) else (), text=name.text)
