"""Regular expressions of users, in linear time whatever the text, with offsets into the text as given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import re2

from news.text.words import INVISIBLE
from news.watch.regex_syntax import MARK, WORD_RUN, RegexFault, Translated, translate

LONGEST_PATTERN = 1_000

_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# What any text of a language looks like: a pattern that finds all of one row says nothing.
_ANY_TEXT = (
    ("The meeting was held on Monday.", "It will open again in two days.", "Water is one of the topics there."),
    ("Встреча прошла в понедельник.", "Он снова откроется через два дня.", "Вода была одной из тем."),
    ("Кездесу дүйсенбі күні өтті.", "Ол екі күннен кейін қайта ашылады.", "Су тақырыптардың бірі болды."),
)
_FAULTS = {
    "no argument for repetition operator": "there is nothing to repeat",
    "invalid repetition operator": "this repetition has no meaning",
    "bad repetition operator": "this repetition has no meaning",
    "invalid repetition size": "this repetition is too large",
    "missing )": "a ( is never closed",
    "unexpected )": "this ) has no ( before it",
    "missing closing )": "a ( is never closed",
    "missing ]": "a [ is never closed",
    "invalid character class range": "this range runs backwards or has no end",
    "invalid escape sequence": "this backslash means nothing here",
    "pattern too large": "the pattern is too large",
}


@dataclass(frozen=True, kw_only=True)
class CompiledRegex:
    """A pattern ready to run over a `SearchedText`: `run` is RE2's object, `marked` which of the two texts it reads."""

    pattern: str
    run: Any
    marked: bool


class SearchedText:
    """One text as patterns see it: without invisible characters, and marked where words begin and end."""

    def __init__(self, text: str) -> None:
        self._given = text

    def spans(self, regex: CompiledRegex, most: int) -> Iterator[tuple[int, int]]:
        """Where the pattern is found, at most `most` times, in code points of the text as given."""
        text = self._marked if regex.marked else self._plain
        at = visible = 0
        for _, found in zip(range(most), regex.run.finditer(text), strict=False):
            ends = []
            for place in found.span():
                visible += place - at - (text.count(MARK, at, place) if regex.marked else 0)
                ends.append(visible)
                at = place
            start, end = ends
            if start < end:
                yield self._places[start] if self._places else start, self._places[end - 1] + 1 if self._places else end

    def has(self, regex: CompiledRegex) -> bool:
        """Whether the pattern is found at all."""
        return regex.run.search(self._marked if regex.marked else self._plain) is not None

    @cached_property
    def _plain(self) -> str:
        text = _INVISIBLE.sub("", self._given).replace(MARK, "\ufffd")
        try:
            text.encode()
        except UnicodeEncodeError:
            text = _LONE_SURROGATE.sub("\ufffd", text)
        return text

    @cached_property
    def _marked(self) -> str:
        return WORD_RUN.sub(rf"{MARK * 2}\g<0>{MARK * 2}", self._plain)

    @cached_property
    def _places(self) -> Sequence[int]:
        """Where each visible character stands in the text as given; empty where all are visible."""
        if not _INVISIBLE.search(self._given):
            return ()
        return [at for at, character in enumerate(self._given) if not _INVISIBLE.match(character)]


class RegexGroups:
    """Which of many patterns a text holds. They are tried by the dozen: few texts hold any of a dozen."""

    _TOGETHER = 12

    def __init__(self, regexes: Iterable[CompiledRegex]) -> None:
        by_marking: dict[bool, list[CompiledRegex]] = {}
        for regex in regexes:
            by_marking.setdefault(regex.marked, []).append(regex)
        self._groups = [
            (_together(group), group)
            for members in by_marking.values()
            for start in range(0, len(members), self._TOGETHER)
            if (group := members[start : start + self._TOGETHER])
        ]

    def found_in(self, text: SearchedText) -> Iterator[str]:
        """The patterns that are found in `text`."""
        for together, group in self._groups:
            if together is None or text.has(together):
                yield from (regex.pattern for regex in group if text.has(regex))


@lru_cache(maxsize=1_000)
def compile_regex(pattern: str) -> CompiledRegex:
    """The pattern, in any case unless it says (?-i); raises RegexFault with the place."""
    if len(pattern) > LONGEST_PATTERN:
        raise RegexFault(LONGEST_PATTERN, len(pattern), f"a pattern is at most {LONGEST_PATTERN:,} characters long")
    # The pattern as written goes first: a fault is then in the user's own characters.
    translated = translate(pattern)
    _compiled(Translated(pattern=pattern, marked=False), pattern, max_mem=1 << 22)
    compiled = _compiled(translated, pattern, max_mem=1 << 22)
    if any(all(SearchedText(sample).has(compiled) for sample in samples) for samples in (*_ANY_TEXT, ("",))):
        raise RegexFault(0, len(pattern), "this pattern would match nearly every text", "Say more of what to find.")
    return compiled


def _compiled(translated: Translated, pattern: str, *, max_mem: int) -> CompiledRegex:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = max_mem
    try:
        return CompiledRegex(pattern=pattern, run=re2.compile(translated.pattern, options), marked=translated.marked)
    except re2.error as error:
        raise _fault(pattern, error) from None


def _fault(pattern: str, error: Exception) -> RegexFault:
    """RE2's complaint ("missing ): (ab") in our words; it names the characters at fault, never their place."""
    reason = error.args[0] if error.args else ""
    text = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
    kind, _, culprit = text.partition(": ")
    at = pattern.rfind(culprit) if culprit else -1
    start, end = (at, at + len(culprit)) if at >= 0 else (0, len(pattern))
    problem = _FAULTS.get(kind, f"this is no regular expression ({text})")
    return RegexFault(start, end, problem, "Correct it, or write the words with OR.")


def _together(group: Sequence[CompiledRegex]) -> CompiledRegex | None:
    translated = [translate(regex.pattern) for regex in group]
    pattern = "|".join(f"(?:{one.pattern})" for one in translated)
    try:
        return _compiled(Translated(pattern=pattern, marked=translated[0].marked), pattern, max_mem=1 << 24)
    except RegexFault:
        # Too large as one: each is tried by itself.
        return None
