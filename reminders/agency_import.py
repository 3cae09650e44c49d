"""Agencies from a file, CSV or a workbook: every problem is listed by row, nothing is stored while there is one.

Columns by their English or Persian name, in any order: id, name; optional aliases and classes (divided by «|»), parent.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.numerals import persian_digits
from knowledge.written_tables import Problem, TableError, cell_problems, places_of, read_table
from reminders.book_keeping import Books
from reminders.directory import Agency, Directory, plain_name
from reminders.people import require_operator
from reminders.ports import OpenWork
from reminders.refusals import RefusedError

__all__ = ["FILE_BYTES_MAX", "ImportAgencies", "ImportedAgencies", "check_file_size"]

#: A button carries an agency's id in callback data of 64 bytes.
ID_MAX: Final = 44
ID: Final = re.compile(rf"[a-z0-9][a-z0-9-]{{1,{ID_MAX - 1}}}")
NAME_MAX: Final = 300
ROWS_MAX: Final = 20_000
FILE_BYTES_MAX: Final = 5_000_000
#: Columns and their Persian names; the first two are required.
COLUMNS: Final = {
    "id": "شناسه دستگاه",
    "name": "نام دستگاه",
    "aliases": "نام‌های دیگر",
    "classes": "گروه‌ها",
    "parent": "دستگاه بالادست",
}
REQUIRED: Final = ("id", "name")
_Table = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class ImportedAgencies:
    """`problems` by row; with any, or on a dry run, nothing was stored. `added` and `changed` say what would be."""

    problems: tuple[Problem, ...]
    added: int
    changed: int
    unchanged: int
    stored: bool


def check_file_size(size: int) -> None:
    """RefusedError above 5 MB; asked before anything is downloaded."""
    if size > FILE_BYTES_MAX:
        raise RefusedError("import-too-large", max=FILE_BYTES_MAX // 1_000_000)


def _read(table: _Table, directory: Directory) -> tuple[list[Agency], list[Problem]]:
    """Agencies of a file's rows, and everything that is wrong with them, by row."""
    if not table[1:]:
        return [], [Problem(0, "import-empty")]
    heading, rows = table[0], table[1:]
    try:
        places = places_of(*heading, COLUMNS, REQUIRED, plain_name)
    except TableError as error:
        return [], list(error.problems)
    problems = [wrong for number, cells in rows for wrong in cell_problems(number, cells, len(heading[1]))]
    agencies = [(number, _agency(cells, places)) for number, cells in rows]
    problems += [Problem(number, *wrong) for number, agency in agencies for wrong in _wrong(agency, directory)]
    problems += [*_twice(agencies), *_taken_names(agencies, directory), *_strange_parents(agencies, directory)]
    return [agency for _, agency in agencies], sorted(problems, key=lambda p: p.row)


class ImportAgencies:
    """Brings agencies in, or replaces those of the same id; whoever runs next with this database knows them."""

    def __init__(self, open_work: OpenWork, books: Books, *, clock: Callable[[], dt.datetime]) -> None:
        self._open, self._books, self._clock = open_work, books, clock

    async def __call__(self, by: int | None, content: bytes, *, dry_run: bool) -> ImportedAgencies:
        """`by` None: at the machine itself. RefusedError for a person who is no operator and for a file above 5 MB."""
        check_file_size(len(content))
        if by is not None:
            async with self._open() as work:
                require_operator(await work.members.of_person(by))
        try:  # a workbook takes its time, and nobody else should wait for it
            table = await asyncio.to_thread(read_table, content, rows_max=ROWS_MAX)
        except TableError as error:
            return ImportedAgencies(error.problems, 0, 0, 0, False)
        async with self._open() as work:
            view = await self._books.view(work)
            agencies, problems = _read(table, view.directory)
            known = {agency.id: agency for agency in await work.agencies.imported()}
            new = [a for a in agencies if known.get(a.id) != a]
            added = sum(a.id not in view.directory.agencies for a in new)
            stored = not problems and not dry_run
            if stored and new:
                await work.agencies.put(new)
                await self._books.changed(work, self._clock())
        return ImportedAgencies(tuple(problems), added, len(new) - added, len(agencies) - len(new), stored)


def _agency(cells: Sequence[str], places: dict[str, int]) -> Agency:
    def cell(name: str) -> str:
        at = places.get(name, len(cells))
        return cells[at].strip() if at < len(cells) else ""

    def several(name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in cell(name).split("|") if part.strip())

    return Agency(cell("id"), cell("name"), several("aliases"), cell("parent"), several("classes"))


def _wrong(agency: Agency, directory: Directory) -> Iterator[tuple[str, str]]:
    if not ID.fullmatch(agency.id):
        yield "import-id", agency.id[:60]
    if agency.id in directory.classes:
        yield "import-id-of-class", agency.id
    if not plain_name(agency.name):
        yield "import-name", agency.name[:60]
    if any(len(text) > NAME_MAX for text in (agency.name, *agency.aliases)):
        yield "import-name-long", persian_digits(str(NAME_MAX))
    for class_id in agency.classes:
        if class_id not in directory.classes:
            yield "import-class-unknown", class_id[:60]


def _twice(agencies: Sequence[tuple[int, Agency]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, agency in agencies:
        if agency.id and first.setdefault(agency.id, number) != number:
            yield Problem(number, "import-twice", agency.id[:60])


def _taken_names(agencies: Sequence[tuple[int, Agency]], directory: Directory) -> Iterator[Problem]:
    """A name leads to one agency: what another one is called already would take its people away."""
    replaced = {agency.id for _, agency in agencies}
    owners = {
        plain_name(name): known.id
        for known in directory.agencies.values()
        if known.id not in replaced
        for name in (known.name, *known.aliases)
    }
    for number, agency in agencies:
        for name in (agency.name, *agency.aliases):
            plain = plain_name(name)
            if plain and owners.setdefault(plain, agency.id) != agency.id:
                yield Problem(number, "import-name-taken", f"{name[:60]} ({owners[plain]})")


def _strange_parents(agencies: Sequence[tuple[int, Agency]], directory: Directory) -> Iterator[Problem]:
    ids = {agency.id for _, agency in agencies} | directory.agencies.keys()
    for number, agency in agencies:
        if agency.parent and agency.parent == agency.id:
            yield Problem(number, "import-own-parent", agency.id[:60])
        elif agency.parent and agency.parent not in ids:
            yield Problem(number, "import-parent-unknown", agency.parent[:60])
