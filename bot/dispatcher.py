"""The one dispatcher of every channel, with what every update passes. Dependencies reach handlers by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage

from bot.flood_limit import FloodLimit
from bot.fluent_texts import Texts
from bot.inline_filters import run_inline
from bot.middlewares import CallbacksAnswered, Flood, KnownPerson, LastResort, TimeLimit
from bot.ports import People

__all__ = ["build_dispatcher"]

#: Longer than any answer takes, shorter than anybody waits.
HANDLER_LIMIT_S = 30.0


def build_dispatcher(
    routers: Sequence[Router],
    dependencies: Mapping[str, Any],
    *,
    state: BaseStorage,
    isolation: BaseEventIsolation,
    people: People,
    texts: Texts,
    clock: Callable[[], dt.datetime],
    flood: FloodLimit | None,
    handler_limit_s: float = HANDLER_LIMIT_S,
) -> Dispatcher:
    """A dispatcher for any number of bots; `bot.feeder.Feeder` adds `platform` to each update.

    Handlers get `dependencies`, `people`, `texts`, `clock`, and of the update `person` and `platform`. No `flood`, no
    limit.
    """
    given = {"people": people, "texts": texts, "clock": clock, **dependencies}
    dispatcher = Dispatcher(storage=state, events_isolation=isolation, **given)
    dispatcher.error.register(LastResort(people, clock, texts).caught)
    dispatcher.update.outer_middleware(CallbacksAnswered(texts))
    dispatcher.update.outer_middleware(TimeLimit(handler_limit_s))
    if flood is not None:
        dispatcher.update.outer_middleware(Flood(flood, texts))
    dispatcher.update.outer_middleware(KnownPerson(people, clock))
    for router in routers:
        dispatcher.include_router(router)
    run_inline(dispatcher)
    return dispatcher
