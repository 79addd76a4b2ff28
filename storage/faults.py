"""What the database libraries complain of, told to people as StorageError with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from news.errors import Mismatch, StorageError
from news.extras import POSTGRES, how_to_install

# A piece of the driver's message in lower case, and the remedy. The first that is found counts. These never pass.
_LASTING: tuple[tuple[str, str], ...] = (
    ("not a database", "this file is not an SQLite database: name another in database.url, or restore a backup"),
    ("malformed", "the file is damaged: restore the last backup"),
)
_REMEDIES: tuple[tuple[str, str], ...] = (
    ("database is locked", "another process has been writing for a long time; try again, and see who holds the file"),
    ("locktimeout", "another process has been writing for a long time; try again"),
    ("lock timeout", "another process has been writing for a long time; try again"),
    ("unable to open database file", "check that the folder exists and that this user may write in it"),
    ("readonly database", "give this user the right to write the file and its folder"),
    ("database or disk is full", "free some space; nothing of this step was stored and it is tried again"),
    ("no space left", "free some space on the database server; nothing of this step was stored"),
    ("disk i/o error", "check the disk and its file system; nothing of this step was stored"),
    ("no such table", "the database was not set up yet: open it with `presswatch run` or `presswatch init` first"),
    ("undefinedtable", "the database was not set up yet: open it with `presswatch run` or `presswatch init` first"),
    ("connection refused", "no PostgreSQL server answers there: start it, or correct database.url"),
    ("authentication failed", "correct the user or password in database.url"),
    ("does not exist", "create the database or role named in database.url"),
    ("terminating connection", "the PostgreSQL server is restarting; try again"),
    ("server closed the connection", "the PostgreSQL server went away; try again"),
    ("connection", "check that the PostgreSQL server named in database.url can be reached"),
)


def explain(error: BaseException) -> StorageError:
    """Say in one line what a driver's or file system's complaint means and what to do."""
    cause = getattr(error, "orig", None) or error
    found = " ".join(str(cause).split())
    searched = f"{type(cause).__name__} {found}".lower()
    for piece, remedy in _LASTING:
        if piece in searched:
            return Mismatch(f"{found}: {remedy}")
    for piece, remedy in _REMEDIES:
        if piece in searched:
            return StorageError(f"{found}: {remedy}")
    return StorageError(f"the database failed: {found}")


@contextmanager
def explained() -> Iterator[None]:
    """Turn every complaint of the libraries inside into a StorageError that keeps it as its cause.

    A value that a column type refuses (a naive instant) is a fault of the caller and stays the ValueError it was.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise Mismatch(f"PostgreSQL needs its driver: {how_to_install(POSTGRES)}") from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError(f"database.url cannot be used: {error}") from error
    except (DBAPIError, PoolTimeout) as error:
        raise explain(error) from error
    except StatementError as error:
        if error.orig is None:
            raise
        raise error.orig from error
