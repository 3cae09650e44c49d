"""A whole bot over a SQLite file: an operator, two more people, the worker that writes to them, a clock that is moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.delivery import DeliveryWorker
from bot.progress import ProgressBoard
from bot.senders import ChatSender
from handlers import conversation_router
from storage.database import Database
from tests.support.answering import real_dependencies
from tests.support.chats import Chat, open_channel
from tests.support.databases import new_sqlite
from tests.support.rating import SurveyDesk
from tests.support.reminding import Clock, Reminding, tehran
from tests.support.turns import Turns

__all__ = ["Town", "open_town"]


@dataclass
class Town:
    """`operator` is one already; `sara` and `ali` are nobody yet."""

    reminding: Reminding
    rating: SurveyDesk
    operator: Chat
    sara: Chat
    ali: Chat
    worker: DeliveryWorker
    clock: Clock
    turns: Turns
    board: ProgressBoard

    async def delivered(self) -> None:
        """Everything that is due was sent and read."""
        await self.reminding.plan()
        await self.worker.deliver_due()
        await self.rating.surveys.tend()
        for chat in (self.operator, self.sara, self.ali):
            await chat.catch_up()


@asynccontextmanager
async def open_town(folder: Path, url: str = "") -> AsyncIterator[Town]:
    """It is 16 Aban 1405, a working day, nine in the morning; every update must have been handled in the end.

    `url` is an empty database, by default a SQLite file in `folder`.
    """
    clock = Clock(tehran(1405, 8, 16))
    database = Database(url or await new_sqlite(folder / "rahyar.db"))
    await database.open()
    reminding, desk = Reminding(database, clock, folder), await SurveyDesk(database, clock=clock).prepared()
    turns = Turns()
    board = ProgressBoard(sleep=turns)
    dependencies = real_dependencies(
        reminding.storage.questions, clock=clock, reminders=reminding, surveys=desk.surveys, progress_board=board
    )

    async with open_channel([conversation_router()], dependencies, storage=reminding.storage, clock=clock) as channel:
        worker = reminding.worker({"test": ChatSender(channel.bot)})
        operator = Chat(channel, person_id=1, first_name="کارشناس")
        token = await reminding.offer_first_operator()
        await operator.says(f"/start i_{token}")
        sara, ali = Chat(channel, person_id=2), Chat(channel, person_id=3)
        yield Town(reminding, desk, operator, sara, ali, worker, clock, turns, board)
        await board.close()
        assert (await reminding.storage.inbox.counts("test")).keys() <= {"handled", "forgotten"}
    await database.close()
