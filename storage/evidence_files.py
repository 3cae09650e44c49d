"""Bytes of evidence in the data directory, each under its SHA-256: the port `reminders.ports.EvidenceFiles`."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import Final

from storage.errors import translated

__all__ = ["EvidenceFolder"]

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class EvidenceFolder:
    """`folder` is made at the first file. What is there already is not written again: same bytes, same name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, content: bytes) -> str:
        """The hex digest, after the bytes are on the disk; StorageError when they cannot be."""
        with translated(str(self._folder)):
            return await asyncio.to_thread(self._keep, content)

    async def read(self, sha256: str) -> bytes | None:
        """The bytes; None for what is not kept here."""
        if not _DIGEST.fullmatch(sha256):
            return None
        return await asyncio.to_thread(self._read, sha256)

    def _keep(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{digest}.{secrets.token_hex(4)}")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return digest

    def _read(self, digest: str) -> bytes | None:
        path = self._path(digest)
        return path.read_bytes() if path.is_file() else None

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest
