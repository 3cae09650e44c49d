"""Filters that compare a value, without a thread for each.

aiogram hands every synchronous filter to a worker thread, `F.data` and states too: 36 hops for a question, a tenth of
its time. Ours only look at what is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject

__all__ = ["run_inline"]


def run_inline(router: Router) -> None:
    """Lets the synchronous filters of this router and of all included so far run in the event loop."""
    for each in router.chain_tail:
        for observer in each.observers.values():
            for handler in (observer._handler, *observer.handlers):
                for one in handler.filters or ():
                    _run_inline(one)


def _run_inline(one: FilterObject) -> None:
    if not one.awaitable:
        one.callback, one.awaitable = _in_loop(one.callback), True


def _in_loop(check: Callable[..., Any]) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def checked(*event: Any, **given: Any) -> Any:
        return check(*event, **given)

    return checked
