"""Catalogue files of services: what each row means, whose agency it names, and every problem by row. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.written_tables import Problem, TableError, cell_problems, places_of, read_table
from surveys.ports import AgencyDirectory
from surveys.services import Service, plain_id, plain_title

__all__ = ["COLUMNS", "CatalogueFile", "read_catalogue"]

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
TITLE_MAX: Final = 300
NEAR_MAX: Final = 3
_YES: Final = frozenset({"", "1", "true", "yes", "بله", "بلی", "فعال", "آری"})
_NO: Final = frozenset({"0", "false", "no", "خیر", "نه", "غیرفعال", "غیر فعال", "غیر\u200cفعال"})
_Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """What a file holds. With problems nothing of it is imported."""

    services: tuple[Service, ...]
    problems: tuple[Problem, ...]


def read_catalogue(content: bytes, agencies: AgencyDirectory) -> CatalogueFile:
    """Reads a workbook, or CSV (comma, semicolon or tab), whatever the name. Lists every problem.

    `agencies` say which one a name means, so that its people see what becomes of its services.
    """
    try:
        table = read_table(content)
        if not table:
            raise TableError(Problem(0, "catalogue-empty"))
        places = places_of(*table[0], COLUMNS, REQUIRED, plain_title)
    except TableError as error:
        return CatalogueFile((), error.problems)
    return _read_rows(table[1:], places, len(table[0][1]), _Agencies(agencies))


def _read_rows(
    table: Sequence[tuple[int, Sequence[str]]], places: dict[str, int], width: int, agencies: _Agencies
) -> CatalogueFile:
    services: list[Service] = []
    problems: list[Problem] = []
    first_row: dict[str, int] = {}
    for number, cells in table:
        row = {key: cells[at] if at < len(cells) else "" for key, at in places.items()}
        id, service = plain_id(row["id"]), None
        wrong = [*cell_problems(number, cells, width), *_problems(number, row)]
        if id and first_row.setdefault(id, number) != number:
            wrong.append(Problem(number, "catalogue-id-twice", id, (str(first_row[id]),)))
        if row["agency"]:
            service, mistaken = agencies.give(number, _service(id, row))
            wrong += mistaken
        problems += wrong
        if service is not None and not wrong:
            services.append(service)
    if not services and not problems:
        problems.append(Problem(0, "catalogue-empty"))
    return CatalogueFile(tuple(services), tuple(sorted(problems, key=lambda p: p.row)))


def _problems(number: int, row: _Row) -> Iterator[Problem]:
    for key in REQUIRED:
        if not row[key]:
            yield Problem(number, "catalogue-cell-empty", COLUMNS[key])
    if row["id"] and not plain_id(row["id"]):
        yield Problem(number, "catalogue-bad-id", row["id"][:60])
    if (parent := row.get("parent", "")) and not plain_id(parent):
        yield Problem(number, "catalogue-bad-id", parent[:60])
    if parent and plain_id(parent) == plain_id(row["id"]):
        yield Problem(number, "catalogue-own-parent", row["id"])
    if len(row["title"]) > TITLE_MAX or len(row["agency"]) > TITLE_MAX:
        yield Problem(number, "catalogue-too-long", str(TITLE_MAX))
    if row.get("active", "").lower() not in _YES | _NO:
        yield Problem(number, "catalogue-bad-active", row["active"][:60])


class _Agencies:
    """Which agency of the directory a row names; a name is looked up once."""

    def __init__(self, directory: AgencyDirectory) -> None:
        self._directory = directory
        self._near: dict[str, tuple[str, ...]] = {}

    def give(self, number: int, service: Service) -> tuple[Service, list[Problem]]:
        """The service with its agency's id, or what is wrong with the name or the id."""
        named = self._directory.named(service.agency)
        if service.agency_id:
            wanted = self._directory.get(service.agency_id)
            if wanted is None:
                return service, [Problem(number, "catalogue-agency-id", service.agency_id[:60])]
            if named and wanted.id not in {agency.id for agency in named}:
                return service, [Problem(number, "catalogue-agency-differs", service.agency_id, (wanted.name,))]
            return service, []
        if len(named) == 1:
            return replace(service, agency_id=named[0].id), []
        if named:
            both = tuple(f"{agency.name} ({agency.id})" for agency in named)
            return service, [Problem(number, "catalogue-agency-several", service.agency[:60], both)]
        near = self._nearest(service.agency)
        key = "catalogue-agency-near" if near else "catalogue-agency-unknown"
        return service, [Problem(number, key, service.agency[:60], near)]

    def _nearest(self, name: str) -> tuple[str, ...]:
        if name not in self._near:
            self._near[name] = tuple(found.agency.name for found in self._directory.find(name, NEAR_MAX))
        return self._near[name]


def _service(id: str, row: _Row) -> Service:
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
