"""An export as files in memory, for a chat that takes them: the port `surveys.exporting.MakeExport`."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from surveys.export import Exported, ExportFormat
from surveys.exporting import ExportSource

__all__ = ["ExportMaker"]


class ExportMaker:
    """Writes below `folder`, row by row, and takes everything away again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def __call__(
        self, format: ExportFormat, source: ExportSource, on_progress: Callable[[int], None]
    ) -> Exported:
        from storage.exports.files import export_responses  # its libraries take a second that no start should wait for

        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            path = Path(folder) / f"responses.{format.value}"
            rows = await export_responses(path, format, source.columns, source.services, source.batches, on_progress)
            return Exported(rows, await asyncio.to_thread(_contents, path))


def _contents(path: Path) -> tuple[tuple[str, bytes], ...]:
    others = sorted(other for other in path.parent.iterdir() if other != path)
    return tuple((file.name, file.read_bytes()) for file in (path, *others))
