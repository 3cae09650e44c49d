"""Export files, written row by row; a file appears under its name only when it is whole."""

from __future__ import annotations

import asyncio
import csv
import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from surveys.export import Cell, Column, ExportFormat, TooManyRowsError, neutral, row_of
from surveys.responses import Response
from surveys.services import Service

__all__ = ["XLSX_ROWS_MAX", "export_responses"]

#: A sheet's rows (ECMA-376), without the heading.
XLSX_ROWS_MAX: Final = 1_048_575


async def export_responses(
    path: Path,
    format: ExportFormat,
    columns: tuple[Column, ...],
    services: Mapping[str, Service],
    batches: AsyncIterator[list[Response]],
    on_progress: Callable[[int], None],
) -> int:
    """Writes all batches and returns how many rows they had; `on_progress` hears of them as they grow.

    CSV is UTF-8 with a mark, as Excel wants it, its dictionary beside it in `<name>.dictionary.json`; XLSX has the
    dictionary on a second sheet, Parquet in the fields' metadata. CSV and XLSX hold no formula.
    """
    draft = path.with_name(f".{path.name}.draft")
    writer = _WRITERS[format](draft, columns)
    rows = 0
    try:
        async for responses in batches:
            # A batch of a workbook takes tenths of a second, closing it more: never on the loop that answers people.
            rows_of = [row_of(r, services.get(r.service_id), columns) for r in responses]
            await asyncio.to_thread(writer.add, rows_of)
            rows += len(responses)
            on_progress(rows)
        await asyncio.to_thread(writer.finish)
        draft.replace(path)
    finally:
        writer.abandon()
        draft.unlink(missing_ok=True)
    if format is ExportFormat.CSV:
        dictionary = [{"name": c.name, "kind": c.kind, "meaning": c.meaning} for c in columns]
        path.with_suffix(".dictionary.json").write_text(json.dumps(dictionary, ensure_ascii=False, indent=1), "utf-8")
    return rows


class _Writer(ABC):
    """`abandon` may follow `finish`."""

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        self._path, self._columns = path, columns

    @abstractmethod
    def add(self, rows: Sequence[list[Cell]]) -> None: ...
    @abstractmethod
    def finish(self) -> None: ...
    @abstractmethod
    def abandon(self) -> None: ...


class _CsvWriter(_Writer):
    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        super().__init__(path, columns)
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file)
        self._csv.writerow([column.name for column in columns])

    def add(self, rows: Sequence[list[Cell]]) -> None:
        self._csv.writerows([neutral(cell) for cell in row] for row in rows)

    def finish(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        self._file.close()


class _XlsxWriter(_Writer):
    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        super().__init__(path, columns)
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("responses")
        self._sheet.append([column.name for column in columns])
        self._rows = 0

    def add(self, rows: Sequence[list[Cell]]) -> None:
        self._rows += len(rows)
        if self._rows > XLSX_ROWS_MAX:
            raise TooManyRowsError(str(XLSX_ROWS_MAX))
        for row in rows:
            self._sheet.append([self._cell(neutral(cell)) for cell in row])

    def finish(self) -> None:
        dictionary = self._book.create_sheet("dictionary")
        dictionary.append(["name", "kind", "meaning"])
        for column in self._columns:
            dictionary.append([column.name, column.kind, column.meaning])
        self._book.save(self._path)

    def abandon(self) -> None:
        """What write-only books keep aside, openpyxl deletes itself at exit."""

    def _cell(self, value: Cell) -> Any:
        cell = WriteOnlyCell(self._sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # never guessed to be a formula
        return cell


class _ParquetWriter(_Writer):
    _KINDS: Final = {"text": pa.string(), "number": pa.int32(), "yes_no": pa.bool_()}

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        super().__init__(path, columns)
        self._schema = pa.schema(
            [pa.field(c.name, self._KINDS[c.kind], metadata={"meaning": c.meaning}) for c in columns]
        )
        self._file = pq.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, rows: Sequence[list[Cell]]) -> None:
        columns = [list(cells) for cells in zip(*rows, strict=True)]
        self._file.write_table(pa.table(columns, schema=self._schema))

    def finish(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        self._file.close()


_WRITERS: Final[Mapping[ExportFormat, type[_Writer]]] = {
    ExportFormat.CSV: _CsvWriter,
    ExportFormat.XLSX: _XlsxWriter,
    ExportFormat.PARQUET: _ParquetWriter,
}
