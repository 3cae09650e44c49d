"""Opens what an export reads: columns, services, and the responses as they stream from storage."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from surveys.export import Column, Exported, ExportFormat, columns_of
from surveys.ports import SurveyWork
from surveys.questionnaire import Questionnaires
from surveys.refusals import RefusedError
from surveys.responses import Response
from surveys.services import Service, plain_id
from surveys.staff_rights import StaffRights

__all__ = ["ExportSource", "MakeExport", "OpenExport"]


@dataclass(frozen=True, slots=True)
class ExportSource:
    """`batches` are read as they are asked for; memory does not grow with their number."""

    columns: tuple[Column, ...]
    services: Mapping[str, Service]
    batches: AsyncIterator[list[Response]]


class MakeExport(Protocol):
    """Writes what an export reads into files."""

    async def __call__(
        self, format: ExportFormat, source: ExportSource, on_progress: Callable[[int], None]
    ) -> Exported:
        """TooManyRowsError for more than the format holds; `on_progress` hears how many rows are written."""
        ...


class OpenExport:
    """All responses, of one service, or (`by`) what a member of staff may see."""

    def __init__(self, reading: SurveyWork, questionnaires: Questionnaires) -> None:
        """Each call of `reading` is a transaction of its own."""
        self._reading, self._questionnaires = reading, questionnaires

    async def __call__(self, service_id: str | None = None, *, by: int | None = None) -> ExportSource:
        """RefusedError for an unknown service and for who may not see it; `by` None is the command line."""
        services = {service.id: service for service in await self._reading.services.all()}
        wanted: Collection[str] | None = None
        if service_id is not None:
            id = plain_id(service_id)
            if id not in services:
                raise RefusedError("service-unknown", id=service_id[:40])
            wanted = [id]
        if by is not None:
            wanted = _seen(await self._reading.staff.rights(by), services, wanted)
        batches = self._reading.responses.stream(wanted, None)
        return ExportSource(columns_of(self._questionnaires.current()), services, batches)


def _seen(
    rights: StaffRights, services: Mapping[str, Service], wanted: Collection[str] | None
) -> Collection[str] | None:
    rights.must_be_staff()
    if rights.operator:
        return wanted
    mine = [id for id in (services if wanted is None else wanted) if rights.may_report(services[id])]
    if wanted is not None and not mine:
        raise RefusedError("staff-other-agency")
    return mine
