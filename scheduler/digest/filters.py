"""What templates use to write text: marks, line breaks, lists of why."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from functools import reduce

from markupsafe import Markup, escape

from scheduler.digest.digest import Found, Marked, WasNow, Why
from scheduler.digest.safe import cut_marked, one_line
from scheduler.digest.wording import Wording

WIDTH = 72
"""Columns of the text part (RFC 3676 advises at most 78)."""

_MOST_TERMS = 6
_MOST_FORMS = 3
_ENDLESS = re.compile(r"\S{32}(?=\S)")
_BLANK_LINES = re.compile(r"\n{3,}")


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """Break `text` into lines of 72 columns that begin with `first`, then `rest`; long words stay whole."""
    return textwrap.fill(
        one_line(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def labelled(text: str, label: str, column: int) -> str:
    """Return `text` broken into lines behind a label in a column of its own, two blanks from the left."""
    return wrapped(text, f"  {label:<{column - 1}} ", " " * (column + 2))


def was_now(passage: WasNow, was: str, now: str, nothing: str) -> str:
    """Return both versions of a passage: side by side where they are short, else one below the other."""
    before, after = (one_line(marked_text(one)) or nothing for one in (passage.was, passage.now))
    left, right = f"  {was} {before}", f"{now} {after}"
    if len(left) < WIDTH // 2 and len(right) <= WIDTH // 2:
        return f"{left:<{WIDTH // 2}}{right}"
    indents = [f"  {word} " for word in (was, now)]
    column = max(map(len, indents))
    return "\n".join(
        wrapped(text, indent.ljust(column), " " * column) for indent, text in zip(indents, (before, after), strict=True)
    )


def marked_text(marked: Marked) -> str:
    """Return the text with each mark between asterisks."""
    return "".join(f"*{part}*" if is_mark else part for part, is_mark in _parts(marked))


def marked_html(marked: Marked) -> Markup:
    """Return the escaped text with each mark highlighted."""
    return Markup("").join(
        Markup('<b class="m">{}</b>').format(_breakable(part)) if is_mark else _breakable(part)
        for part, is_mark in _parts(marked)
    )


def _breakable(text: str) -> Markup:
    """Return the escaped text with places where an endless word may be broken: not every program breaks one itself."""
    return Markup("<wbr>").join(map(escape, _ENDLESS.sub(r"\g<0>" "\n", text).split("\n")))


def headline(marked: Marked, limit: int = 200) -> Marked:
    """Return a headline short enough to show; the item keeps the whole."""
    return cut_marked(marked, limit)


def language_label(language: str) -> str:
    """Return the label of a language, "EN"; nothing where the language could not be told."""
    return "" if language == "und" else language.upper()


def reasons(whys: Sequence[Why], words: Wording) -> str:
    """Write why a card is there: "early warning (EN, title and text); UNDRR, found as ... (RU, text)"."""
    texts = [_reason(why, words) for why in whys[:_MOST_TERMS]]
    if len(whys) > _MOST_TERMS:
        texts.append(words.count(len(whys) - _MOST_TERMS, "more_terms"))
    return "; ".join(texts)


def squeeze(text: str) -> str:
    """Return the text with at most one blank line in a row, none at the start, and one line end at the end."""
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip("\n") + "\n"


def _reason(why: Why, words: Wording) -> str:
    """Write one term: with its own place where it was found as written, then the other forms."""
    own = why.term.strip('"=').casefold()
    forms = sorted(_longest(why.found), key=lambda found: found.form.casefold() != own)
    texts = [f"{found.form} {_where(found, words)}" for found in forms[:_MOST_FORMS]]
    if len(forms) > _MOST_FORMS:
        texts.append(words.count(len(forms) - _MOST_FORMS, "more_forms"))
    listed = ", ".join(texts)
    return listed if forms[0].form.casefold() == own else words.say("found_as", term=why.term, forms=listed)


def _longest(found: Sequence[Found]) -> list[Found]:
    """The forms that are no part of another in their language: several names of a concept are found in one place."""
    texts = [(one.language, f" {one.form.casefold()} ") for one in found]
    return [
        one
        for one, (language, text) in zip(found, texts, strict=True)
        if not any(language == other and text != longer and text in longer for other, longer in texts)
    ]


def _where(found: Found, words: Wording) -> str:
    named = [words.fields.get(field, field) for field in found.fields]
    fields = reduce(lambda first, second: words.say("and", first=first, second=second), named) if named else ""
    return f"({', '.join(filter(None, (language_label(found.language), fields)))})"


def _parts(marked: Marked) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in marked.marks:
        parts += [(marked.text[at:start], False), (marked.text[start:end], True)]
        at = end
    return [*parts, (marked.text[at:], False)]


FILTERS: dict[str, Callable[..., object]] = {
    "labelled": labelled,
    "marked_html": marked_html,
    "marked_text": marked_text,
    "was_now": was_now,
    "wrapped": wrapped,
}
