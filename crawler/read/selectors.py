"""What declared CSS selectors find on one parsed page; a selector that is none raises selectolax's SelectolaxError."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from news.source import selector_parts
from news.text.clean import one_line, plain_text

_MOST = 50  # values of one field; of a page's links a careless selector finds hundreds


def first_value(tree: LexborHTMLParser, selectors: Sequence[str]) -> str:
    """The first words or attribute that the selectors find, tried in order, on one line; empty where there are none."""
    for selector in selectors:
        css, attribute = selector_parts(selector)
        node = tree.css_first(css)
        value = _value(node, attribute) if node is not None else ""
        # Now and then the first match is an empty frame of the layout.
        value = value or next(filter(None, (_value(other, attribute) for other in tree.css(css)[1:_MOST])), "")
        if value:
            return value
    return ""


def all_values(tree: LexborHTMLParser, selectors: Sequence[str]) -> list[str]:
    """All values of the first selector that finds any, in page order."""
    for selector in selectors:
        css, attribute = selector_parts(selector)
        values = list(filter(None, (_value(node, attribute) for node in tree.css(css)[:_MOST])))
        if values:
            return values
    return []


def body_nodes(tree: LexborHTMLParser, selectors: Sequence[str], drop: Sequence[str]) -> list[LexborNode]:
    """All elements that the selectors find, none twice or inside another, in page order, with `drop` cut out.

    An element of the body may be dropped itself, but not all of them: "[class*=embed]" may match the body's one frame.
    """
    if not selectors:
        return []
    nodes = outermost(tree.css(", ".join(selector_parts(selector)[0] for selector in selectors)))
    if not drop:
        return nodes
    dropped = {one.mem_id for one in tree.css(", ".join(drop))}
    kept = [node for node in nodes if node.mem_id not in dropped] or nodes
    for node in kept:
        cut(one for one in node.css(", ".join(drop)) if one.mem_id != node.mem_id)
    return kept


def cut(nodes: Iterable[LexborNode]) -> None:
    """Take elements out of their page."""
    # None inside another: freeing an element frees what it holds, which must not be touched after that.
    for node in outermost(list(nodes)):
        node.decompose()


def outermost(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """The elements without repetitions and without those inside another of them."""
    if len(nodes) < 2:
        return list(nodes)
    chosen = {node.mem_id: node for node in nodes}
    inner = set()
    for node in chosen.values():
        above = node.parent
        while above is not None:
            if above.mem_id in chosen:
                inner.add(node.mem_id)
                break
            above = above.parent
    return [node for number, node in chosen.items() if number not in inner]


def words_of(node: LexborNode) -> str:
    """The visible words of an element on one line."""
    child = node.child
    if child is not None and child.next is None and child.child is None:
        return one_line(node.text())  # one text and no markup, as in nearly every headline
    return one_line(plain_text(node.html or ""))


def _value(node: LexborNode, attribute: str) -> str:
    if attribute:
        return one_line(node.attributes.get(attribute) or "")
    return words_of(node)
