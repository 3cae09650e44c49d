"""Conversation state for aiogram over `bot.ports.StateStore`, and one update of a person at a time in this process.

aiogram's own defaults lose state (no isolation: 126 of 500 concurrent updates kept). `bot.shared_state` does the same
over Redis, for many workers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import (
    DEFAULT_DESTINY,
    BaseEventIsolation,
    BaseStorage,
    StateType,
    StorageKey,
)

from bot.ports import StateStore

__all__ = ["OneAtATime", "StoredState"]


#: Key and data that came along with the state: aiogram reads the state of every update, most handlers the data, too.
_read: ContextVar[tuple[str, dict[str, Any]] | None] = ContextVar("read", default=None)


class StoredState(BaseStorage):
    """State in a `StateStore` under the key «platform:bot:chat:person[:thread:destiny]». `platforms` names each bot's
    platform.
    """

    def __init__(self, store: StateStore, platforms: Mapping[int, str]) -> None:
        self._store, self._platforms = store, platforms

    def key(self, key: StorageKey) -> str:
        """The store's key; KeyError for a bot that was not named."""
        parts = [self._platforms[key.bot_id], key.bot_id, key.chat_id, key.user_id]
        rest = [
            key.thread_id or "",
            key.business_connection_id or "",
            "" if key.destiny == DEFAULT_DESTINY else key.destiny,
        ]
        return ":".join(map(str, parts + rest)).rstrip(":")

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._store.set_state(self.key(key), state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        name = self.key(key)
        kept = await self._store.get(name)
        _read.set((name, kept.data))
        return kept.state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        if not isinstance(data, Mapping):
            raise DataNotDictLikeError(f"data must be a mapping, got {type(data).__name__}")
        name = self.key(key)
        await self._store.set_data(name, data)
        _read.set(None)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """What `get_state` read for this very update, once; anything later is read anew."""
        name, read = self.key(key), _read.get()
        _read.set(None)
        if read is not None and read[0] == name:
            return read[1]
        return (await self._store.get(name)).data

    async def close(self) -> None:
        """Nothing: the database belongs to whoever opened it."""


class OneAtATime(BaseEventIsolation):
    """Updates of one person in one chat wait for each other, first come first served, within this process."""

    def __init__(self) -> None:
        self._locks: dict[StorageKey, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncGenerator[None, None]:
        """Holds the person's lock. Locks that nobody holds or waits for are dropped."""
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks.pop(key)
            if users > 1:
                self._locks[key] = (lock, users - 1)

    @property
    def held(self) -> int:
        """Locks in use."""
        return len(self._locks)

    async def close(self) -> None:
        self._locks.clear()
