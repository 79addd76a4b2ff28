"""What else groups copies of a text: MinHash with locality-sensitive hashing, as most collectors of news do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from news.text.words import tokenise

TakeIn = Callable[[Mapping[str, str]], tuple[int, bool]]
"""An item as given -> the number of its story, and whether it joined one."""


def minhash(threshold: float) -> TakeIn:
    """128 permutations over passages of three words; an item joins the likest of those over the threshold.

    Raises ImportError where datasketch is not installed.
    """
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found,unused-ignore]

    index = MinHashLSH(threshold=threshold, num_perm=128)
    known: list[tuple[MinHash, int]] = []

    def take_in(given: Mapping[str, str]) -> tuple[int, bool]:
        forms = tokenise(f"{given['title']} {given['text']}").forms
        signature = MinHash(num_perm=128)
        signature.update_batch([" ".join(three).encode() for three in zip(forms, forms[1:], forms[2:], strict=False)])
        alike = [(known[at][0].jaccard(signature), -at) for at in index.query(signature)]
        likest = max((one for one in alike if one[0] >= threshold), default=None)
        at = len(known)
        story = at if likest is None else known[-likest[1]][1]
        known.append((signature, story))
        index.insert(at, signature)
        return story, likest is not None

    return take_in
