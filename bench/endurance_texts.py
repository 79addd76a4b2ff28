"""Texts for the endurance's site, with words as news has them: few stand everywhere, and new ones keep coming (pure).

Words are drawn by rank as Zipf and Mandelbrot say, from ranks without an end: 10,000 words hold some 2,600 spellings,
100,000 some 12,000, so that an item of a hundred words brings seventeen new ones at first and eight later (Heaps's
law, with the exponent that is usual for one language).
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_FIRST = """the of to in and a on for that with is was by at from as are be will it has have an its this were said not
who been which also they or more their country had region water border children year road school staff people office
work state city river bridge harvest clinic winter library market forest ministry council village teacher engineer
volunteer warehouse blanket filter station journey train valley summer meeting report visitor garden museum kitchen
letter window mountain lake stone paper bread factory""".split()  # noqa: SIM905
_SYLLABLES = """ka ri na to be da sa le mi nu ar ba er ga sha ta mur bek lan sul tan ai dar ro kim gen li val stan
o""".split()  # noqa: SIM905
_ENDINGS = ("", "s", "ed", "ing", "er", "ly", "al", "ment")
_EVENNESS, _STEEPNESS = 40.0, 1.5


def sentence(number: int, part: int, words: int = 15) -> str:
    """Sentence `part` of item `number`, always the same."""
    chance = Random(number * 1_000 + part)
    return " ".join(_drawn(chance) for _ in range(words)).capitalize() + "."


def title(number: int) -> str:
    """The title of item `number`."""
    return f"The office opens register {number}, {sentence(number, 999, 6).rstrip('.').lower()}"


def unheard(number: int, words: int) -> str:
    """A text of words that no other text of this site holds, for item `number`: Cyrillic, and half of them capitals."""
    return " ".join(_unheard(number * words + at) for at in range(words))


def _drawn(chance: Random) -> str:
    rank = int(_EVENNESS * ((1.0 - chance.random()) ** (-1.0 / (_STEEPNESS - 1.0)) - 1.0))
    return _FIRST[rank] if rank < len(_FIRST) else "".join(_spelt(rank))


def _spelt(rank: int) -> Iterator[str]:
    rest, ending = divmod(rank % 10**12, len(_ENDINGS))
    while rest:
        rest, syllable = divmod(rest, len(_SYLLABLES))
        yield _SYLLABLES[syllable]
    yield _ENDINGS[ending]


def _unheard(number: int) -> str:
    letters = "бвгдзклмнпрст"
    word = "".join(f"{letters[number // 13**place % 13]}{'аиоу'[place % 4]}" for place in range(5))
    return word.capitalize() if number % 2 else word
