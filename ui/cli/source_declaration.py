"""A source as one would write it into config.yaml. Pure."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from news.hosts import host_of, without_www
from news.source import AnySource, ListingSource, SitemapSource


def as_declared(source: AnySource) -> dict[str, Any]:
    """The keys of a declaration that reads like `source`, in the order in which people write them."""
    declared: dict[str, Any] = {
        "id": source.id,
        "kind": source.kind,
        "url": source.url,
        "publisher": source.publisher,
        "language": source.language,
        "zone": source.zone,
    }
    if isinstance(source, ListingSource):
        declared["links"] = {name: value for name, value in vars(source.links).items() if value}
    if isinstance(source, SitemapSource):
        declared["matching"] = source.matching
    return {name: value for name, value in declared.items() if value}


def declaration(*sources: Mapping[str, Any]) -> str:
    """Declarations as the text of config.yaml, under `sources:`; small maps on one line."""
    document = CommentedMap({"sources": CommentedSeq(_node(source) for source in sources)})
    yaml = YAML()
    yaml.width = 4_096  # an address must not be broken over two lines
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump(document, text)
    return text.getvalue()


def id_for(url: str) -> str:
    """A source id made of an address's host: "office-example-org"; "source" where it has none."""
    return re.sub(r"[^a-z0-9]+", "-", without_www(host_of(url)).lower()).strip("-")[:60] or "source"


def _node(source: Mapping[str, Any]) -> CommentedMap:
    node = CommentedMap(source)
    for name, value in source.items():
        if isinstance(value, Mapping):
            inner = CommentedMap(value)
            inner.fa.set_flow_style()
            node[name] = inner
    return node
