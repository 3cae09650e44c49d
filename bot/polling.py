"""Telegram by long polling: raw updates are masked, stored in the inbox, only then confirmed, and handed to the feeder.

aiogram's own loop confirms a batch while its handlers still run, and one update that its models refuse fails the
whole batch for ever.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.feeder import Feeder
from bot.personal_updates import masked_update
from bot.ports import Inbox

__all__ = ["ALLOWED_UPDATES", "GetRawUpdates", "Poller"]

log = logging.getLogger(__name__)

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
)
BATCH = 100
PAUSE_MIN_S, PAUSE_MAX_S = 1.0, 30.0
#: A wrong token or a second poller mends itself only by a person's hand: asked again, but not often.
CONFLICT_PAUSE_S, REFUSED_PAUSE_S = 5.0, 60.0
#: How much longer than the poll itself a request may take.
GRACE_S = 15


class GetRawUpdates(TelegramMethod[list[Any]]):
    """getUpdates whose updates stay as they came, readable or not."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = BATCH
    timeout: int
    allowed_updates: list[str]


class Poller:
    """Takes one bot's updates. `counts`: batches, taken, repeated (seen before), malformed (no id), faults."""

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        feeder: Feeder,
        *,
        clock: Callable[[], dt.datetime],
        sleep: Callable[[float], Awaitable[None]],
        chance: Callable[[], float],
        poll_timeout_s: int,
    ) -> None:
        """`chance` gives numbers from 0 to 1; a server may hold a request for `poll_timeout_s` seconds."""
        self._bot, self._inbox, self._feeder = bot, inbox, feeder
        self._clock, self._sleep, self._chance, self._poll_timeout_s = clock, sleep, chance, poll_timeout_s
        self._offset: int | None = None
        self._faults_in_a_row = 0
        self._said = ""
        self.counts = dict.fromkeys(("batches", "taken", "repeated", "malformed", "faults"), 0)

    async def run(self) -> None:
        """Feeds what the last run left, then polls until cancelled. Cancelling loses nothing: only stored updates are
        confirmed.
        """
        await self._until_done(self._replayed)
        while True:
            await self._feeder.room()
            if not await self._until_done(self._batch):
                await self._sleep(PAUSE_MIN_S)

    async def _until_done(self, step: Callable[[], Awaitable[bool]]) -> bool:
        """The step's result, however often it has to be tried."""
        while True:
            try:
                result = await step()
            except Exception as error:
                if isinstance(error, TelegramConflictError) and "webhook" in error.message:
                    await self._end_webhook()
                await self._sleep(self._pause(error))
            else:
                self._recovered()
                return result

    async def _replayed(self) -> bool:
        await self._feeder.replay()
        return True

    async def _batch(self) -> bool:
        """One request: confirms the batch before, stores this one. False when nothing of it could even be confirmed."""
        updates = await self._bot(
            GetRawUpdates(
                offset=self._offset, timeout=self._poll_timeout_s, allowed_updates=list(ALLOWED_UPDATES), limit=BATCH
            ),
            request_timeout=self._poll_timeout_s + GRACE_S,
        )
        known = [update for update in updates if _has_id(update)]
        if len(known) < len(updates):
            self.counts["malformed"] += len(updates) - len(known)
            log.warning("%d updates without an id stepped over", len(updates) - len(known))
        if not known:
            return not updates
        batch = [(update["update_id"], masked_update(update)) for update in known]
        new = await self._inbox.put(self._feeder.platform, batch, self._clock())
        self._offset = max(update_id for update_id, _ in batch) + 1
        self.counts["batches"] += 1
        self.counts["taken"] += len(new)
        self.counts["repeated"] += len(batch) - len(new)
        self._feeder.feed(new)
        return True

    async def _end_webhook(self) -> None:
        """Whoever starts polling wants it instead of the webhook that an earlier run left; what waits there stays."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramAPIError as error:
            log.warning("polling: the webhook stays: %s", type(error).__name__)

    def _pause(self, error: Exception) -> float:
        self.counts["faults"] += 1
        self._faults_in_a_row += 1
        self._say(error)
        if isinstance(error, TelegramRetryAfter):
            return float(error.retry_after) + self._chance()
        if isinstance(error, TelegramConflictError):
            return CONFLICT_PAUSE_S * (0.5 + self._chance())
        if isinstance(error, TelegramUnauthorizedError | TelegramNotFound):
            return REFUSED_PAUSE_S
        longest = min(PAUSE_MIN_S * 2 ** min(self._faults_in_a_row - 1, 10), PAUSE_MAX_S)
        return float(longest * (0.5 + 0.5 * self._chance()))

    def _say(self, error: Exception) -> None:
        """One line for each new kind of fault, not one for each repetition."""
        kind = type(error).__name__
        if kind != self._said:
            log.warning("polling: %s", _explained(error))
        self._said = kind

    def _recovered(self) -> None:
        if self._said:
            log.info("polling: works again after %d faults", self._faults_in_a_row)
        self._said, self._faults_in_a_row = "", 0


def _explained(error: Exception) -> str:
    if isinstance(error, TelegramConflictError):
        return f"another program polls with the same token or a webhook is set; trying again ({error.message})"
    if isinstance(error, TelegramUnauthorizedError | TelegramNotFound):
        return "the server does not know this token (RAHYAR_TELEGRAM__TOKEN); trying again every minute"
    if isinstance(error, TelegramRetryAfter):
        return f"asked to wait {error.retry_after} s"
    kind = type(error).__name__
    return f"{kind}: {error.message}" if isinstance(error, TelegramAPIError) else f"updates not taken over: {kind}"


def _has_id(update: object) -> bool:
    number = update.get("update_id") if isinstance(update, dict) else None
    return type(number) is int and 0 <= number < 2**63
