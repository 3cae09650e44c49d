"""Rows of a catalogue file, from CSV or a workbook, as text; what makes it no table is one problem with its row."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from knowledge.written_files import UnreadableTextError, text_of

__all__ = ["COLUMNS_MAX", "ROWS_MAX", "SIZE_MAX", "Problem", "TableError", "read_table"]

SIZE_MAX: Final = 20_000_000  # bytes
ROWS_MAX: Final = 100_000
COLUMNS_MAX: Final = 16
#: What a workbook may hold unpacked: a hundred thousand rows fill less, and a small file may unpack to anything.
UNPACKED_MAX: Final = 200_000_000  # bytes
#: Beyond it spreadsheets keep no integer exactly.
EXACT_MAX: Final = 10**15
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"  # what held workbooks before, and holds encrypted ones
_MERGED: Final = re.compile(rb'<mergeCell\s[^>]*?ref="(?P<place>[A-Z]+(?P<row>\d+):[A-Z]+\d+)"')


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts from 1 as spreadsheets do, 0 is the file itself; `message_key` names the sentence in bot/texts.

    `near` are names that may be meant.
    """

    row: int
    message_key: str
    value: str = ""
    near: tuple[str, ...] = ()


class TableError(Exception):
    """A file that is no table of services."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message_key)
        self.problems = problems


def read_table(content: bytes) -> list[tuple[int, list[str]]]:
    """(number, cells) of all rows that are not empty, the heading first. TableError for what is no table."""
    if len(content) > SIZE_MAX:
        raise TableError(Problem(0, "catalogue-too-large", str(SIZE_MAX // 1_000_000)))
    if content.startswith(_OLE):
        raise TableError(Problem(0, "catalogue-old-excel"))
    rows: list[tuple[int, list[str]]] = []
    for number, cells in _workbook(content) if content.startswith(_ZIP) else _csv(content):
        if number > ROWS_MAX:
            raise TableError(Problem(number, "catalogue-too-many-rows", str(ROWS_MAX)))
        if any(cells):
            rows.append((number, cells))
    return rows


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = text_of(content)
    except UnreadableTextError as error:
        raise TableError(Problem(error.line, "catalogue-encoding")) from error
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, [_clean(cell) for cell in cells]
            number = reader.line_num + 1
    except csv.Error as error:
        raise TableError(Problem(number, "catalogue-not-csv")) from error


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet. Formulas are read as formulas, not as their values, so that they can be refused."""
    from openpyxl import load_workbook  # only for whoever brings a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > UNPACKED_MAX:
                raise TableError(Problem(0, "catalogue-too-large", str(SIZE_MAX // 1_000_000)))
            sheet: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=False).worksheets[0]
            # Rows are streamed, and merged places stand behind them, where the library never looks.
            if merged := _merged(archive.read(sheet._worksheet_path)):
                raise TableError(*merged)
        for number, row in enumerate(sheet.iter_rows(max_row=ROWS_MAX + 1, max_col=COLUMNS_MAX, values_only=True), 1):
            yield number, [_cell(value) for value in row]
    except TableError:
        raise
    except Exception as error:  # damaged files trip the library into errors of twenty kinds
        raise TableError(Problem(0, "catalogue-not-xlsx")) from error


def _merged(sheet: bytes) -> list[Problem]:
    """Only the first cell of merged ones has a value, so the rows beneath would be read as empty."""
    found = _MERGED.finditer(sheet)
    return [Problem(int(one["row"]), "catalogue-merged", one["place"].decode()) for one in found]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return _clean(str(value))
    if isinstance(value, int | float):
        # Spreadsheets keep 1000 as 1000.0, and of longer numbers only the beginning, which is no id any more.
        return str(int(value)) if abs(value) < EXACT_MAX and value == int(value) else f"{value:.15e}"
    if hasattr(value, "isoformat"):
        return str(value)
    return "="  # array formulas and data tables


def _clean(cell: str) -> str:
    """Arabic letters as Persian ones, as everything that people read here; no spaces around."""
    return cell.translate(_LETTERS).strip(" \t\r\n\ufeff\u200e\u200f\u200c\xa0")


_LETTERS: Final = str.maketrans("يكى", "یکی")
