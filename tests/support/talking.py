"""The whole bot by long polling against the Bot API double, over the database of a `Reminding`."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.delivery import DeliveryWorker
from bot.dispatcher import build_dispatcher
from bot.feeder import Feeder
from bot.fluent_texts import load_texts
from bot.polling import Poller
from bot.sending import Sending
from bot.state_storage import OneAtATime, StoredState
from bot.telegram import telegram_bot
from handlers import conversation_router
from surveys.use_cases import Surveys
from tests.support.answering import real_dependencies
from tests.support.botapi import BotApiDouble, User
from tests.support.botapi.world import ChatMessage
from tests.support.reminding import Clock, Reminding, delivering

__all__ = ["Talk", "talking"]


@dataclass
class Talk:
    """People at the double, the bot that polls it, and the worker that writes to them unasked."""

    double: BotApiDouble
    feeder: Feeder
    worker: DeliveryWorker

    async def settled(self) -> None:
        """Everything that people did was answered."""
        await self.double.wait_for(lambda _: not self.double.queue.pending)
        await self.feeder.idle()

    async def says(self, person: User, text: str) -> ChatMessage:
        """Writes a text; the bot's last message afterwards."""
        await person.sends(text)
        return await self._answered(person)

    async def presses(self, person: User, label: str, on: ChatMessage | None = None) -> ChatMessage:
        """Presses a button; the bot's last message afterwards."""
        await person.presses(on, label)
        return await self._answered(person)

    async def sends_file(self, person: User, content: bytes, name: str, **more: Any) -> ChatMessage:
        await person.sends_document(content, name, **more)
        return await self._answered(person)

    async def _answered(self, person: User) -> ChatMessage:
        await self.settled()
        last = self.double.transcript.last(person)
        assert last is not None, "the bot has not written anything"
        return last


@asynccontextmanager
async def talking(reminding: Reminding, clock: Clock, surveys: Surveys | None = None) -> AsyncIterator[Talk]:
    """Ends with nothing in flight; AssertionError for what the Bot API would have refused."""
    ticks = itertools.count()
    async with BotApiDouble() as double, delivering(reminding, double) as worker:
        sending = Sending(sleep=asyncio.sleep, stopwatch=lambda: next(ticks) / 100, chance=lambda: 0.5)
        bot = telegram_bot(double.token, api_base=double.url, proxy="", sending=sending)
        dispatcher = build_dispatcher(
            [conversation_router()],
            dict(real_dependencies(reminding.storage.questions, clock=clock, reminders=reminding, surveys=surveys)),
            state=StoredState(reminding.storage.states, {bot.id: "telegram"}),
            isolation=OneAtATime(),
            people=reminding.storage.people,
            texts=load_texts(),
            clock=clock,
            flood=None,
        )
        inbox = reminding.storage.inbox
        feeder = Feeder("telegram", bot, dispatcher, inbox, clock=clock, concurrency=8)
        poller = Poller(bot, inbox, feeder, clock=clock, sleep=asyncio.sleep, chance=lambda: 0.5, poll_timeout_s=5)
        task = asyncio.create_task(poller.run())
        try:
            yield Talk(double, feeder, worker)
            await feeder.idle()
            assert (await inbox.counts("telegram")).keys() <= {"handled"}
            assert double.violations == []
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await feeder.drain(5)
            await bot.session.close()
