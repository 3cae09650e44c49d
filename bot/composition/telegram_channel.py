"""Telegram, as a running process speaks with it."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from typing import TYPE_CHECKING

from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramUnauthorizedError

from bot.composition.clock import now
from bot.feeder import Feeder
from bot.gate import Gate, GateLimits, SlidingGate, guard
from bot.introduction import introduce
from bot.links import Links
from bot.polling import Poller
from bot.senders import BotApiSender, bulk_bot, close_bulk_bot
from bot.sending import Sending
from bot.supervisor import Service
from bot.telegram import telegram_bot

if TYPE_CHECKING:
    from bot.composition.process import Process


def add_telegram(process: Process) -> None:
    """Long polling of Telegram; what is wrong with token or network is said, and the rest goes on."""

    telegram, repositories = process.settings.telegram, process.kept.repositories
    chance = random.SystemRandom().random
    bot = telegram_bot(
        telegram.token.get_secret_value(),
        api_base=telegram.api_base,
        proxy=telegram.proxy,
        sending=Sending(sleep=asyncio.sleep, stopwatch=time.monotonic, chance=chance),
    )
    process.closing.append(bot.session.close)
    _add_bulk(process, guarding(bot))

    async def poll() -> None:
        try:
            me = await bot.me()
        except TelegramUnauthorizedError:
            print(process.texts.plain("cli-telegram-token"), file=sys.stderr, flush=True)
            await asyncio.Event().wait()  # nothing to repeat until the setting is changed; the rest goes on
        except TelegramNetworkError:
            print(process.texts.plain("cli-telegram-away", base=telegram.api_base), file=sys.stderr, flush=True)
            raise
        feeder = Feeder(
            "telegram",
            bot,
            process.dispatcher("telegram", bot.id, Links(process.public_url, me.username or "")),
            repositories.inbox,
            clock=now,
            concurrency=telegram.concurrency,
        )
        process.feeders.append(feeder)
        poller = Poller(
            bot,
            repositories.inbox,
            feeder,
            clock=now,
            sleep=asyncio.sleep,
            chance=chance,
            poll_timeout_s=telegram.poll_timeout_s,
        )
        print(process.texts.plain("cli-running-telegram", username=me.username or "?"), flush=True)
        async with asyncio.TaskGroup() as together:
            together.create_task(introduce(bot, process.texts))
            await poller.run()

    process.services.append(Service("telegram", poll, takes=True))


def _add_bulk(process: Process, gate: Gate) -> None:
    """Reminders and broadcasts to Telegram go through python-telegram-bot, behind the conversation's own gate."""

    telegram = process.settings.telegram
    bulk = bulk_bot(
        telegram.token.get_secret_value(),
        api_base=telegram.api_base,
        proxy=telegram.proxy,
        connections=process.settings.reminders.concurrency,
    )
    process.senders["telegram"] = BotApiSender(bulk, gate)
    process.closing.append(lambda: close_bulk_bot(bulk))


def guarding(bot: Bot) -> Gate:
    """The gate that this bot's conversation passes from now on, and that its bulk must pass, too."""
    gate = SlidingGate(GateLimits(), stopwatch=time.monotonic, sleep=asyncio.sleep)
    guard(bot.session, gate)
    return gate
