"""The services whose results somebody may see, each with how many answered, and finding one of them by id or name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.persian_order import persian_order
from surveys.periods import month_of, months_before
from surveys.ports import OpenSurveyWork, SurveyWork
from surveys.questionnaire import Questionnaires
from surveys.report_figures import content_and_others, summed
from surveys.reports import MONTHS
from surveys.services import FoundService, Service, ServiceFinder
from surveys.suppression import SMALLEST_SHOWN

__all__ = ["FindReported", "ListReported", "ReportedService"]


@dataclass(frozen=True, slots=True)
class ReportedService:
    """`n` as the service's report shows it; None for fewer than ten answers."""

    service: Service
    n: int | None


class ListReported:
    """By agency, those with the most answers first; inactive services too."""

    def __init__(
        self,
        work: OpenSurveyWork,
        questionnaires: Questionnaires,
        *,
        clock: Callable[[], dt.datetime],
        timezone: dt.tzinfo,
    ) -> None:
        self._work, self._questionnaires, self._clock, self._timezone = work, questionnaires, clock, timezone

    async def __call__(self, *, by: int) -> list[ReportedService]:
        """Of the `MONTHS` that a report is about. RefusedError for people who act for no agency."""
        first = self._questionnaires.current().first.id
        months = months_before(month_of(self._clock().astimezone(self._timezone).date()), MONTHS)
        async with self._work() as work:
            services = await _seen(work, by)
            counts = summed(await work.tallies.by_service(months, question=first), lambda row: row.service_id)
        n = {service.id: sum(content_and_others(counts.get(service.id, {}), first)) for service in services}
        listed = [ReportedService(s, n[s.id] if n[s.id] >= SMALLEST_SHOWN else None) for s in services]
        return sorted(listed, key=_place)


class FindReported:
    """Services by id, or by a name with typos, the best first; an id is found even where its results are others'."""

    def __init__(self, work: OpenSurveyWork) -> None:
        self._work = work

    async def __call__(self, words: str, *, by: int) -> list[FoundService]:
        """RefusedError for people who act for no agency."""
        async with self._work() as work:
            seen, everything = await _seen(work, by), await work.services.all()
        return ServiceFinder(everything).of_id(words) or ServiceFinder(seen).find(words)


def _place(one: ReportedService) -> tuple[object, ...]:
    service = one.service
    return persian_order(service.agency), service.agency, -(one.n or 0), persian_order(service.title), service.id


async def _seen(work: SurveyWork, by: int) -> list[Service]:
    rights = await work.staff.rights(by)
    rights.must_be_staff()
    return [service for service in await work.services.all() if rights.may_report(service)]
