"""aiosqlite's connection with one thread hop a statement instead of four.

SQLAlchemy asks a cursor to be made, to execute, to fetch and to close; aiosqlite passes each on to its thread and
waits, and that waiting is much of what a short transaction costs (measured: 1,100 µs a write by six hops, 660 µs by
two). Here a cursor does all of it in one visit to the thread, and a writing one takes the lock there too.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import aiosqlite

__all__ = ["OneHopConnection"]


class OneHopConnection(aiosqlite.Connection):
    """`connect` makes the driver's connection, in the thread that it will be used in. Await it to connect.

    While `begins` the first statement after each commit or rollback starts a transaction with the write lock: one that
    read first and wrote later could not wait for another process's. Else each statement commits itself. While `ends` a
    statement that succeeds commits the transaction, on the same visit. `ending` holds what to wait for before the loop
    closes: threads of connections that failed or were cancelled, which report to the loop when they are done.
    """

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], *, begins: bool, ending: set[asyncio.Future[Any]]
    ) -> None:
        super().__init__(connect, iter_chunk_size=64)
        self._thread.daemon = True  # as SQLAlchemy does for its own: no forgotten connection keeps the process alive
        self.begins, self.ends, self._ending = begins, False, ending
        self._end: asyncio.Future[Any] | None = None

    def cursor(self) -> _Cursor:  # type: ignore[override]  # what SQLAlchemy's adapter needs of it
        return _Cursor(self)

    def stop(self) -> asyncio.Future[Any] | None:
        """Asks the thread to close the connection and end, after what it is doing. May be called again: a close that
        is cancelled on its way does, and a thread that has ended would never answer a second time.
        """
        if self._end is None and (end := super().stop()) is not None:
            self._end = end
            self._ending.add(end)
            end.add_done_callback(self._ending.discard)
        # Shielded: who gives up waiting does not end what others wait for.
        return None if self._end is None else asyncio.shield(self._end)

    async def commit(self) -> None:
        """Commits what there is; no hop where the last statement did."""
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Rolls back what there is. SQLAlchemy also asks after a commit: no hop for nothing."""
        if self.in_transaction:
            await super().rollback()

    def run(self, sql: str, parameters: Any, *, many: bool) -> sqlite3.Cursor:
        """Executes, in the connection's own thread."""
        connection = self._conn
        if self.begins and not connection.in_transaction:
            connection.execute("BEGIN IMMEDIATE")
        return connection.executemany(sql, parameters) if many else connection.execute(sql, parameters)

    def end(self) -> None:
        """Commits, in the connection's own thread."""
        self._conn.commit()

    async def visit(self, work: Callable[..., None], *arguments: Any) -> None:
        """Runs `work` in the connection's thread."""
        await self._execute(work, *arguments)  # type: ignore[no-untyped-call]


class _Cursor:
    """What SQLAlchemy's asyncio adapter asks of a cursor; the rows are here as soon as it has executed."""

    __slots__ = ("_connection", "_rows", "arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount, self.lastrowid, self.arraysize = -1, -1, 1

    async def __aenter__(self) -> _Cursor:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        await self._connection.visit(self._run, sql, parameters, False)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        await self._connection.visit(self._run, sql, parameters, True)

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        self._rows = []

    def _run(self, sql: str, parameters: Any, many: bool) -> None:
        connection = self._connection
        cursor = connection.run(sql, parameters, many=many)
        self.description, self.lastrowid = cursor.description, cursor.lastrowid or -1
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount
        cursor.close()
        if connection.ends:
            connection.end()
