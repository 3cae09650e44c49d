"""Files that people name: read and written, or refused in one line."""

from __future__ import annotations

from pathlib import Path

from bot.composition.errors import CommandError
from bot.composition.places import texts


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(texts().plain("cli-file-unreadable", path=str(path), reason=str(error))) from error


def bytes_of(file: str | None, missing_key: str, size_max: int) -> bytes:
    """One byte more than allowed at most: what is larger is refused by whoever reads it, not held in memory."""
    t = texts().plain
    if not file:
        raise CommandError(t(missing_key))
    try:
        with Path(file).open("rb") as opened:
            return opened.read(size_max + 1)
    except OSError as error:
        raise CommandError(t("cli-file-unreadable", path=file, reason=error.strerror or str(error))) from error


def write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(texts().plain("cli-file-unwritable", path=str(path), reason=reason)) from error
