"""Everything that the surveys keep, in one transaction: the port `surveys.ports.SurveyWork`."""

from __future__ import annotations

from typing import Final

from storage.database import Transactions
from storage.survey_cases import SqlCases
from storage.survey_outbox import SqlEvents
from storage.survey_responses import SqlResponses
from storage.survey_services import SqlServices
from storage.survey_staff import SqlNotices, SqlStaff
from storage.survey_tallies import SqlTallies

__all__ = ["SurveyWork"]


class SurveyWork:
    """Every repository over the same source of transactions."""

    def __init__(self, transactions: Transactions) -> None:
        self.services: Final = SqlServices(transactions)
        self.responses: Final = SqlResponses(transactions)
        self.tallies: Final = SqlTallies(transactions)
        self.events: Final = SqlEvents(transactions)
        self.cases: Final = SqlCases(transactions)
        self.staff: Final = SqlStaff(transactions)
        self.notices: Final = SqlNotices(transactions)
