"""Random watches and texts in three languages, made so that they meet often; the person in them is made up."""

from __future__ import annotations

import random
from datetime import date

from news.lexicon import Concept, Holder, Lexicon, Name

WATCHED = [
    "паводок",
    "министр",
    "Қазақстан",
    "су",
    "МИД",
    "flood",
    "Floods",
    "Toqaevtyń",
    "минис\u200bтр",
    "crisis",
    "UN",
    "Ёлка",
    "Konoé",
    "тасқын",
    "агентство",
    "WHO",
]
READ = [
    "паводка",
    "Паводки",
    "министру",
    "министерство",
    "министрдің",
    "Қазақстанның",
    "Qazaqstan",
    "суға",
    "МИДа",
    "мид",
    "flooded",
    "floods",
    "Тоқаевтың",
    "crises",
    "UN",
    "un",
    "UNs",
    "елка",
    "Konoe",
    "тасқыны",
    "тасқынға",
    "агентства",
    "Үлгіев",
    "Ульгиева",
    "Ulgiev",
    "Арман",
    "Арманның",
    "Айгуль",
    "А.",
    "ҮЛГІЕВ",
    "Цой",
    "цой",
    "Семей",
    "семей",
    "Семейде",
    "WHO",
    "WHO's",
    "who",
    "посол",
    "и",
    "the",
]
_SPACES = [" ", " ", " ", " ", "-", ", ", ". ", "\u00a0", " - ", "\u00ad "]
_FIELDS = ["title", "lead", "text", "tag"]
_LABELS = ["lang:ru", "lang:kk", "source:mfa-ru", "source:mfa*", "standing:official"]
_REGEXES = [r"/\bпавод\w+/", r"/flo+d(s|ed)?\b/", r"/\bми\w*р\b/", r"/тасқын\w*\s\w+/", r"/у\b./", r"/[А-Я]{2,}а/"]
_NAMES = ['name:"Арман Үлгіев"', 'name:"Arman Ulgiev"', "name:Цой", 'name:"Анна Цой"']
HANDED_OVER = date(2026, 11, 22)
LEXICON = Lexicon(
    [
        Concept(
            id="ministry",
            kind="own",
            names=(
                Name(text="МИД", language="ru", kind="abbreviation"),
                Name(text="министр", language="kk", kind="name"),
                Name(text="flood crisis", language="en", kind="name"),
                Name(text="агентство", language="ru", kind="name", sure=False),
            ),
        ),
        Concept(
            id="town",
            kind="place",
            names=(
                Name(text="Семей", language="kk", kind="name"),
                Name(text="Су қаласы", language="kk", kind="name"),
                Name(text="WHO", language="en", kind="abbreviation"),
            ),
        ),
        Concept(
            id="head",
            kind="own",
            names=(Name(text="посол", language="ru", kind="name"),),
            holders=(
                Holder(names=(Name(text="Арман Үлгіев", language="kk", kind="name"),), since=None, until=HANDED_OVER),
                Holder(names=(Name(text="Анна Цой", language="ru", kind="name"),), since=HANDED_OVER, until=None),
            ),
        ),
    ]
)


def text(chance: random.Random, longest: int) -> str:
    """Some words, most of them forms of watched ones; now and then all in capitals, or none."""
    words = [chance.choice(READ if chance.random() < 0.7 else WATCHED) for _ in range(chance.randint(0, longest))]
    written = "".join(word + chance.choice(_SPACES) for word in words)
    return chance.choice([written.upper(), written.lower()]) if chance.random() < 0.2 else written


def term(chance: random.Random) -> str:
    """A term of any kind."""
    kind = chance.random()
    if kind < 0.4:
        return chance.choice(WATCHED)
    if kind < 0.55:
        return '"' + " ".join(chance.choice(WATCHED + READ[:20]) for _ in range(chance.randint(1, 3))) + '"'
    if kind < 0.65:
        return chance.choice(["пав*", "flo*", "тас*", "елк*", "пост-мин*"])
    if kind < 0.72:
        return "=" + chance.choice(["Ёлка", "МИД", "флуд", "Konoé"])
    if kind < 0.83:
        return chance.choice(_NAMES)
    return chance.choice(["@ministry", "@head", "@town"]) if kind < 0.91 else chance.choice(_REGEXES)


def query(chance: random.Random, depth: int) -> str:
    """A watch, nested at most `depth` deep; some have only NOT and are refused."""
    kind = chance.random() if depth else 0.0
    if kind < 0.25:
        return term(chance)
    if kind < 0.43:
        return f"({query(chance, depth - 1)} OR {query(chance, depth - 1)})"
    if kind < 0.61:
        return f"({query(chance, depth - 1)} {query(chance, depth - 1)})"
    if kind < 0.71:
        return f"({query(chance, depth - 1)} NOT {query(chance, depth - 1)})"
    if kind < 0.75:
        return f"NOT {query(chance, depth - 1)}"
    if kind < 0.85:
        sides = [chance.choice([term(chance), f"({term(chance)} OR {term(chance)})"]) for _ in "abc"]
        operators = [f" {chance.choice(['NEAR', 'ADJ'])}/{chance.randint(1, 4)} " for _ in "ab"]
        near = sides[0] + operators[0] + sides[1] + chance.choice(["", operators[1] + sides[2]])
        return chance.choice([f"({near})", f"{chance.choice(_FIELDS)}:({near})"])
    if kind < 0.92:
        weights = " ".join(f"{term(chance)}^{chance.choice([1, 2, 2.5, -1])}" for _ in range(chance.randint(1, 4)))
        return f"score>={chance.choice([1, 2, 3.5])} {{{weights}}}"
    if kind < 0.97:
        return f"{chance.choice(_FIELDS)}:({term(chance)} OR {term(chance)})"
    return chance.choice(_LABELS)
