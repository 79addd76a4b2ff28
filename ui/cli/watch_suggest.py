"""What could be added to a watch, each proposal with the number of stored items that it alone would add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from news.lexicon import LANGUAGES, Lexicon, shipped
from news.watch.compiler import check_watch
from news.watch.indexed import IndexedItem, index_item
from news.watch.spellings import Spellings
from news.watch.suggest import Proposal, already, persons, suggestions, with_accepted
from news.watch.survey import Survey
from storage import Store
from ui.cli.exits import Misuse
from ui.cli.output import counted
from ui.cli.watch_look import newest_items

MOST_LOOKED_AT = 10_000
SECONDS = 4.0
"""How long stored items are looked at; what was not reached is said."""

# Names of one kind and language shown though they add nothing, and terms whose forms are listed.
_SHOWN_OF_A_KIND = 2
_EXPLAINED_TERMS = 3
_FORMS = 4
_WIDEST = 44


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Proposals for one watch, counted.

    text: the watch as it was read. proposals: with the items that each alone would add; their number in what people
    see is their position from 1. found: by the watch as it is, of `looked_at` newest of `stored` items.
    """

    text: str
    proposals: tuple[tuple[Proposal, int], ...]
    found: int
    looked_at: int
    stored: int

    def accepted(self, numbers: Iterable[int]) -> str:
        """The watch with the proposals of these numbers; raises Misuse for a number that there is not."""
        wanted = sorted(set(numbers))
        for number in wanted:
            if not 1 <= number <= len(self.proposals):
                raise Misuse(f"there is no proposal {number}; they are numbered 1 to {len(self.proposals)}")
        return with_accepted(self.text, [self.proposals[number - 1][0] for number in wanted])


def offer(store: Store, text: str, lexicon: Lexicon | None) -> Offer:
    """Find proposals for a watch in the lexicon and the archive, and count; raises QuerySyntaxError."""
    names = lexicon or shipped()
    suggested = suggestions(text, names)
    base = check_watch(suggested.text, names)
    survey = Survey(names)
    variants = [check_watch(with_accepted(suggested.text, [one]), names) for one in suggested.proposals]
    tally = survey.ask(base, variants)
    places = dict(persons(suggested.text))
    spellings = Spellings(tuple(places))
    looked_at = 0
    for item in newest_items(store.read_now, most=MOST_LOOKED_AT, seconds=SECONDS):
        indexed = index_item(item)
        survey.look_at(indexed)
        spellings.look_at(indexed)
        looked_at += 1
    aliases = [
        Proposal(
            place=places[name],
            query=f'name:"{spelling}"',
            kind="spelling",
            languages=LANGUAGES,
            sure=False,
            about="spelt so in the archive; it may be somebody else",
        )
        for name, spelling in spellings.found
    ]
    added = _added(store, suggested.text, aliases, list(spellings.found.values()), names)
    return Offer(
        text=suggested.text,
        proposals=tuple(zip((*suggested.proposals, *aliases), (*tally.beyond, *added), strict=True)),
        found=tally.found,
        looked_at=looked_at,
        stored=max(looked_at, store.read_now(lambda unit: unit.items.count())),
    )


def told(offered: Offer, *, everything: bool) -> list[str]:
    """The offer in lines. Names that would add nothing are left out beyond a few of a kind, unless `everything`."""
    lines = [f"{offered.text} {_found(offered)}.", *_forms(offered.text)]
    if not offered.proposals:
        return [*lines, "The lexicon and the archive know nothing to add."]
    lines += ["", "Each with the number of items that it alone would add:"]
    shown = _shown(offered, everything=everything)
    terms = {proposal.place for proposal, _ in offered.proposals}
    heading = ""
    for number in shown:
        proposal, added = offered.proposals[number - 1]
        term = offered.text[proposal.place.start : proposal.place.end]
        if len(terms) > 1 and term != heading:
            heading = term
            lines.append(f"for {term}")
        lines.append(_line(number, proposal, added))
    hidden = len(offered.proposals) - len(shown)
    if hidden:
        lines.append(f"{counted(hidden, 'more name')} would add nothing here: --all")
    return lines


def _forms(text: str) -> list[str]:
    terms = already(text)
    if len(terms) > _EXPLAINED_TERMS:
        return []
    return [
        f'Found already for "{term}": '
        + "; ".join(f"{code.upper()} {', '.join(found[:_FORMS])}" for code, found in languages.items())
        for term, languages in terms.items()
    ]


def _line(number: int, proposal: Proposal, added: int) -> str:
    languages = " ".join(code.upper() for code in proposal.languages)
    about = ", ".join(filter(None, (proposal.about, "" if proposal.sure else "unverified, look first")))
    return f"{number:>4} {'+' + str(added):>6}  {languages:<8}  {proposal.query:<{_WIDEST}}  {about}".rstrip()


def as_json(offered: Offer) -> dict[str, Any]:
    """The offer for `--json`."""
    return {
        "query": offered.text,
        "found": offered.found,
        "looked_at": offered.looked_at,
        "stored": offered.stored,
        "already": already(offered.text),
        "proposals": [
            {
                "number": number,
                "query": proposal.query,
                "for": offered.text[proposal.place.start : proposal.place.end],
                "kind": proposal.kind,
                "languages": list(proposal.languages),
                "verified": proposal.sure,
                "about": proposal.about,
                "adds": added,
            }
            for number, (proposal, added) in enumerate(offered.proposals, start=1)
        ],
    }


def numbers(text: str) -> list[int]:
    """The numbers of "1,3" or "1 3"; raises Misuse for anything else."""
    parts = text.replace(",", " ").split()
    if not all(part.isascii() and part.isdigit() and len(part) < _FORMS for part in parts):
        raise Misuse(f"{text!r} is no list of numbers; write for example 1,3")
    return [int(part) for part in parts]


def _added(
    store: Store, text: str, aliases: Sequence[Proposal], items: Sequence[frozenset[int]], lexicon: Lexicon
) -> list[int]:
    """What each spelling would add: only the items that hold it can count, and those are looked at again."""
    if not aliases:
        return []
    survey = Survey(lexicon)
    variants = [check_watch(with_accepted(text, [alias]), lexicon) for alias in aliases]
    tally = survey.ask(check_watch(text, lexicon), variants)
    ids = sorted(frozenset().union(*items))
    _each(store, ids, survey.look_at)
    return tally.beyond


def _each(store: Store, ids: Sequence[int], look_at: Callable[[IndexedItem], object]) -> None:
    for start in range(0, len(ids), 100):
        some = ids[start : start + 100]
        for item in store.read_now(lambda unit, some=some: unit.items.load(some)):  # type: ignore[misc]
            look_at(index_item(item))


def _found(offered: Offer) -> str:
    if offered.looked_at == offered.stored:
        return f"finds {offered.found} of the {counted(offered.stored, 'stored item')}"
    return (
        f"finds {offered.found} of the newest {counted(offered.looked_at, 'item')}, all that were looked at "
        f"(stored: {offered.stored})"
    )


def _shown(offered: Offer, *, everything: bool) -> list[int]:
    """The numbers of the proposals to show: they keep them, whatever is left out."""
    seen: dict[tuple[int, str, tuple[str, ...]], int] = {}
    shown = []
    for number, (proposal, added) in enumerate(offered.proposals, start=1):
        key = (proposal.place.start, proposal.kind, proposal.languages)
        seen[key] = seen.get(key, 0) + 1
        if everything or added or seen[key] <= _SHOWN_OF_A_KIND:
            shown.append(number)
    return shown
