"""What can be wrong with a store; none of it loses anything, for the files are the truth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from planner.errors import Failure, InvalidData, Problem

_REBUILD = "nothing is lost: planner review rebuild makes it again from the history"


class StoreAway(Failure):
    """The database cannot be reached, or was lost midway."""

    exit_code = 2
    code = "REV013"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{self.code}: cannot use the store {name}: {why}; what was written to the history is "
            "there, so run the same command again when the store is back"
        )


def shown(url: URL) -> str:
    """A store as messages name it, without its password."""
    return url.render_as_string(hide_password=True)


def newer(name: str, revision: str) -> InvalidData:
    """The store was made by a planner that knows more than this one."""
    what = f"its layout '{revision}' is newer than this planner knows"
    return InvalidData([Problem("REV010", name, "", what, "update the planner")])


def broken(name: str, why: str) -> InvalidData:
    """The store is damaged or not ours."""
    return InvalidData([Problem("REV011", name, "", f"is damaged: {why}", _REBUILD)])


def elsewhere(name: str, seq: int, folder: str, what: str) -> InvalidData:
    """Store and history do not tell the same story."""
    hint = (
        "name the right --out folder or bring the missing entries back from a copy; where the "
        "folder is right after all, planner review rebuild --forget"
    )
    return InvalidData([Problem("REV012", name, f"entry {seq}", f"{what} in {folder}", hint)])


@contextmanager
def faults_named(url: URL) -> Iterator[None]:
    """Turn what a database raises into what a person can act on."""
    try:
        yield
    except IntegrityError as error:
        raise broken(shown(url), _first_line(error)) from error
    except OperationalError as error:
        if "no such" in str(error.orig):  # SQLite's word for a missing table or column
            raise broken(shown(url), _first_line(error)) from error
        raise StoreAway(shown(url), _first_line(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreAway(shown(url), _first_line(error)) from error
        raise broken(shown(url), _first_line(error)) from error
    except SQLAlchemyError as error:
        raise StoreAway(shown(url), _first_line(error)) from error


def _first_line(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]
