"""/article: opens a provision by its address, given at once or in the next message."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.ports import Person
from bot.rendering import cleaned
from bot.screens.frame import Desk, Screen
from bot.states import Reading
from handlers.addressed import QuestionText
from handlers.asking import ask_text
from handlers.showing import reply
from knowledge.asking import AskQuestion

__all__ = ["router"]


def router() -> Router:
    router = Router(name="reading")
    router.message.register(article_command, Command("article"))
    router.message.register(reference_given, Reading.waiting_for_reference, QuestionText())
    return router


async def article_command(
    message: Message,
    command: CommandObject,
    bot: Bot,
    desk: Desk,
    ask: AskQuestion,
    state: FSMContext,
    person: Person,
    question_length_max: int,
) -> None:
    reference = cleaned(command.args or "")
    if not reference:
        await state.set_state(Reading.waiting_for_reference)
        await reply(bot, message, Screen(desk.texts("reference-wanted")))
        return
    await reference_given(message, reference, bot, desk, ask, state, person, question_length_max)


async def reference_given(
    message: Message,
    question: str,
    bot: Bot,
    desk: Desk,
    ask: AskQuestion,
    state: FSMContext,
    person: Person,
    question_length_max: int,
) -> None:
    await state.set_state(None)
    if question[:1].isdigit():
        question = desk.texts.plain("reference-of-number", reference=question)
    await ask_text(message, question, bot, desk, ask, state, person, question_length_max)
