"""Use cases around the catalogue: bring services in, find one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.written_tables import Problem
from surveys.answering import rated_service
from surveys.catalogue_files import read_catalogue
from surveys.ports import OpenDirectory, OpenSurveyWork
from surveys.services import FoundService, Service, ServiceFinder

__all__ = ["EXAMPLES", "FindActive", "FindService", "ImportServices", "Imported", "ListServices"]

#: Services that the first 1402 resolution names, under ids that nobody takes for official.
EXAMPLES: Final = Path(__file__).parent / "catalogue" / "example.csv"


@dataclass(frozen=True, slots=True)
class Imported:
    """`problems` by row; with any, or on a dry run, nothing was stored. `added` and `changed` say what would be."""

    problems: tuple[Problem, ...]
    added: int
    changed: int
    unchanged: int
    stored: bool


class ImportServices:
    """Reads a catalogue file and stores its services, each with its agency of the directory, all or none."""

    def __init__(self, work: OpenSurveyWork, directory: OpenDirectory) -> None:
        self._work, self._directory = work, directory

    async def __call__(self, content: bytes, *, dry_run: bool) -> Imported:
        found = read_catalogue(content, await self._directory())
        async with self._work() as work:
            known = {service.id: service for service in await work.services.all()}
            added = [s for s in found.services if s.id not in known]
            changed = [s for s in found.services if s.id in known and known[s.id] != s]
            store = not dry_run and not found.problems
            if store:
                await work.services.put([*added, *changed])
        same = len(found.services) - len(added) - len(changed)
        return Imported(found.problems, len(added), len(changed), same, store)


class FindService:
    """Finds active services by id or name; reads the catalogue anew when it has changed."""

    def __init__(self, work: OpenSurveyWork) -> None:
        self._work = work
        self._services: list[Service] = []
        self._finder = ServiceFinder(())

    async def __call__(self, words: str, limit: int = 8) -> list[FoundService]:
        async with self._work() as work:
            services = [service for service in await work.services.all() if service.active]
        if services != self._services:
            self._services, self._finder = services, ServiceFinder(services)
        return self._finder.find(words, limit)


class FindActive:
    """The active service of an id as people write it."""

    def __init__(self, work: OpenSurveyWork) -> None:
        self._work = work

    async def __call__(self, service_id: str) -> Service:
        """RefusedError for an unknown or inactive one."""
        async with self._work() as work:
            return await rated_service(work, service_id)


class ListServices:
    """The catalogue, inactive services too, by id."""

    def __init__(self, work: OpenSurveyWork) -> None:
        self._work = work

    async def __call__(self) -> list[Service]:
        async with self._work() as work:
            return await work.services.all()
