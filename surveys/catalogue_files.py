"""Catalogue files of services: CSV or XLSX in, services and every problem by row out. Writes nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from surveys.services import Service, plain_id

__all__ = ["COLUMNS", "SIZE_MAX", "CatalogueFile", "Problem", "read_catalogue"]

#: Columns and their Persian names; the first three are required.
COLUMNS: Final = {
    "id": "شناسه خدمت",
    "title": "عنوان خدمت",
    "agency": "دستگاه",
    "agency_id": "شناسه دستگاه",
    "parent": "خدمت مادر",
    "active": "فعال",
    "channels": "کانال‌ها",
    "aliases": "نام‌های دیگر",
}
REQUIRED: Final = ("id", "title", "agency")
SIZE_MAX: Final = 20_000_000  # bytes
ROWS_MAX: Final = 100_000
TITLE_MAX: Final = 300
_YES: Final = frozenset({"", "1", "true", "yes", "بله", "بلی", "فعال", "آری"})
_NO: Final = frozenset({"0", "false", "no", "خیر", "نه", "غیرفعال", "غیر فعال"})
#: A cell that starts so is run by spreadsheets (OWASP, "CSV Injection").
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts from 1 as spreadsheets do, 0 is the file itself; `message_key` names the sentence in bot/texts."""

    row: int
    message_key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """What a file holds. With problems nothing of it is imported."""

    services: tuple[Service, ...]
    problems: tuple[Problem, ...]


class _FileError(Exception):
    def __init__(self, message_key: str, value: str = "") -> None:
        super().__init__(message_key)
        self.problem = Problem(0, message_key, value)


def read_catalogue(name: str, content: bytes) -> CatalogueFile:
    """Reads `.xlsx` by its name, anything else as CSV in UTF-8 (comma, semicolon or tab). Lists every problem."""
    try:
        if len(content) > SIZE_MAX:
            raise _FileError("catalogue-too-large")
        rows = list(_xlsx(content) if name.lower().endswith(".xlsx") else _csv(content))
        if not rows or not any(rows[0]):
            raise _FileError("catalogue-empty")
        if len(rows) > ROWS_MAX:
            raise _FileError("catalogue-too-many-rows", str(ROWS_MAX))
        places = _places(rows[0])
    except _FileError as error:
        return CatalogueFile((), (error.problem,))
    return _read_rows(rows[1:], places)


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _FileError("catalogue-encoding") from error
    if "\0" in text:
        raise _FileError("catalogue-encoding")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise _FileError("catalogue-not-csv", str(error)) from error


def _xlsx(content: bytes) -> Iterator[list[str]]:
    """Formulas are read as formulas, not as their values, so that they can be refused."""
    from openpyxl import load_workbook  # only for whoever brings a workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=ROWS_MAX + 1, max_col=len(COLUMNS) * 2, values_only=True):
            yield [_cell(value) for value in row]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise _FileError("catalogue-not-xlsx") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # spreadsheets keep 1000 as 1000.0
    return str(value)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands."""
    names = {name: key for key, persian in COLUMNS.items() for name in (key, persian)}
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        title = cell.strip()
        key = names.get(title) or names.get(title.lower())
        if key is None:
            if title:
                raise _FileError("catalogue-unknown-column", title)
            continue
        if key in found:
            raise _FileError("catalogue-column-twice", title)
        found[key] = at
    missing = [COLUMNS[key] for key in REQUIRED if key not in found]
    if missing:
        raise _FileError("catalogue-missing-column", "، ".join(missing))
    return found


def _read_rows(rows: Sequence[Sequence[str]], places: dict[str, int]) -> CatalogueFile:
    services: list[Service] = []
    problems: list[Problem] = []
    first_row: dict[str, int] = {}
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {key: cells[at].strip() if at < len(cells) else "" for key, at in places.items()}
        wrong = list(_problems(number, row))
        id = plain_id(row["id"])
        if id and first_row.setdefault(id, number) != number:
            wrong.append(Problem(number, "catalogue-id-twice", f"{id} ({first_row[id]})"))
        problems += wrong
        if not wrong:
            services.append(_service(id, row))
    problems += _parent_problems(services, places, rows)
    if not services and not problems:
        problems.append(Problem(0, "catalogue-empty"))
    return CatalogueFile(tuple(services), tuple(sorted(problems, key=lambda p: p.row)))


def _problems(number: int, row: dict[str, str]) -> Iterator[Problem]:
    for value in row.values():
        if value.startswith(_FORMULA):
            yield Problem(number, "catalogue-formula", value[:60])
    for key in REQUIRED:
        if not row[key]:
            yield Problem(number, "catalogue-cell-empty", COLUMNS[key])
    if row["id"] and not plain_id(row["id"]):
        yield Problem(number, "catalogue-bad-id", row["id"][:60])
    if len(row["title"]) > TITLE_MAX or len(row["agency"]) > TITLE_MAX:
        yield Problem(number, "catalogue-too-long", str(TITLE_MAX))
    if row.get("active", "").lower() not in _YES | _NO:
        yield Problem(number, "catalogue-bad-active", row["active"][:60])


def _parent_problems(
    services: Sequence[Service], places: dict[str, int], rows: Sequence[Sequence[str]]
) -> Iterator[Problem]:
    """A service cannot be its own parent; a parent outside the file may stand in the catalogue already."""
    own = {s.id for s in services if s.parent == s.id}
    for number, cells in enumerate(rows, 2):
        if own and places["id"] < len(cells) and plain_id(cells[places["id"]]) in own:
            yield Problem(number, "catalogue-own-parent", cells[places["id"]])


def _service(id: str, row: dict[str, str]) -> Service:
    return Service(
        id=id,
        title=row["title"],
        agency=row["agency"],
        agency_id=row.get("agency_id", ""),
        parent=plain_id(row.get("parent", "")),
        active=row.get("active", "").lower() in _YES,
        channels=_listed(row.get("channels", "")),
        aliases=_listed(row.get("aliases", "")),
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.replace("،", "|").replace(";", "|").split("|") if part.strip())
