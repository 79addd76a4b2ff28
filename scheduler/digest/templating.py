"""The templates of a digest: the shipped ones, and those of a folder of the owner's that stand in for them.

The owner's run in a sandbox: they see the words and texts of a digest and nothing else of the program. A fault in them
costs the form of a digest, never the digest: it is then written with the shipped templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import css_inline
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    meta,
    nodes,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scheduler.digest.filters import FILTERS

SHIPPED = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with a template of the owner's; line: 0 where none can be named."""

    file: Path
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}" if self.line else f"{self.file}: {self.problem}"


class Templates:
    """The templates in force, and the styles that go into them. folder: the owner's, None for the shipped ones."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        shipped: BaseLoader = FileSystemLoader(SHIPPED)
        kind = Environment if folder is None else ImmutableSandboxedEnvironment
        self._environment = kind(
            loader=shipped if folder is None else ChoiceLoader([FileSystemLoader(folder), shipped]),
            autoescape=select_autoescape(("html",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(FILTERS)
        self._inliner = css_inline.CSSInliner(
            load_remote_stylesheets=False, minify_css=True, extra_css=self.write("digest.css")
        )
        self.inlined_rows = lru_cache(maxsize=2048)(self._inlined_rows)

    def write(self, name: str, **context: object) -> str:
        """Fill in a template."""
        return self._environment.get_template(name).render(context)

    def parsed(self, source: str) -> nodes.Template:
        """Return a template's text as Jinja understands it. Raises TemplateSyntaxError."""
        return self._environment.parse(source)

    def inlined_page(self, html: str) -> str:
        """Return a whole page with its styles at its elements."""
        return self._inliner.inline(html)

    def _inlined_rows(self, html: str) -> str:
        """Return rows of a table with their styles at their elements."""
        # A parser drops rows that stand in no table.
        inlined = self._inliner.inline_fragment(f"<table><tbody>{html}</tbody></table>", "")
        return inlined.removeprefix("<table><tbody>").removesuffix("</tbody></table>")


@cache
def shipped_templates() -> Templates:
    """Return the templates that come with the program."""
    return Templates()


@lru_cache(maxsize=4)
def _own_templates(folder: Path, _version: tuple[tuple[str, int], ...]) -> Templates:
    return Templates(folder)


def templates_of(folder: Path | None) -> Templates:
    """Return the templates of a folder, read anew where a file changed; the shipped ones without a folder."""
    if folder is None:
        return shipped_templates()
    files = sorted((file.name, file.stat().st_mtime_ns) for file in folder.iterdir() if file.is_file())
    return _own_templates(folder, tuple(files))


def faults(folder: Path) -> list[Fault]:
    """Return what is wrong with the owner's templates, as far as it shows without a digest."""
    if not folder.is_dir():
        return [Fault(file=folder, line=0, problem="there is no such folder")]
    shipped = shipped_templates()
    found = []
    for file in sorted(one for one in folder.iterdir() if one.is_file()):
        if not (SHIPPED / file.name).is_file():
            names = ", ".join(sorted(one.name for one in SHIPPED.iterdir()))
            found.append(Fault(file=file, line=0, problem=f"no template has this name; there are {names}"))
            continue
        try:
            tree = shipped.parsed(file.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            found.append(Fault(file=file, line=error.lineno, problem=error.message or ""))
            continue
        except UnicodeDecodeError:
            found.append(Fault(file=file, line=0, problem="it is not text in UTF-8"))
            continue
        known = meta.find_undeclared_variables(shipped.parsed((SHIPPED / file.name).read_text(encoding="utf-8")))
        unknown = meta.find_undeclared_variables(tree) - known - {"say", "column"}
        lines = {node.name: node.lineno for node in tree.find_all(nodes.Name) if node.name in unknown}
        for name, line in sorted(lines.items(), key=lambda one: (one[1], one[0])):
            told = ", ".join(sorted(known))
            found.append(Fault(file=file, line=line, problem=f"there is no {name} here; there are {told}"))
    return found


def fault_of(error: Exception, folder: Path) -> Fault:
    """Say where in the owner's folder an error arose."""
    if isinstance(error, TemplateSyntaxError):
        return Fault(file=Path(error.filename or folder), line=error.lineno, problem=error.message or "")
    trace, file, line = error.__traceback__, folder, 0
    while trace is not None:
        # Jinja's frames carry the template's own file and lines.
        if Path(trace.tb_frame.f_code.co_filename).parent == folder:
            file, line = Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno
        trace = trace.tb_next
    problem = error.message or "" if isinstance(error, TemplateError) else str(error)
    return Fault(file=file, line=line, problem=problem or type(error).__name__)
