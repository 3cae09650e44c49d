"""Files of the chats that we keep ourselves, in the data directory: the port `bot.ports.ChatFiles`.

One folder a chat, so that forgetting a person takes it whole. Names are made here: nothing that people choose becomes a
path.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from storage.errors import translated

__all__ = ["ChatFileFolder"]

_KEY: Final = re.compile(r"[0-9A-Za-z_-]{16,64}(\.[a-z0-9]{1,8})?")
_ENDING: Final = re.compile(r"\.[a-z0-9]{1,8}")


class ChatFileFolder:
    """`folder` is made at the first file; `new_key` gives at least 96 random bits in letters that paths may hold."""

    def __init__(self, folder: Path, new_key: Callable[[], str]) -> None:
        self._folder, self._new_key = folder, new_key

    async def keep(self, chat_id: int, name: str, content: bytes) -> str:
        """The key, after the bytes are on the disk; StorageError when they cannot be."""
        ending = Path(name).suffix.lower()
        key = self._new_key() + (ending if _ENDING.fullmatch(ending) else "")
        with translated(str(self._folder)):
            await asyncio.to_thread(_write, self._path(chat_id, key), content)
        return key

    async def read(self, chat_id: int, key: str) -> bytes | None:
        """The bytes; None for what this chat does not have."""
        if not _KEY.fullmatch(key):
            return None
        return await asyncio.to_thread(_read, self._path(chat_id, key))

    async def forget(self, chat_id: int) -> None:
        await asyncio.to_thread(shutil.rmtree, self._folder / str(chat_id), ignore_errors=True)

    def _path(self, chat_id: int, key: str) -> Path:
        return self._folder / str(chat_id) / key


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    with draft.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
