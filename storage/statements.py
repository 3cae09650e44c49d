"""Statements that come in two forms: for each dialect, for one row or many."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

__all__ = ["Keyed", "PerDialect"]


class PerDialect:
    """One INSERT … ON CONFLICT …, built once for both databases: `build` gets the dialect's `insert`."""

    def __init__(self, build: Callable[[Callable[..., Any]], Executable]) -> None:
        self._by_name: Final = {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}

    def on(self, connection: AsyncConnection) -> Executable:
        """The statement for the database of this connection."""
        return self._by_name[connection.dialect.name]


class Keyed:
    """A statement for the rows of some keys: `build` gets the condition.

    For a single key, which is nearly always, it is compiled once: a list is spelled out anew each time (50 µs).
    """

    def __init__(self, column: InstrumentedAttribute[Any], build: Callable[[ColumnElement[bool]], Executable]) -> None:
        self._one = build(column == bindparam("of_key"))
        self._many = build(column.in_(bindparam("of_keys", expanding=True)))

    def of(self, keys: Collection[Any]) -> tuple[Executable, dict[str, Any]]:
        """The statement for different `keys` and their parameters."""
        if len(keys) == 1:
            return self._one, {"of_key": next(iter(keys))}
        return self._many, {"of_keys": sorted(keys)}
