"""How a digest is printed: as the mail it is, or as its copy to forward."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli.output import print_json, say

if TYPE_CHECKING:
    from news.message import Message

CleanOption = Annotated[
    bool, typer.Option("--clean", help="The copy to forward: no watches, no reasons, no links of yours.")
]
PageOption = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", dir_okay=False, help="Also write the page for a browser.")
]


def show_message(message: Message, made: Mapping[str, Any], *, clean: bool, html: Path | None, as_json: bool) -> None:
    """Print a digest. made: what is said of it in JSON besides. clean: as its copy to forward. html: where its page is
    written to, None for nowhere."""
    page = message.clean_html if clean else message.html
    text = message.clean_text if clean else message.text
    if html is not None:
        html.write_text(page, encoding="utf-8")
    if as_json:
        subject = {} if clean else {"subject": message.subject}
        print_json({**made, **subject, "text": text, "html": page, "data": message.data})
        return
    if not clean:
        say(f"Subject: {message.subject}")
        say()
    say(text.rstrip("\n"))
    if html is not None:
        say()
        say(f"The page for a browser is in {html}")
