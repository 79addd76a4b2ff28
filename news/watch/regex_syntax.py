r"""User regexes in RE2's syntax with Unicode's meaning: what \w, \d, \s and \b are for Cyrillic and Kazakh letters.

RE2 takes linear time but knows ASCII words only. The three classes are spelled out. For \b the text is marked: MARK
stands twice on both sides of each word, \b is a MARK, and every other character may have MARKs before it. Two of them,
so that one is left for the neighbour of a \b, or for a second one in the same place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MARK = "\x01"
_MARKS = rf"{MARK}*"
# A run of word characters as \b sees it: accents written as marks of their own belong to the word.
WORD_RUN = re.compile("\\w[\\w\u0300-\u036f]*")

_CLASSES = {"w": r"\p{L}\p{N}_\x{300}-\x{36f}", "d": r"\p{Nd}", "s": r"\s\p{Z}"}
_FLAGS = re.compile(r"\?(-?)([a-zA-Z-]*)([:)])")
_NAMED = re.compile(r"\?P?<[^>]*>")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??")
_ASSERTIONS = re.compile(r"(?:\\b|\^|\$)+")
_ESCAPE = re.compile(r"\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[0-9A-Fa-f]*\}|[0-9A-Fa-f]{0,2})|.)", re.DOTALL)


class RegexFault(ValueError):
    """A pattern that cannot be used: `start` and `end` are code points of the pattern, `hint` what to write."""

    def __init__(self, start: int, end: int, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.start, self.end, self.problem, self.hint = start, end, problem, hint


class Translated(NamedTuple):
    """A pattern for RE2, in any case; `marked` says that it runs over a marked text."""

    pattern: str
    marked: bool


def translate(pattern: str) -> Translated:
    """Spell out Unicode's classes and boundaries; raises RegexFault at what has no linear or no clear meaning."""
    marked = re.search(r"(?<!\\)(?:\\\\)*\\b", pattern) is not None
    return Translated(_Translator(pattern, marked).whole(), marked)


class _Translator:
    def __init__(self, pattern: str, marked: bool) -> None:
        self._pattern = pattern
        self._marked = marked
        self._at = 0

    def whole(self) -> str:
        parts = []
        while self._at < len(self._pattern):
            parts.append(self._next())
        return "".join(parts)

    def _next(self) -> str:
        if found := _ASSERTIONS.match(self._pattern, self._at):
            return self._assertions(found)
        character = self._pattern[self._at]
        match character:
            case "\\":
                return self._escape()
            case "[":
                return self._character(self._class())
            case "(":
                return self._group()
            case ")" | "|":
                self._at += 1
                return character
            case ".":
                self._at += 1
                return self._character(rf"[^\n{MARK}]" if self._marked else ".")
        if quantifier := _QUANTIFIER.match(self._pattern, self._at):
            self._at = quantifier.end()
            return quantifier.group()
        self._at += 1
        return self._character(character)

    def _assertions(self, found: re.Match[str]) -> str:
        """What holds at one place, in the order of the marked text: its beginning, marks, its end."""
        start, self._at = found.span()
        if quantifier := _QUANTIFIER.match(self._pattern, self._at):
            raise RegexFault(start, quantifier.end(), "there is nothing to repeat", "Leave the repetition out.")
        asserted = found.group()
        end = (_MARKS if self._marked else "") + "$" if "$" in asserted else ""
        return ("^" if "^" in asserted else "") + (MARK if r"\b" in asserted else "") + end

    def _character(self, pattern: str) -> str:
        return f"(?:{_MARKS}{pattern})" if self._marked else pattern

    def _escape(self) -> str:
        found = _ESCAPE.match(self._pattern, self._at)
        if found is None:
            raise RegexFault(self._at, self._at + 1, "nothing follows this backslash", r"Write \\ for a backslash.")
        start, self._at = found.span()
        letter = found.group()[1]
        if letter in "AzZ":
            if letter == "Z":
                raise RegexFault(start, self._at, r"\Z is not known", r"Write $ or \z.")
            return _MARKS + found.group() if self._marked and letter == "z" else found.group()
        if letter in "BCQGKXR" or letter.isdigit():
            problem = f"{found.group()} is not known" if letter in "BCQGKXR" else "a pattern cannot refer to itself"
            raise RegexFault(start, self._at, problem, "Write the words out, or use NEAR and ADJ between words.")
        if letter.lower() in _CLASSES:
            inside = _CLASSES[letter.lower()]
            if letter.islower():
                return self._character(f"[{inside}]")
            return self._character(f"[^{inside}{MARK if self._marked else ''}]")
        if letter == "P" or (letter == "p" and found.group()[2:4] == "{^"):
            # A negated class would take the marks as well.
            return self._character(self._unmarked(found.group()))
        return self._character(found.group())

    def _unmarked(self, negated: str) -> str:
        if not self._marked:
            return negated
        positive = "\\p" + negated[2:].replace("{^", "{", 1)
        return f"[^{positive}{MARK}]"

    def _class(self) -> str:
        """[...], with the classes in it spelled out; the marks are no member of a negated one."""
        start = self._at
        self._at += 1
        negated = self._pattern.startswith("^", self._at)
        self._at += negated
        parts = ["[^" if negated else "["]
        while self._at < len(self._pattern):
            character = self._pattern[self._at]
            if character == "]" and len(parts) > 1:
                self._at += 1
                return "".join(parts) + (MARK if negated and self._marked else "") + "]"
            parts.append(self._member(character))
        raise RegexFault(start, len(self._pattern), "this [ is never closed", r"Add ], or write \[ for a bracket.")

    def _member(self, character: str) -> str:
        if character == "[" and (named := re.compile(r"\[:\^?\w+:\]").match(self._pattern, self._at)):
            self._at = named.end()
            return named.group()
        if character != "\\":
            self._at += 1
            return "\\" + character if character in "[]" else character
        found = _ESCAPE.match(self._pattern, self._at)
        if found is None:
            raise RegexFault(self._at, self._at + 1, "nothing follows this backslash", r"Write \\ for a backslash.")
        start, self._at = found.span()
        letter = found.group()[1]
        if letter in _CLASSES:
            return _CLASSES[letter]
        if letter in "WDSbB":
            raise RegexFault(start, self._at, f"{found.group()} cannot stand in [ ]", r"Write [^\w] or an alternative.")
        return found.group()

    def _group(self) -> str:
        """( of any kind becomes a group that is not numbered: nobody reads the parts of a match."""
        start = self._at
        self._at += 1
        if named := _NAMED.match(self._pattern, self._at):
            self._at = named.end()
            return "(?:"
        if not self._pattern.startswith("?", self._at):
            return "(?:"
        flags = _FLAGS.match(self._pattern, self._at)
        if flags is None:
            end = min(start + 3, len(self._pattern))
            raise RegexFault(
                start, end, "a pattern cannot look ahead or behind", "Use NEAR, ADJ and NOT between words."
            )
        self._at = flags.end()
        if flags.group(2) not in ("", "i"):
            raise RegexFault(start, self._at, "only (?i) and (?-i) can be set", "Write (?-i) for capitals as written.")
        return f"({flags.group()}"
