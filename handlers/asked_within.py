"""Questions that are written where the name of an agency was asked for: answered, with a way back to the choice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from aiogram import Bot, F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.ports import Person
from bot.question_signs import asks_something, names_a_body
from bot.rendering import cleaned
from bot.screens.agencies import asked_instead_screen
from bot.screens.frame import Desk
from bot.states import Joining
from handlers.addressed import in_private
from handlers.asking import ask_text
from handlers.filling import finish_form
from handlers.showing import reply
from knowledge.asking import Answerer, AskQuestion
from reminders.use_cases import Reminders

__all__ = ["router"]

#: Score of the directory (0 to 100) from which on a name is meant, whatever else its words may answer.
NEAR = 85.0


class AsksInstead(Filter):
    """Lets through what asks in so many words, and what is answered with confidence and resembles no agency."""

    async def __call__(
        self,
        message: Message,
        answerer: Answerer,
        reminders: Reminders,
        clock: Callable[[], dt.datetime],
        timezone: dt.tzinfo,
    ) -> bool:
        text = cleaned(message.text or "")
        if text.isascii() and " " not in text:
            return False  # a code of an invitation
        if asks_something(text):
            return True
        if names_a_body(text) or any(found.score >= NEAR for found in await reminders.find_agencies(text[:100])):
            return False
        return answerer.answer(text, today=clock().astimezone(timezone).date()).confident


def router() -> Router:
    router = Router(name="asked_within")
    router.message.register(
        answer_instead, Joining.naming_agency, F.func(in_private), F.text, ~F.text.startswith("/"), AsksInstead()
    )
    return router


async def answer_instead(
    message: Message,
    bot: Bot,
    desk: Desk,
    ask: AskQuestion,
    state: FSMContext,
    person: Person,
    question_length_max: int,
) -> None:
    """The form is left, so that a follow-up is a question, too; a button takes it up again."""
    await finish_form(state)
    await reply(bot, message, asked_instead_screen(desk))
    await ask_text(message, cleaned(message.text or ""), bot, desk, ask, state, person, question_length_max)
