"""Kazakh words: what a token may be a form of, and the stems that a word of a watch lends to its forms.

No dictionary is needed: every cut of the token whose remainder is a chain of endings gives a stem (LANGUAGES.md 1.2).
"""

from __future__ import annotations

import re

from news.text.kazakh_endings import (
    ENDINGS,
    ENDINGS_OF_HIS,
    LONGEST_ENDING,
    SOUNDS,
    VOWEL,
    Endings,
    links_of,
)

_SHORTEST_STEM = 2


def stems(form: str, endings: Endings = ENDINGS) -> list[str]:
    """Everything that the lower-case Cyrillic token `form` may be a form of by one of `endings`, itself first."""
    found = [form]
    for cut in range(max(_SHORTEST_STEM, len(form) - LONGEST_ENDING), len(form)):
        follows = endings.get(form[cut:])
        if follows is not None and SOUNDS.get(form[cut - 1], 0) & follows:
            found.append(form[:cut])
    return found


def possessed_stems(form: str) -> list[str]:
    """The words in the third person's possessive that `form` may be a case of: министрлігін of министрлігі."""
    found = []
    for cut in range(max(_SHORTEST_STEM, len(form) - LONGEST_ENDING), len(form)):
        endings = ENDINGS_OF_HIS.get(form[cut - 1])
        if endings is not None and form[cut:] in endings:
            found.append(form[:cut])
    return found


_SOFTENED = {"к": "г", "қ": "ғ", "п": "б"}
_DROPPING = re.compile("[аәеоөұүыіиуэ][лрйу][ыі][нқкпзс]$")


def lent_stems(form: str) -> frozenset[str]:
    """The stems under which forms of the word `form` may stand: министрлік lends министрліг too, орын lends орн.

    The last к, қ or п softens before a possessive (кітап, кітабы); a short last vowel drops (халық, халқы; ауыз, аузы);
    loans in -кт take a helping vowel (факт, фактісі).
    """
    lent = {form}
    if len(form) > _SHORTEST_STEM and form[-1] in _SOFTENED:
        lent.add(form[:-1] + _SOFTENED[form[-1]])
    if form.endswith("кт"):
        lent.add(form + "і")
    if _DROPPING.search(form):
        lent.add(form[:-2] + form[-1])
    return frozenset(lent)


# Agents (елші), adjectives (таулы) and ordinals end like a possessive and are none.
_NO_POSSESSIVE = ("шы", "ші", "лы", "лі", "ды", "ді", "ты", "ті", "ғы", "гі")
_SURE_POSSESSIVE = ("лығы", "лігі", "дығы", "дігі", "тығы", "тігі", "лары", "лері", "дары", "дері", "тары", "тері")


def is_possessed(form: str, *, in_phrase: bool = False) -> bool:
    """Whether `form` reads as a third person's possessive (министрлігі, Республикасы), judged by its ending.

    in_phrase: the last of several words, where a possessive is likelier (су тасқыны, Жібек жолы) than alone (алты).
    """
    if len(form) < 4 or form[-1] not in "ыі" or not form[-2].isalpha() or SOUNDS.get(form[-2], 0) & VOWEL:
        return False
    if form[-2] == "с" and SOUNDS.get(form[-3], 0) & VOWEL:
        return True
    if in_phrase:
        return form[-2] != "ш"
    return form.endswith(_SURE_POSSESSIVE) or (len(form) > 4 and not form.endswith(_NO_POSSESSIVE))


def readable_forms(form: str) -> list[str]:
    """Some forms of `form` as a reader would expect them: cases and plural, in the class of its own last vowel."""
    vowels = [letter for letter in form if SOUNDS.get(letter, 0) & VOWEL] or ["і" if "и" in form else "а"]
    # Surnames in -ев and -ин keep the class of the vowel before: Тоқаевтың, Әлиевтің.
    decisive = vowels[-2] if len(vowels) > 1 and form.endswith(("ев", "ин")) else vowels[-1]
    links = links_of(back=decisive in "аоұыэяё")
    kinds = ["case of his", "locative of his"] if is_possessed(form) else ["case", "locative", "plural"]
    # The possessive of a word whose stem changes is not spelt by rule alone (халқы, but жарығы).
    if len(kinds) == 3 and len(lent_stems(form)) == 1:
        kinds.append("his")
    sound = SOUNDS.get(form[-1], 0)
    return [form + link for kind in kinds for link, after in links[kind].items() if sound & after]
