"""A page: the words of one situation in one shape, everything that came from outside escaped."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from storage.feedback import LONGEST
from ui.web.templating import template
from ui.web.words import Said, Words


def show(
    request: Request,
    said: Said,
    words: Words,
    *,
    owner: str,
    address: str = "",
    form: str = "",
    rows: Sequence[tuple[str, str]] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    """Return the page of `said`.

    owner: whom readers write to. address: the recipient's. form: what the page's form hands back; without it there is
    no form. rows: names and values of a table.
    """
    strong = Markup("<strong>{}</strong>").format(address)
    parts = {"address": strong, "ask": _ask(words, owner)}
    text = template("page.html").render(
        language=words.language,
        title=said.title,
        lines=[Markup(line).format(**parts) for line in said.lines],
        rows=rows,
        button=said.button.format(address=address) if form else "",
        label=said.label,
        form=form,
        longest=LONGEST,
        # Relative, because a proxy may serve the pages below a path of its own.
        top="../" * (request.url.path.count("/") - 1),
    )
    return HTMLResponse(text, status_code=status)


def _ask(words: Words, owner: str) -> Markup:
    if not owner:
        return Markup(words.ask_nobody)
    link = Markup('<a href="mailto:{}">{}</a>').format(quote(owner, safe="@+"), owner)
    return Markup(words.ask).format(owner=link)
