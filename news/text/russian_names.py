"""Names that the Russian dictionary does not hold, declined by their ending."""

from __future__ import annotations

from collections.abc import Iterable

HIS_SURNAMES = ("ов", "ев", "ин", "ын")
HER_SURNAMES = tuple(ending + "а" for ending in HIS_SURNAMES)
_HARD = frozenset("бвгджзклмнпрстфхцчшщ")
_VELAR = frozenset("гкхжчшщ")
_SIBILANT = frozenset("жцчшщ")


def surname_forms(typed: str) -> Iterable[str]:
    """Surnames outside the dictionary: his in -ов and its like, with the family's plural, or hers in -ова."""
    plain = typed.replace("ё", "е")
    if len(plain) > 4 and plain.endswith(HIS_SURNAMES):
        return [plain + ending for ending in ("а", "у", "ым", "е", "ы", "ых", "ыми")]
    if len(plain) > 5 and plain.endswith(HER_SURNAMES):
        return [plain[:-1] + ending for ending in ("ой", "у")]
    return ()


def foreign_name_forms(typed: str) -> Iterable[str]:
    """Names outside the dictionary as the press declines them; those in -о, -е, -и, -у, -ю, -э stay as they are."""
    stem, last = typed[:-1], typed[-1]
    if typed.endswith(HIS_SURNAMES + HER_SURNAMES):
        return ()
    if last in _HARD:
        return [typed + ending for ending in ("а", "у", "ем" if last in _SIBILANT else "ом", "е")]
    if last == "й":
        return [stem + ending for ending in ("я", "ю", "ем", "е")]
    if last == "а" and stem[-1:] in _HARD:
        return [stem + ending for ending in ("и" if stem[-1] in _VELAR else "ы", "е", "у", "ой")]
    if last == "я":
        return [stem + ending for ending in ("и", "е", "ю", "ей")]
    return ()
