"""English forms: plural and possessive of a name, the inflection of a common word.

Snowball alone joins names that are not one (Konoé, Kono) and words that are derived (nation, national); so a common
word's ending must be an inflection and Snowball must agree that both are of one word (LANGUAGES.md section 1.3).
"""

from __future__ import annotations

import Stemmer

_snowball = Stemmer.Stemmer("english", 0)

_IRREGULAR = {
    form: lemma
    for lemma, forms in {
        "man": "men",
        "woman": "women",
        "child": "children",
        "foot": "feet",
        "crisis": "crises",
        "analysis": "analyses",
        "basis": "bases",
        "thesis": "theses",
        "wife": "wives",
        "life": "lives",
        "leaf": "leaves",
        "criterion": "criteria",
        "be": "is are was were been",
        "have": "has had",
        "go": "went gone",
        "say": "said",
        "meet": "met",
        "hold": "held",
        "take": "took taken",
        "give": "gave given",
        "find": "found",
        "lead": "led",
        "leave": "left",
        "send": "sent",
        "speak": "spoke spoken",
        "win": "won",
        "withdraw": "withdrew withdrawn",
        "write": "wrote written",
        "seek": "sought",
        "strike": "struck",
        "flee": "fled",
    }.items()
    for form in forms.split()
}
_VOWELS = frozenset("aeiouy")
_SPELLINGS = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("ise", "ize"))
_AMERICAN = {
    "centre": "center",
    "theatre": "theater",
    "defence": "defense",
    "programme": "program",
    "labour": "labor",
    "harbour": "harbor",
    "neighbour": "neighbor",
}
_LEAST_STEM = 3


def without_possessive(form: str) -> str:
    """`form` without 's."""
    return form[:-2] if form.endswith("'s") else form


def name_forms(form: str) -> frozenset[str]:
    """A capitalised word and its plural; possessives are cut from the tokens."""
    if form.endswith(("s", "x", "z", "ch", "sh")):
        return frozenset({form, form + "es"})
    if len(form) > 2 and form[-1] == "y" and form[-2] not in _VOWELS:
        return frozenset({form, form + "s", form[:-1] + "ies"})
    return frozenset({form, form + "s", form + "es"}) if form.endswith("o") else frozenset({form, form + "s"})


def lemmas(form: str) -> frozenset[str]:
    """What the lower-case word `form` may be an inflection of, itself among them; two words with one in common are one.

    Endings -s, -es, -ies, -ed and -ing, a doubled consonant before them undone; not all that come out are words.
    """
    if not form.isascii() or not form.isalpha():
        return frozenset({form})
    form = _one_spelling(form)
    found = {form, _IRREGULAR.get(form, form)}
    if len(form) <= _LEAST_STEM:
        return frozenset(found)
    bare: list[str] = []
    if form.endswith("ies"):
        bare.append(form[:-3] + "y")
    elif form.endswith("es"):
        bare += (form[:-1], form[:-2])
    elif form.endswith("s") and not form.endswith(("ss", "us", "is")):
        bare.append(form[:-1])
    elif form.endswith("ied"):
        bare.append(form[:-3] + "y")
    elif form.endswith("ed"):
        bare += _verbs(form[:-2])
    elif form.endswith("ing"):
        bare += _verbs(form[:-3])
    elif form.endswith("ings"):
        bare += (form[:-1], *_verbs(form[:-4]))
    stem = _snowball.stemWord(form)
    found.update(word for word in bare if len(word) >= _LEAST_STEM and _snowball.stemWord(word) == stem)
    return frozenset(found)


def _verbs(stem: str) -> list[str]:
    verbs = [stem, stem + "e"]
    if len(stem) > _LEAST_STEM and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        verbs.append(stem[:-1])
    return verbs


def _one_spelling(form: str) -> str:
    """The American spelling of what the press writes both ways: organisation, centre."""
    for british, american in _SPELLINGS:
        if form.endswith(british) and len(form) > len(british) + _LEAST_STEM:
            return form[: -len(british)] + american
    singular, plural = (form[:-1], "s") if form.endswith("s") else (form, "")
    return _AMERICAN.get(singular, singular) + plural
