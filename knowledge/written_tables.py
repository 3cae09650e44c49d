"""Rows of a file that people wrote, from CSV or a workbook, as text; what makes it no table is told with its row.

Knows no services and no agencies: whoever reads a file says which columns there are.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from knowledge.written_files import UnreadableTextError, text_of

__all__ = ["COLUMNS_MAX", "ROWS_MAX", "SIZE_MAX", "Problem", "TableError", "cell_problems", "places_of", "read_table"]

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
    """A file that is no table, or lacks columns."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message_key)
        self.problems = problems


def read_table(content: bytes, *, rows_max: int = ROWS_MAX) -> list[tuple[int, list[str]]]:
    """(number, cells) of all rows that are not empty, the heading first. TableError for what is no table.

    A workbook or CSV (comma, semicolon or tab), whatever the file is called.
    """
    if len(content) > SIZE_MAX:
        raise TableError(Problem(0, "table-too-large", str(SIZE_MAX // 1_000_000)))
    if content.startswith(_OLE):
        raise TableError(Problem(0, "table-old-excel"))
    rows: list[tuple[int, list[str]]] = []
    for number, cells in _workbook(content) if content.startswith(_ZIP) else _csv(content):
        if number > rows_max:
            raise TableError(Problem(number, "table-too-many-rows", str(rows_max)))
        if any(cells):
            rows.append((number, cells))
    return rows


def places_of(
    number: int,
    heading: Sequence[str],
    columns: Mapping[str, str],
    required: Collection[str],
    plain: Callable[[str], str],
) -> dict[str, int]:
    """Where each known column stands, by its key or its Persian name in `columns`, compared as `plain` has them.

    TableError with every column that is unknown, given twice or missing.
    """
    names = {plain(name): key for key, persian in columns.items() for name in (key, persian)}
    found: dict[str, int] = {}
    problems = []
    for at, title in enumerate(heading):
        key = names.get(plain(title))
        if key is None and title:
            problems.append(Problem(number, "table-unknown-column", title[:60], tuple(columns.values())))
        elif key in found:
            problems.append(Problem(number, "table-column-twice", title[:60]))
        elif key is not None:
            found[key] = at
    if missing := [columns[key] for key in columns if key in required and key not in found]:
        problems.append(Problem(number, "table-missing-column", "، ".join(missing)))
    if problems:
        raise TableError(*problems)
    return found


def cell_problems(number: int, cells: Sequence[str], width: int) -> Iterator[Problem]:
    """What spreadsheets would run, what they failed to, and cells beyond the heading's `width`."""
    for value in cells[:width]:
        if value.startswith(_FORMULA):
            yield Problem(number, "table-formula", value[:60])
        elif value.upper() in _FAILED:
            yield Problem(number, "table-failed-formula", value)
    if any(beyond := cells[width:]):  # a comma in a title that no quotes hold together moves all that follows
        yield Problem(number, "table-too-many-cells", next(filter(None, beyond))[:60])


#: A cell that starts so is run by spreadsheets (OWASP, "CSV Injection").
_FORMULA: Final = ("=", "+", "-", "@")
#: What a spreadsheet writes where a formula failed (ECMA-376).
_FAILED: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = text_of(content)
    except UnreadableTextError as error:
        raise TableError(Problem(error.line, "table-encoding")) from error
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, [_clean(cell) for cell in cells]
            number = reader.line_num + 1
    except csv.Error as error:
        raise TableError(Problem(number, "table-not-csv")) from error


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet. Formulas are read as formulas, not as their values, so that they can be refused."""
    from openpyxl import load_workbook  # only for whoever brings a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > UNPACKED_MAX:
                raise TableError(Problem(0, "table-too-large", str(SIZE_MAX // 1_000_000)))
            sheet: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=False).worksheets[0]
            # Rows are streamed, and merged places stand behind them, where the library never looks.
            if merged := _merged(archive.read(sheet._worksheet_path)):
                raise TableError(*merged)
        for number, row in enumerate(sheet.iter_rows(max_row=ROWS_MAX + 1, max_col=COLUMNS_MAX, values_only=True), 1):
            yield number, [_cell(value) for value in row]
    except TableError:
        raise
    except Exception as error:  # damaged files trip the library into errors of twenty kinds
        raise TableError(Problem(0, "table-not-xlsx")) from error


def _merged(sheet: bytes) -> list[Problem]:
    """Only the first cell of merged ones has a value, so the rows beneath would be read as empty."""
    found = _MERGED.finditer(sheet)
    return [Problem(int(one["row"]), "table-merged", one["place"].decode()) for one in found]


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
