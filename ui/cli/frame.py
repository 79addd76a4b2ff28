"""What every command shares: its options, and how an expected error becomes a message and an exit status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from news.errors import PresswatchError
from ui.cli.exits import ExitStatus, status_of
from ui.cli.output import complain

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
DEFAULT_CONFIG = Path("config.yaml")


class Frame(TyperGroup):
    """A group of commands whose expected errors end in one message and a status, never in a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; PresswatchError and OSError become a message on stderr and the exit status of their kind."""
        try:
            return super().invoke(ctx)
        except PresswatchError as error:
            complain(str(error))
            raise typer.Exit(status_of(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            complain(f"{place}{error.strerror or error}")
            raise typer.Exit(ExitStatus.PROBLEM) from error


def group(help_text: str) -> typer.Typer:
    """Return an empty group of commands in the frame; plain help, since boxes read badly in a pipe."""
    return typer.Typer(
        cls=Frame,
        help=help_text,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=CONTEXT,
    )


def _chosen_config(ctx: typer.Context, value: Path) -> Path:
    """A file named after the command wins over one named before it or in the environment, both over the default."""
    source = ctx.get_parameter_source("config")
    said_here = source is not None and source.name == "COMMANDLINE"
    return ctx.obj if isinstance(ctx.obj, Path) and not said_here else value


ConfigOption = Annotated[
    Path,
    typer.Option(
        "--config",
        metavar="FILE",
        show_default=False,
        callback=_chosen_config,
        help="The settings; default: $PRESSWATCH_CONFIG, else config.yaml in this folder.",
    ),
]
"""`config: ConfigOption = DEFAULT_CONFIG` in a command; the callback puts the file in that was named elsewhere."""

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def usage_error(message: str) -> typer.Exit:
    """Print `message` and return the exit to raise: the command was not understood."""
    complain(message)
    return typer.Exit(ExitStatus.USAGE)
