"""Agencies from a CSV file: a dry run lists every problem by row, nothing is stored while there is one.

Columns (by name, in any order): id, name; optional: aliases and classes (separated by «|»), parent.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reminders.book_keeping import Books
from reminders.directory import Agency, Directory, plain_name
from reminders.people import require_operator
from reminders.ports import OpenWork
from reminders.refusals import RefusedError

__all__ = ["ImportAgencies", "ImportedAgencies", "RowProblem", "read_agencies"]

ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,79}")
ROWS_MAX: Final = 20_000
_REQUIRED: Final = ("id", "name")
_KNOWN: Final = (*_REQUIRED, "aliases", "parent", "classes")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one row (1 is the header); `message_key` names the sentence, `value` what was read."""

    row: int
    message_key: str
    value: str


@dataclass(frozen=True, slots=True)
class ImportedAgencies:
    """What a file holds; stored only if there are no problems and it was no dry run."""

    agencies: tuple[Agency, ...]
    problems: tuple[RowProblem, ...]
    stored: bool


def read_agencies(content: bytes, directory: Directory) -> tuple[list[Agency], list[RowProblem]]:
    """Agencies of a CSV file in UTF-8 (with or without BOM), and everything that is wrong with it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [RowProblem(1, "import-encoding", "")]
    dialect = csv.excel_tab if "\t" in text.split("\n", 1)[0] else csv.excel
    reader = csv.DictReader(io.StringIO(text), dialect=dialect)
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    problems = [RowProblem(1, "import-column-missing", name) for name in _REQUIRED if name not in header]
    problems += [RowProblem(1, "import-column-unknown", name) for name in header if name not in _KNOWN]
    if problems:
        return [], problems
    reader.fieldnames = header
    agencies: list[Agency] = []
    rows: dict[str, int] = {}
    for number, row in enumerate(reader, 2):
        if number > ROWS_MAX:
            return [], [RowProblem(number, "import-too-long", str(ROWS_MAX))]
        agency = _agency({name: (value or "").strip() for name, value in row.items() if isinstance(name, str)})
        problems += [RowProblem(number, key, value) for key, value in _wrong(agency, directory, rows)]
        rows[agency.id] = number
        agencies.append(agency)
    ids = rows.keys() | directory.agencies.keys()
    problems += [
        RowProblem(rows[a.id], "import-parent-unknown", a.parent) for a in agencies if a.parent and a.parent not in ids
    ]
    return agencies, sorted(problems, key=lambda p: p.row)


class ImportAgencies:
    """An operator brings agencies in, or replaces those of the same id."""

    def __init__(self, open_work: OpenWork, books: Books, *, clock: Callable[[], dt.datetime]) -> None:
        self._open, self._books, self._clock = open_work, books, clock

    async def __call__(self, operator_id: int, content: bytes, *, dry_run: bool) -> ImportedAgencies:
        """RefusedError for others than operators and for an empty file."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            view = await self._books.view(work)
            agencies, problems = read_agencies(content, view.directory)
            if not agencies and not problems:
                raise RefusedError("import-empty")
            stored = not problems and not dry_run
            if stored:
                await work.agencies.put(agencies)
                await self._books.changed(work, self._clock())
        return ImportedAgencies(tuple(agencies), tuple(problems), stored)


def _agency(row: dict[str, str]) -> Agency:
    def several(name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in row.get(name, "").split("|") if part.strip())

    return Agency(row["id"], row["name"], several("aliases"), row.get("parent", ""), several("classes"))


def _wrong(agency: Agency, directory: Directory, rows: dict[str, int]) -> list[tuple[str, str]]:
    found = []
    if not ID.fullmatch(agency.id):
        found.append(("import-id", agency.id[:40]))
    if agency.id in rows:
        found.append(("import-twice", agency.id))
    if not plain_name(agency.name):
        found.append(("import-name", agency.name[:40]))
    if any(text[:1] in "=+-@\t" for text in (agency.name, *agency.aliases) if text):
        found.append(("import-formula", agency.name[:40]))
    found += [("import-class-unknown", c) for c in agency.classes if c not in directory.classes]
    return found
