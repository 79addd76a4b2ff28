"""A command with a query among its arguments, which may begin as an option does: `watch add Floods '-drill flood'`."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand

HINT = (
    "A query that begins with - is written with NOT (flood NOT drill), or after -- (watch add NAME -- '-drill flood')"
)


class QueryCommand(TyperCommand):
    """Takes arguments as every command does, and says what to do where a query was taken for options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raise the usage error of an unknown option of one letter with a hint; two dashes are no query."""
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            # The class of the error lies in a private module of typer; that it names an option is its public form.
            option = getattr(error, "option_name", "")
            if option.startswith("-") and not option.startswith("--"):
                error.message = f"{error.message}. {HINT}"  # type: ignore[attr-defined]
            raise
