"""What happens to the bot's method calls on their way out: repeats after a passing fault, callbacks answered exactly
once.

Request middlewares of an aiogram session; aiogram itself never repeats a 429, a 5xx or a reset. For replies of the
conversation, where somebody waits; reminders go through the delivery worker.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import RequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    SendChatAction,
    TelegramMethod,
)

from bot.polling import GetRawUpdates

__all__ = ["Sending", "Tolerance", "answered_queries"]

log = logging.getLogger(__name__)

#: A reply later than this after its first attempt helps nobody.
PATIENCE_S = 20.0
FIRST_PAUSE_S = 0.3
ATTEMPTS_MAX = 6

_EDITS = (EditMessageText, EditMessageCaption, EditMessageReplyMarkup)
#: Ids of callback queries that were answered while this update is handled.
answered_queries: ContextVar[set[str] | None] = ContextVar("answered_queries", default=None)

Next = Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]]
Middleware = Callable[[Next, Bot, TelegramMethod[Any]], Awaitable[Any]]


class Tolerance:
    """What every session needs. `counts`: late (answers to old presses), not_modified (edits that change nothing)."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {"late": 0, "not_modified": 0}

    def equip(self, session: BaseSession) -> None:
        """Every call through this session is served from now on."""
        for middleware in self._middlewares():
            # aiogram types what a request middleware returns as Response; what it passes on is the result itself.
            session.middleware(cast(RequestMiddlewareType, middleware))

    def _middlewares(self) -> tuple[Middleware, ...]:
        return self.once, self.tolerant

    async def once(self, call: Next, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """A callback query is answered by the first answer; later ones do nothing."""
        if not isinstance(method, AnswerCallbackQuery):
            return await call(bot, method)
        answered = answered_queries.get()
        if answered is None:
            return await call(bot, method)
        if method.callback_query_id in answered:
            return True
        answered.add(method.callback_query_id)
        return await call(bot, method)

    async def tolerant(self, call: Next, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """What came too late or changes nothing is no error: the answer to an old press, an edit to what stands
        there.
        """
        try:
            return await call(bot, method)
        except TelegramBadRequest as error:
            if isinstance(method, AnswerCallbackQuery | AnswerInlineQuery) and "query is too old" in error.message:
                self.counts["late"] += 1
                return True
            if isinstance(method, _EDITS) and "message is not modified" in error.message:
                self.counts["not_modified"] += 1
                return True
            raise


class Sending(Tolerance):
    """Repeats too. `counts` has also: repeated, given_up, maybe_twice (the connection was lost after sending)."""

    def __init__(
        self,
        *,
        sleep: Callable[[float], Awaitable[None]],
        stopwatch: Callable[[], float],
        chance: Callable[[], float],
        patience_s: float = PATIENCE_S,
    ) -> None:
        """`chance` gives numbers from 0 to 1, `stopwatch` seconds that never run back."""
        super().__init__()
        self._sleep, self._stopwatch, self._chance, self._patience_s = sleep, stopwatch, chance, patience_s
        self.counts |= dict.fromkeys(("repeated", "given_up", "maybe_twice"), 0)

    def _middlewares(self) -> tuple[Middleware, ...]:
        return *super()._middlewares(), self.repeating

    async def repeating(self, call: Next, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """Repeats after 429, 5xx and lost connections, for `patience_s` seconds at most; then the last error is raised.

        A typing sign is not worth repeating, and polling has its own pace.
        """
        if isinstance(method, SendChatAction | GetRawUpdates):
            return await call(bot, method)
        until = self._stopwatch() + self._patience_s
        for attempt in range(1, ATTEMPTS_MAX + 1):
            try:
                return await call(bot, method)
            except (TelegramRetryAfter, TelegramServerError, TelegramNetworkError, ClientDecodeError) as error:
                pause = self._pause(error, attempt)
                if attempt == ATTEMPTS_MAX or self._stopwatch() + pause > until:
                    self.counts["given_up"] += 1
                    raise
                self._note(error, method)
                await self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, error: Exception, attempt: int) -> float:
        if isinstance(error, TelegramRetryAfter):
            return float(error.retry_after) + 0.5 * self._chance()
        return float(FIRST_PAUSE_S * 2 ** (attempt - 1) * (0.5 + self._chance()))

    def _note(self, error: Exception, method: TelegramMethod[Any]) -> None:
        self.counts["repeated"] += 1
        kind = type(method).__api_method__
        if _may_have_arrived(error) and kind.startswith("send"):
            self.counts["maybe_twice"] += 1
            log.warning("%s repeated after a lost answer, may arrive twice", kind)
        else:
            log.info("%s repeated after %s", kind, type(error).__name__)


def _may_have_arrived(error: Exception) -> bool:
    """True when the request left this machine and no answer came back; False when Telegram refused or was not
    reached.
    """
    if isinstance(error, TelegramRetryAfter | RestartingTelegram):
        return False
    if isinstance(error, TelegramNetworkError):
        return "ClientConnectorError" not in error.message and "Cannot connect" not in error.message
    return isinstance(error, TelegramServerError | ClientDecodeError)
