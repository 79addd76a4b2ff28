"""Terms and names looked for in a text, the slow and plain way: no index, every word tried."""

from __future__ import annotations

from news.text.forms import answered_keys, asked_keys
from news.text.names import NEAR, contradicts, is_shouted, name_answers, name_pattern, supports
from news.text.words import Words, tokenise


def hits(term: str, text: str) -> bool:
    """Whether the words of `term` stand in `text` one after the other, each in one of its forms."""
    asked = asked_keys(tokenise(term).written)
    words = tokenise(text)
    answered = [answered_keys(*word) for word in zip(words.written, words.forms, strict=True)]
    return any(
        all(keys & answered[start + at] for at, keys in enumerate(asked))
        and not any(words.gap(start + at) for at in range(len(asked) - 1))
        for start in range(len(answered) - len(asked) + 1)
    )


def finds(name: str, text: str) -> bool:
    """Whether the person `name` is meant anywhere in `text`, which is one sentence or title."""
    pattern = name_pattern(tokenise(name).written)
    words = tokenise(text)
    written = words.written
    shouted = is_shouted(written)
    for at, word in enumerate(zip(written, words.forms, strict=True)):
        if not name_answers(*word, shouted=shouted) & pattern.surname:
            continue
        before, after = _beside(words, at, -1)[::-1], _beside(words, at, 1)
        if contradicts(pattern, before, after, surname=written[at], opens=at == 0):
            continue
        near = [*written[max(0, at - NEAR) : at], *written[at + 1 : at + 1 + NEAR]]
        if not pattern.needs_support or supports(pattern, near):
            return True
    return False


def _beside(words: Words, at: int, step: int) -> list[str]:
    found: list[str] = []
    while 0 <= at + step < len(words):
        left = min(at, at + step)
        if words.gap(left) and not (words.gap(left) == "." and len(words.written[left]) == 1):
            break
        at += step
        found.append(words.written[at])
    return found
