"""Everything that the reminders keep, over one source of transactions: the port `reminders.ports.Work`."""

from __future__ import annotations

from typing import Final

from storage.agencies import SqlAgencies, SqlMembers
from storage.database import Transactions
from storage.duties import SqlDuties, SqlEvents, SqlReminderSettings
from storage.reminder_ledger import SqlLedger

__all__ = ["ReminderWork"]


class ReminderWork:
    """One transaction a call over the database itself, or all in the one of a unit of work."""

    def __init__(self, transactions: Transactions) -> None:
        self.agencies: Final = SqlAgencies(transactions)
        self.members: Final = SqlMembers(transactions)
        self.events: Final = SqlEvents(transactions)
        self.duties: Final = SqlDuties(transactions)
        self.ledger: Final = SqlLedger(transactions)
        self.settings: Final = SqlReminderSettings(transactions)
