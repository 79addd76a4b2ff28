"""The chains of endings of Kazakh words, in Cyrillic.

No dictionary: an ending is a chain [plural][possessive][case][-ғы/-гі and what follows it], each link chosen by the
sound before it, back and front vowels never mixed within the chain (LANGUAGES.md section 1.2). The class of vowels is
not taken from the stem, because loans break harmony (министрдің, процессте). Derivation is no ending: -лық/-лік,
-лы/-лі, -сыз/-сіз, -шы/-ші, -дай/-дей and -ша/-ше make other words (министрлік, елшілік, халықаралық).
"""

from __future__ import annotations

# The letters by what they ask of the next ending. у, и and й take the endings of a consonant (суы, тауы, Айдың).
VOWEL, GLIDE, _R, _L, _NASAL, _Z, _HARD = (1 << bit for bit in range(7))
_CONSONANT = GLIDE | _R | _L | _NASAL | _Z | _HARD
_VOICED = VOWEL | GLIDE | _R | _L | _NASAL | _Z
_ANY = VOWEL | _CONSONANT
# б, в, г, ғ and д end loans and names and are spoken hard: Тоқаевтың, клубтан.
_LETTERS = {
    "аәеоөұүыіэяё": VOWEL,
    "уий": GLIDE,
    "ю": VOWEL | GLIDE,
    "р": _R,
    "л": _L,
    "мнң": _NASAL,
    "зж": _Z,
    "пфкқтсшщчцхһбвгғд": _HARD,
    "ьъ": _ANY,
}
SOUNDS: dict[str, int] = {letter: sound for letters, sound in _LETTERS.items() for letter in letters}

Endings = dict[str, int]  # ending -> the sounds it may follow

# Longer chains are grammatical but do not occur; the bound keeps a token cheap.
LONGEST_ENDING = 14


def links_of(*, back: bool) -> dict[str, Endings]:
    """The links of the chain in one class of vowels, by kind: link -> the sounds after which it may stand."""
    a, y, g, q = ("а", "ы", "ғ", "қ") if back else ("е", "і", "г", "к")
    case = {
        f"н{y}ң": VOWEL | _NASAL,
        f"д{y}ң": GLIDE | _R | _L | _Z,
        f"т{y}ң": _HARD,
        f"н{y}": VOWEL,
        f"д{y}": GLIDE | _R | _L | _NASAL | _Z,
        f"т{y}": _HARD,
        f"{g}{a}": _VOICED,
        f"{q}{a}": _HARD,
        f"д{a}н": VOWEL | GLIDE | _R | _L | _Z,
        f"н{a}н": _NASAL,
        f"т{a}н": _HARD,
        "мен": VOWEL | GLIDE | _R | _L | _NASAL,
        "бен": _Z,
        "пен": _HARD,
    }
    first_and_second = {
        f"{y}м": _CONSONANT,
        "м": VOWEL,
        f"{y}ң": _CONSONANT,
        "ң": VOWEL,
        f"{y}м{y}з": _CONSONANT,
        f"м{y}з": VOWEL,
        f"{y}ң{y}з": _CONSONANT,
        f"ң{y}з": VOWEL,
    }
    return {
        "plural": {f"л{a}р": VOWEL | GLIDE | _R, f"д{a}р": _L | _NASAL | _Z, f"т{a}р": _HARD},
        "mine": first_and_second,
        "his": {y: _CONSONANT, f"с{y}": VOWEL},
        "case": case,
        "locative": {f"д{a}": _VOICED, f"т{a}": _HARD},
        # елім-е, елің-е: the dative after the possessives that end in a nasal.
        "dative of mine": {a: _NASAL},
        "case of his": {f"н{y}ң": VOWEL, "н": VOWEL, f"н{a}": VOWEL, f"н{a}н": VOWEL, "мен": VOWEL},
        "locative of his": {f"нд{a}": VOWEL},
        "which is": {f"{g}{y}": _ANY},
        "whose": {"нікі": VOWEL, "дікі": GLIDE | _R | _L | _NASAL | _Z, "тікі": _HARD},
    }


def _extend(bases: Endings, links: Endings) -> Endings:
    longer: Endings = {}
    for base, follows in bases.items():
        for link, after in links.items():
            if not base:
                longer[link] = longer.get(link, 0) | after
            elif SOUNDS[base[-1]] & after:
                longer[base + link] = longer.get(base + link, 0) | follows
    return longer


def _union(*many: Endings) -> Endings:
    whole: Endings = {}
    for endings in many:
        for ending, follows in endings.items():
            if ending and len(ending) <= LONGEST_ENDING:
                whole[ending] = whole.get(ending, 0) | follows
    return whole


def _chains(links: dict[str, Endings]) -> tuple[Endings, Endings, Endings]:
    """Of one class of vowels: all chains, those without a possessive, and those after a third person's possessive."""
    bare: Endings = {"": _ANY} | _extend({"": _ANY}, links["plural"])
    mine, his = _extend(bare, links["mine"]), _extend(bare, links["his"])
    declined = _extend(bare | mine, links["case"])
    located = _extend(bare | mine, links["locative"])
    located_his = _extend({"": _ANY}, links["locative of his"])
    cases_of_his = _extend({"": _ANY}, links["case of his"])

    def which_is(places: Endings) -> Endings:
        known = _extend(places, links["which is"])
        several = _extend(known, links["plural"])
        return _union(places, known, several, _extend(known | several, links["case"]))

    of_his = _union(cases_of_his, which_is(located_his))
    unowned = _union(
        bare, _extend(bare, links["case"]), which_is(_extend(bare, links["locative"])), _extend(bare, links["whose"])
    )
    chains = _union(
        unowned,
        mine,
        his,
        declined,
        _extend(mine, links["dative of mine"]),
        which_is(located),
        _extend(his, of_his),
        _extend(mine | his, links["whose"]),
    )
    return chains, unowned, of_his


_BACK, _BACK_UNOWNED, _BACK_OF_HIS = _chains(links_of(back=True))
_FRONT, _FRONT_UNOWNED, _FRONT_OF_HIS = _chains(links_of(back=False))
ENDINGS: Endings = _union(_BACK, _FRONT)
"""Every chain of endings -> the sounds after which it may stand."""
ENDINGS_OF_PERSONS: Endings = _union(_BACK_UNOWNED, _FRONT_UNOWNED)
"""Those without a possessive: a person is nobody's (Түркі is no form of Тюрк)."""
ENDINGS_OF_HIS: dict[str, frozenset[str]] = {"ы": frozenset(_BACK_OF_HIS), "і": frozenset(_FRONT_OF_HIS)}
"""The chains after a third person's possessive (министрлігі-н, су тасқыны-на), by the vowel in which that ends."""
