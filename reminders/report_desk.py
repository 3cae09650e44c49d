"""What an operator has before them to decide a report: the duty, the words, the kept evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from reminders.book_keeping import Books
from reminders.composing import DutyLine, duty_line
from reminders.duty import Evidence, Report
from reminders.office_hours import OfficeHours
from reminders.people import may_act_for, require_operator
from reminders.ports import EvidenceFiles, OpenWork
from reminders.refusals import RefusedError

__all__ = ["ReadEvidence", "ReportSeen", "ShowReport"]


@dataclass(frozen=True, slots=True)
class ReportSeen:
    """A report with the duty as it stands; `line` is None for a duty that the register has no more."""

    report: Report
    line: DutyLine | None


class ShowReport:
    """One report, for operators."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, operator_id: int, report_id: int) -> ReportSeen:
        """RefusedError for others than operators and an unknown report."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            report = await work.duties.get_report(report_id)
            view = await self._books.view(work)
        if report is None:
            raise RefusedError("remind-report-unknown")
        return ReportSeen(report, duty_line(report.key, view, self._hours.today(self._clock())))


class ReadEvidence:
    """The kept bytes of a report, for operators and for people of the agency that gave it."""

    def __init__(self, open_work: OpenWork, files: EvidenceFiles) -> None:
        self._open, self._files = open_work, files

    async def __call__(self, person_id: int, report_id: int) -> list[tuple[Evidence, bytes]]:
        """In the order given. RefusedError for everybody else, and for evidence that is not on this machine's disk."""
        async with self._open() as work:
            mine = await work.members.of_person(person_id)
            report = await work.duties.get_report(report_id)
        if report is None:
            raise RefusedError("remind-report-unknown")
        if not may_act_for(mine, report.key.agency_id):
            require_operator(mine)
        found = []
        for evidence in report.evidence:
            content = await self._files.read(evidence.sha256)
            if content is None:
                raise RefusedError("remind-evidence-gone")
            found.append((evidence, content))
        return found
