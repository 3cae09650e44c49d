"""Results of a service or of all: shares with intervals, distribution, drivers, trend; small cells hidden."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Final

from surveys.answering import known_service
from surveys.periods import month_of, months_before
from surveys.ports import OpenSurveyWork
from surveys.questionnaire import Questionnaires
from surveys.refusals import RefusedError
from surveys.report import Report
from surveys.report_of_all import report_of_all
from surveys.report_of_one import report_of_one
from surveys.services import Service
from surveys.staff_rights import StaffRights

__all__ = ["MONTHS", "MakeReport"]

MONTHS: Final = 12


class MakeReport:
    """The report of one service, or of all with their services and agencies beside each other."""

    def __init__(
        self,
        work: OpenSurveyWork,
        questionnaires: Questionnaires,
        *,
        clock: Callable[[], dt.datetime],
        timezone: dt.tzinfo,
    ) -> None:
        self._work, self._questionnaires, self._clock, self._timezone = work, questionnaires, clock, timezone

    async def __call__(self, service_id: str | None = None, *, months: int = MONTHS, by: int | None = None) -> Report:
        """The `months` Jalali months that end today, at most 120; RefusedError for an unknown service.

        `by` is the member of staff who asks: operators see everything, representatives one of their agency's services.
        None is the command line.
        """
        today = self._clock().astimezone(self._timezone).date()
        wanted = months_before(month_of(today), min(max(months, 1), 120))
        questionnaire = self._questionnaires.current()
        async with self._work() as work:
            service = None if service_id is None else await known_service(work, service_id)
            if by is not None:
                _must_see(await work.staff.rights(by), service)
            if service is not None:
                rows = await work.tallies.rows([service.id], wanted)
                channels = await work.tallies.by_channel([service.id], wanted)
                return report_of_one(questionnaire, service, wanted, rows, channels)
            first = questionnaire.first.id
            sums = await work.tallies.by_service(wanted)
            by_month = await work.tallies.by_service(wanted, question=first, part="month")
            by_channel = await work.tallies.by_service(wanted, question=first, part="channel")
            catalogue = await work.services.all()
        # Tenths of a second for a thousand services: never on the loop that answers others.
        return await asyncio.to_thread(report_of_all, questionnaire, catalogue, wanted, sums, by_month, by_channel)


def _must_see(rights: StaffRights, service: Service | None) -> None:
    rights.must_be_staff()
    if service is None:
        rights.must_be_operator()
    elif not rights.may_report(service):
        raise RefusedError("staff-other-agency")
