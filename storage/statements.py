"""Statements that each dialect spells with a class of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

__all__ = ["PerDialect"]


class PerDialect:
    """One INSERT … ON CONFLICT …, built once for both databases: `build` gets the dialect's `insert`."""

    def __init__(self, build: Callable[[Callable[..., Any]], Executable]) -> None:
        self._by_name: Final = {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}

    def on(self, connection: AsyncConnection) -> Executable:
        """The statement for the database of this connection."""
        return self._by_name[connection.dialect.name]
