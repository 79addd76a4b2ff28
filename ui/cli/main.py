"""The command `presswatch`: one file a group of commands, joined here.

Commands import what they need inside, so that `presswatch --help` and the small `try` commands start at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.cli import config as config_commands
from ui.cli import digest, frame, item, recipient, recipient_state, source, story, watch
from ui.cli.demo import demo
from ui.cli.doctor import doctor
from ui.cli.doctor_mail import doctor_mail
from ui.cli.exits import ExitStatus
from ui.cli.feedback import feedback
from ui.cli.feeds import recipient_feeds, watch_feeds
from ui.cli.init import init
from ui.cli.output import complain, discard_stdout, prepare_streams
from ui.cli.query_command import QueryCommand
from ui.cli.run import run
from ui.cli.search import search
from ui.cli.steps import group as steps
from ui.cli.why import why

app = frame.group(
    "Watch the news of Central Asia in English, Russian and Kazakh, and get digests that prove they are complete."
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"presswatch {version('presswatch')}")
        raise typer.Exit


@app.callback()
def presswatch(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            envvar="PRESSWATCH_CONFIG",
            show_default=False,
            help="The settings; default: config.yaml in this folder.",
        ),
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and end.")
    ] = False,
) -> None:
    """Remember the settings file named before the command."""
    ctx.obj = config


app.command("init")(init)
app.command("run")(run)
app.command("demo")(demo)
app.add_typer(watch.app, name="watch")
app.add_typer(source.app, name="source")
recipient_state.register(recipient.app)
recipient.app.command("feeds")(recipient_feeds)
recipient.app.command("feedback")(feedback)
watch.app.command("feeds")(watch_feeds)
app.add_typer(recipient.app, name="recipient")
app.add_typer(digest.app, name="digest")
app.command("search", cls=QueryCommand)(search)
app.add_typer(item.app, name="item")
app.add_typer(story.app, name="story")
doctor_commands = frame.group("Check everything that a run needs, or the way of a mail.")
doctor_commands.callback(invoke_without_command=True, no_args_is_help=False)(doctor)
doctor_commands.command("mail")(doctor_mail)
app.add_typer(doctor_commands, name="doctor")
app.command("why")(why)
app.add_typer(config_commands.app, name="config")
app.add_typer(steps.app, name="try")


def main() -> None:
    """Run the command line and end the process with its exit status."""
    prepare_streams()
    try:
        try:
            app(prog_name="presswatch")
        finally:
            sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as end:
        # The reader of our output has gone (`| head`): nothing to say, and nobody to say it to. Typer ends by exit.
        if isinstance(end, SystemExit) and not isinstance(end.__context__, BrokenPipeError):
            raise
        discard_stdout()
        sys.exit(ExitStatus.OK)
    except OSError as error:
        discard_stdout()
        complain(f"the output cannot be written: {error.strerror or error}")
        sys.exit(ExitStatus.PROBLEM)
