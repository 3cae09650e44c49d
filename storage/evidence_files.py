"""Bytes of evidence in the data directory, each under its SHA-256: the port `reminders.ports.EvidenceFiles`.

Files come before the report that they belong to; those that never got one are deleted after a while.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import os
import re
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Final

from sqlalchemy import select

from storage.database import Database
from storage.errors import translated
from storage.reminder_models import EvidenceRow

__all__ = ["UNREPORTED_KEPT", "EvidenceFolder", "delete_unreported"]

#: Files of a report that nobody finished: long enough for one that was put aside.
UNREPORTED_KEPT: Final = dt.timedelta(days=30)
#: Digests of one IN (…).
BATCH: Final = 500

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

    async def holds(self, sha256: str) -> bool:
        """Whether the bytes are kept here; from now on as if they had just been sent."""
        return bool(_DIGEST.fullmatch(sha256)) and await asyncio.to_thread(self._wanted, sha256)

    async def untouched_since(self, moment: dt.datetime) -> list[str]:
        """Names of files that nobody sent (again) since a moment: digests, and drafts that a crash left behind."""
        return await asyncio.to_thread(self._untouched, moment.timestamp())

    async def delete(self, names: Collection[str], untouched_since: dt.datetime) -> int:
        """Those of `untouched_since` that nobody sent again in the meantime; how many."""
        return await asyncio.to_thread(self._delete, names, untouched_since.timestamp())

    def _wanted(self, digest: str) -> bool:
        try:
            os.utime(self._path(digest))
        except FileNotFoundError:
            return False
        return True

    def _untouched(self, moment: float) -> list[str]:
        files = self._folder.glob("??/*") if self._folder.is_dir() else ()
        return sorted(path.name for path in files if path.is_file() and path.stat().st_mtime < moment)

    def _delete(self, names: Collection[str], moment: float) -> int:
        count = 0
        for path in (self._path(name) for name in names):
            if path.is_file() and path.stat().st_mtime < moment:
                path.unlink()
                count += 1
        return count

    def _keep(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists():
            os.utime(path)  # wanted again: not to be deleted as forgotten
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


async def delete_unreported(folder: EvidenceFolder, database: Database, now: dt.datetime) -> int:
    """Files that belong to no report and were sent more than `UNREPORTED_KEPT` ago are gone; how many."""
    before = now - UNREPORTED_KEPT
    names = await folder.untouched_since(before)
    reported: set[str] = set()
    for start in range(0, len(names), BATCH):
        known = select(EvidenceRow.sha256).where(EvidenceRow.sha256.in_(names[start : start + BATCH])).distinct()
        async with database.read() as connection:
            reported.update((await connection.execute(known)).scalars())
    return await folder.delete([name for name in names if name not in reported], before)
