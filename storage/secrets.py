"""The instance's secret and what is derived from it. It belongs in every backup: without it no asker is recognised."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from storage.errors import ErrorKind, StorageError

__all__ = ["Secret", "load_secret"]

VARIABLE: Final = "RAHYAR_SECRET"
FILE_NAME: Final = "secret"
LENGTH_MIN: Final = 16
LENGTH_MADE: Final = 32  # bytes, as HMAC-SHA256's output (RFC 2104, §3)


class Secret:
    """Keys for one purpose each: what leaks from one tells nothing of another. Never printed."""

    __slots__ = ("_askers", "_secret")

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._askers = self.key("asker")

    def key(self, purpose: str) -> bytes:
        """32 bytes for this purpose alone ("web-cookie"), the same at every start."""
        return hmac.digest(self._secret, f"rahyar/{purpose}".encode(), hashlib.sha256)

    def asker_key(self, platform: str, platform_id: int) -> str:
        """64 hex digits that stand for a person where nobody needs to know whom (HMAC-SHA256)."""
        return hmac.digest(self._askers, f"{platform}:{platform_id}".encode(), hashlib.sha256).hex()

    def __repr__(self) -> str:
        return "Secret(…)"


def load_secret(environment: Mapping[str, str], data_dir: Path) -> Secret:
    """From RAHYAR_SECRET, else from `data_dir`/secret, which is made at first (mode 0600) and never replaced.

    Several processes may start at once: all get the same. StorageError if it is too short, damaged, or cannot be kept.
    """
    if given := environment.get(VARIABLE, ""):
        if len(given) < LENGTH_MIN:
            raise StorageError(ErrorKind.SECRET_TOO_SHORT, {"place": VARIABLE, "least": str(LENGTH_MIN)})
        return Secret(given.encode())
    path = data_dir / FILE_NAME
    if not data_dir.is_dir():
        raise StorageError(ErrorKind.MISSING_DIRECTORY, {"place": str(data_dir)})
    try:
        if not path.exists():
            _make(path)
        path.chmod(0o600)
        kept = path.read_text("ascii").strip()
    except UnicodeDecodeError:
        kept = ""
    except OSError as error:
        raise StorageError(
            ErrorKind.UNWRITABLE, {"place": str(path), "reason": error.strerror or str(error)}
        ) from error
    if len(kept) < LENGTH_MIN:
        raise StorageError(ErrorKind.SECRET_DAMAGED, {"place": str(path)})
    return Secret(kept.encode())


def _make(path: Path) -> None:
    """Written whole beside it, then linked under its name: the first of several processes wins, none reads a half."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(LENGTH_MADE) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)
