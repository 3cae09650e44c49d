"""What can go wrong with a database, in the few kinds that an operator can do something about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

__all__ = ["ErrorKind", "StorageError", "translated"]


class ErrorKind(StrEnum):
    """One each for everything that has a remedy of its own."""

    WRONG_URL = "wrong_url"
    MISSING_DIRECTORY = "missing_directory"
    UNWRITABLE = "unwritable"
    LOCKED = "locked"
    FULL = "full"
    DAMAGED = "damaged"
    NEWER_SCHEMA = "newer_schema"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    SECRET_TOO_SHORT = "secret_too_short"  # noqa: S105  a kind of error, not a secret
    SECRET_DAMAGED = "secret_damaged"  # noqa: S105


class StorageError(Exception):
    """Nothing was stored and nothing lost: what the failed call wanted to change is as it was before.

    `message_key` names the sentence in bot/texts ("storage-locked"), `details` fills its placeholders: `place` (a path,
    or host:port/database; never a password) is always there, `reason` (the database's own words) where there is one.
    """

    def __init__(self, kind: ErrorKind, details: Mapping[str, str]) -> None:
        self.kind: Final = kind
        self.message_key: Final = f"storage-{kind.value.replace('_', '-')}"
        self.details: Final = dict(details)
        super().__init__(f"storage {kind.value}: " + ", ".join(f"{name}={value}" for name, value in details.items()))


#: SQLite's primary result codes (https://www.sqlite.org/rescode.html).
_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: ErrorKind.LOCKED,
    sqlite3.SQLITE_LOCKED: ErrorKind.LOCKED,
    sqlite3.SQLITE_FULL: ErrorKind.FULL,
    sqlite3.SQLITE_READONLY: ErrorKind.UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: ErrorKind.UNWRITABLE,
    sqlite3.SQLITE_PERM: ErrorKind.UNWRITABLE,
    sqlite3.SQLITE_CORRUPT: ErrorKind.DAMAGED,
    sqlite3.SQLITE_NOTADB: ErrorKind.DAMAGED,
    sqlite3.SQLITE_IOERR: ErrorKind.DAMAGED,
}
#: WAL's shared memory could not grow: the disk is full.
_SQLITE_FULL: Final = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE})

#: PostgreSQL's SQLSTATE classes and codes (Appendix A of its manual), the longer match first.
_POSTGRESQL: Final = {
    "53100": ErrorKind.FULL,
    "53300": ErrorKind.UNREACHABLE,
    "55P03": ErrorKind.LOCKED,
    "40P01": ErrorKind.LOCKED,
    "25006": ErrorKind.UNWRITABLE,
    "42501": ErrorKind.UNWRITABLE,
    "3D000": ErrorKind.REFUSED,
    "28": ErrorKind.REFUSED,
    "08": ErrorKind.UNREACHABLE,
    "57P": ErrorKind.UNREACHABLE,
    "XX": ErrorKind.DAMAGED,
}


def _kind(error: BaseException) -> ErrorKind | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            return None
        return ErrorKind.FULL if code in _SQLITE_FULL else _SQLITE.get(code & 0xFF)
    if state := getattr(error, "sqlstate", None):
        return next((kind for prefix, kind in _POSTGRESQL.items() if state.startswith(prefix)), None)
    if isinstance(error, PoolTimeoutError):
        return ErrorKind.LOCKED
    if isinstance(error, (OSError, asyncpg.InterfaceError)):
        return ErrorKind.UNREACHABLE
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The driver's own exception under SQLAlchemy's, then what those were raised from."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, DBAPIError) and seen.orig is not None:
            yield seen.orig
        yield seen
        seen = seen.__cause__


def _reason(cause: BaseException) -> str:
    words = cause.args[0] if isinstance(cause, SQLAlchemyError) else cause  # without SQLAlchemy's link to its manual
    return " ".join(str(words).split()) or type(cause).__name__


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turns what the database or its driver raises into `StorageError`; anything else passes as it is."""
    try:
        yield
    except (
        DBAPIError,
        PoolTimeoutError,
        sqlite3.Error,
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        OSError,
    ) as error:
        for cause in _causes(error):
            if kind := _kind(cause):
                raise StorageError(kind, {"place": place, "reason": _reason(cause)}) from error
        raise
