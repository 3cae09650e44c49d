"""Several repositories in one transaction, for use cases that change more than one thing.

Repositories made with the `Database` itself commit each call; those of a unit of work share its transaction.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.chat_log import SqlChatLog
from storage.conversation_states import SqlStateStore
from storage.database import Database, Transactions
from storage.inbox import SqlInbox
from storage.people import SqlPeople
from storage.questions import SqlQuestionLog
from storage.reminder_work import ReminderWork
from storage.survey_first_answers import SqlFirstAnswers
from storage.survey_work import SurveyWork

__all__ = ["Joined", "Repositories", "reminder_work", "survey_work", "unit_of_work"]


class Repositories:
    """Every repository over the same source of transactions."""

    def __init__(self, transactions: Transactions, *, asker_key: Callable[[str, int], str]) -> None:
        self.people: Final = SqlPeople(transactions, asker_key=asker_key)
        self.states: Final = SqlStateStore(transactions)
        self.inbox: Final = SqlInbox(transactions)
        self.chat_log: Final = SqlChatLog(transactions)
        self.questions: Final = SqlQuestionLog(transactions)
        self.reminders: Final = ReminderWork(transactions)
        self.surveys: Final = SurveyWork(transactions)
        self.first_answers: Final = SqlFirstAnswers(transactions)


class Joined:
    """Gives everybody the one transaction that is already open."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        yield self._connection

    read = once = write

    def closing(self, connection: AsyncConnection) -> AbstractContextManager[None]:
        """Others' statements are to follow."""
        return nullcontext()


@asynccontextmanager
async def unit_of_work(database: Database, *, asker_key: Callable[[str, int], str]) -> AsyncIterator[Repositories]:
    """Commits when the block ends, changes nothing when it raises. Nothing is sent and nobody waited for inside it."""
    async with database.write() as connection:
        yield Repositories(Joined(connection), asker_key=asker_key)


@asynccontextmanager
async def reminder_work(database: Database) -> AsyncIterator[ReminderWork]:
    """The same for use cases of the reminders, which ask for nothing else (`reminders.ports.OpenWork`)."""
    async with database.write() as connection:
        yield ReminderWork(Joined(connection))


@asynccontextmanager
async def survey_work(database: Database) -> AsyncIterator[SurveyWork]:
    """The same for use cases of the surveys (`surveys.ports.OpenSurveyWork`)."""
    async with database.write() as connection:
        yield SurveyWork(Joined(connection))
