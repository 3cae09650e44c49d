"""Inline mode: a provision into any chat. What is typed on the way is answered and not kept."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.types import InlineQuery, InlineQueryResultsButton

from bot.preferences import Preferences
from bot.rendering import cleaned
from bot.screens.frame import Desk
from bot.screens.sharing import inline_result
from knowledge.answers import Answer
from knowledge.asking import Answerer
from knowledge.provisions import CONTAINERS, Address

__all__ = ["router"]

RESULTS_MAX = 10
#: Seconds for which the same query gives the same results to everybody; the day's date is part of them.
CACHE_S = 300


def router() -> Router:
    router = Router(name="sharing")
    router.inline_query.register(offer)
    return router


async def offer(query: InlineQuery, desk: Desk, answerer: Answerer) -> None:
    typed = cleaned(query.query)
    # Telegram gives the same results to everybody: whoever typed first must not lend the others their way of reading.
    desk = replace(desk, preferences=Preferences())
    found = _shareable(desk, answerer.answer(typed, today=desk.today)) if typed else []
    # Telegram takes 1 to 64 characters of A-Z a-z 0-9 _ - as start parameter.
    hint = InlineQueryResultsButton(text=desk.texts.plain("inline-ask"), start_parameter="inline")
    await query.answer(
        [inline_result(desk, address) for address in found],
        cache_time=CACHE_S,
        is_personal=False,
        button=None if found else hint,
    )


def _shareable(desk: Desk, answer: Answer) -> list[Address]:
    addresses = [*([answer.main] if answer.main else []), *(hit.address for hit in answer.hits), *answer.provisions]
    whole = [a for a in dict.fromkeys(addresses) if desk.corpus[a].kind not in CONTAINERS]
    return whole[:RESULTS_MAX]
