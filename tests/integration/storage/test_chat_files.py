"""Files of chats in the data directory: only their own chat has them, no name becomes a path, forgotten at once."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from storage.chat_files import ChatFileFolder
from storage.errors import StorageError


def _everything_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def files(tmp_path: Path) -> ChatFileFolder:
    numbers = itertools.count()
    return ChatFileFolder(tmp_path / "files", lambda: f"key-of-a-file-{next(numbers):04d}")


async def test_kept_read_and_forgotten(files: ChatFileFolder, tmp_path: Path) -> None:
    key = await files.keep(1, "سند.PDF", b"one")
    other = await files.keep(2, "a.pdf", b"two")
    assert key.endswith(".pdf")
    assert (await files.read(1, key), await files.read(2, other)) == (b"one", b"two")
    assert (await files.read(2, key), await files.read(1, other)) == (None, None)
    await files.forget(1)
    await files.forget(3)
    assert (await files.read(1, key), await files.read(2, other)) == (None, b"two")
    assert _everything_in(tmp_path) == [b"two"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "x.p/../q", "", ".", "a." + "b" * 300, "نام.فارسی"])
async def test_no_name_becomes_a_path(files: ChatFileFolder, tmp_path: Path, name: str) -> None:
    key = await files.keep(1, name, b"x")
    assert (tmp_path / "files" / "1" / key).read_bytes() == b"x"
    assert await files.read(1, key) == b"x"


@pytest.mark.parametrize("key", ["../2/key-of-a-file-0000", "", ".", "..", "x", "key-of-a-file-0000/../x", "a\0b"])
async def test_no_key_leads_elsewhere(files: ChatFileFolder, key: str) -> None:
    await files.keep(2, "a", b"x")
    assert await files.read(1, key) is None


async def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("no folder")
    with pytest.raises(StorageError):
        await ChatFileFolder(tmp_path / "files", lambda: "key-of-a-file-0000").keep(1, "a", b"x")
