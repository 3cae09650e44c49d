"""``python -m tests.support.slow_bot``: the channels as a process of their own with one slow handler, to be killed.

Everything but the handler is the product's: polling, inbox on SQLite, feeder, dispatcher, supervisor. Answers «echo:
text» after as many milliseconds as the text's last word says.
"""

import asyncio
import random
import sys
import time
from pathlib import Path

from aiogram import Router
from aiogram.types import Message

from bot.dispatcher import build_dispatcher
from bot.feeder import Feeder
from bot.fluent_texts import load_texts
from bot.polling import Poller
from bot.sending import Sending
from bot.state_storage import OneAtATime, StoredState
from bot.supervisor import Service, Supervisor
from bot.telegram import telegram_bot
from storage.database import Database
from storage.unit_of_work import Repositories
from tests.support.chats import now
from tests.support.memory import plain_asker_key

PLATFORM = "telegram"


def slow_router() -> Router:
    """Answers after the time that the text asks for."""
    router = Router()

    @router.message()
    async def echoes(message: Message) -> None:
        text = message.text or ""
        await asyncio.sleep(int(text.rsplit(maxsplit=1)[-1]) / 1000)
        await message.answer(f"echo: {text}")

    return router


async def main(token: str, api_base: str, directory: Path, drain_s: float) -> int:
    """Runs until a signal; the exit status is 0 when nothing was left pending."""
    database = Database(f"sqlite+aiosqlite:///{directory / 'rahyar.sqlite3'}")
    await database.open()
    kept = Repositories(database, asker_key=plain_asker_key)
    sending = Sending(sleep=asyncio.sleep, stopwatch=time.monotonic, chance=random.random)
    bot = telegram_bot(token, api_base=api_base, proxy="", sending=sending)
    dispatcher = build_dispatcher(
        [slow_router()],
        {},
        state=StoredState(kept.states, {bot.id: PLATFORM}),
        isolation=OneAtATime(),
        people=kept.people,
        texts=load_texts(),
        clock=now,
        flood=None,
    )
    feeder = Feeder(PLATFORM, bot, dispatcher, kept.inbox, clock=now, concurrency=32)
    poller = Poller(bot, kept.inbox, feeder, clock=now, sleep=asyncio.sleep, chance=random.random, poll_timeout_s=10)
    supervisor = Supervisor(
        [Service("telegram", poller.run, takes=True)], [feeder], drain_s=drain_s, sleep=asyncio.sleep
    )
    try:
        await supervisor.run()
    finally:
        await bot.session.close()
        await database.close()
    return 0 if supervisor.left_pending == 0 else 3


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]))))
