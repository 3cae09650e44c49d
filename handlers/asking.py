"""Questions: plain text and /ask, the answer's lists, the way back to it, and «مفید بود؟»."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.callback_data import Asked, Example, Listed, Nothing, Rate
from bot.ports import Person
from bot.remembered import Memory, RememberedAnswer
from bot.rendering import cleaned
from bot.screens.answers import answer_screen, list_screen, on_the_table, remembered_screen, with_namesakes
from bot.screens.frame import Desk, Screen
from bot.screens.rating import offers_others, rated_keyboard
from bot.screens.welcome import example_question
from handlers.addressed import CaptionText, QuestionText, in_private
from handlers.showing import in_group, replace, replace_keyboard, reply, send, typing
from knowledge.answers import Answer, Status
from knowledge.asking import AskQuestion, RateAnswer
from knowledge.provisions import Address

__all__ = ["answer_question", "router"]

#: How a question ends that leaves something to be referred to.
LEAVING = (Status.ANSWERED, Status.ASKED_BACK, Status.NO_SUCH_PROVISION, Status.NO_CONFIDENT_ANSWER)


def router() -> Router:
    router = Router(name="asking")
    router.message.register(ask_command, Command("ask"))
    router.message.register(ask_text, QuestionText())
    router.message.register(ask_text, StateFilter(None), CaptionText())
    router.edited_message.register(ask_text, F.func(in_private), QuestionText())
    router.callback_query.register(ask_example, Example.filter())
    router.callback_query.register(show_list, Listed.filter())
    router.callback_query.register(back_to_answer, Asked.filter())
    router.callback_query.register(rate_answer, Rate.filter())
    router.callback_query.register(tell_nothing, Nothing.filter())
    return router


async def answer_question(
    bot: Bot,
    chat_id: int,
    question: str,
    *,
    desk: Desk,
    ask: AskQuestion,
    state: FSMContext,
    person: Person,
    question_length_max: int,
    reply_to: int | None = None,
) -> None:
    """The answer is in the chat and remembered, so that its buttons and a follow-up work."""
    async with typing(bot, chat_id):
        memory = Memory.read(await state.get_data())
        asked = await ask(question, platform=person.platform, platform_id=person.platform_id, table=memory.on_table())
        found = with_namesakes(desk.corpus, asked.answer)
        answer = RememberedAnswer.of(found, asked.question_id)
        if answer.status in LEAVING:
            shown = on_the_table(desk.corpus, answer) or _searched_in(desk, found)
            await state.set_data(memory.with_answer(answer, shown).write())
        screen = answer_screen(desk, found, asked.question_id, length_max=question_length_max)
        await send(bot, chat_id, screen, reply_to=reply_to)


def _searched_in(desk: Desk, answer: Answer) -> Address | None:
    """Where something does not exist: «ماده ۵۰ نقشه راه», then «ماده ۱۵», is of the same text."""
    missing = answer.missing if answer.status is Status.NO_SUCH_PROVISION else None
    return missing.within if missing and desk.corpus.get(missing.within) is not None else None


async def ask_text(
    message: Message,
    question: str,
    bot: Bot,
    desk: Desk,
    ask: AskQuestion,
    state: FSMContext,
    person: Person,
    question_length_max: int,
) -> None:
    await answer_question(
        bot,
        message.chat.id,
        question,
        desk=desk,
        ask=ask,
        state=state,
        person=person,
        question_length_max=question_length_max,
        reply_to=in_group(message),
    )


async def ask_command(
    message: Message,
    command: CommandObject,
    bot: Bot,
    desk: Desk,
    ask: AskQuestion,
    state: FSMContext,
    person: Person,
    question_length_max: int,
) -> None:
    question = cleaned(command.args or "")
    await state.set_state(None)
    if not question:
        await reply(bot, message, Screen(desk.texts("ask")))
        return
    await ask_text(message, question, bot, desk, ask, state, person, question_length_max)


async def ask_example(
    press: CallbackQuery,
    callback_data: Example,
    bot: Bot,
    desk: Desk,
    ask: AskQuestion,
    state: FSMContext,
    person: Person,
    question_length_max: int,
) -> None:
    question = example_question(desk.texts, callback_data.number)
    if question is None or press.message is None:
        await press.answer(desk.texts.plain("channel-button-old"))
        return
    await answer_question(
        bot,
        press.message.chat.id,
        question,
        desk=desk,
        ask=ask,
        state=state,
        person=person,
        question_length_max=question_length_max,
    )


# -- buttons of an answer --------------------------------------------------------------------------------------------


async def _remembered(state: FSMContext, question: int) -> RememberedAnswer | None:
    return Memory.read(await state.get_data()).answer(question)


async def show_list(press: CallbackQuery, callback_data: Listed, bot: Bot, desk: Desk, state: FSMContext) -> None:
    answer = await _remembered(state, callback_data.question)
    if answer is None:
        await press.answer(desk.texts.plain("answer-forgotten"), show_alert=True)
        return
    await replace(bot, press, list_screen(desk, answer, callback_data.kind, page=callback_data.page))


async def back_to_answer(press: CallbackQuery, callback_data: Asked, bot: Bot, desk: Desk, state: FSMContext) -> None:
    memory = Memory.read(await state.get_data())
    answer = memory.answer(callback_data.question)
    if answer is None or (answer.main is not None and desk.corpus.get(answer.main) is None):
        await press.answer(desk.texts.plain("answer-forgotten"), show_alert=True)
        return
    if shown := on_the_table(desk.corpus, answer):
        await state.set_data(memory.with_shown(shown).write())
    await replace(bot, press, remembered_screen(desk, answer))


async def rate_answer(press: CallbackQuery, callback_data: Rate, desk: Desk, rate: RateAnswer, person: Person) -> None:
    useful = callback_data.useful
    theirs = await rate.useful(callback_data.question, useful, platform=person.platform, platform_id=person.platform_id)
    if not theirs:
        await press.answer(desk.texts.plain("not-your-answer"))
        return
    message = press.message
    shown = message.reply_markup if isinstance(message, Message) else None
    if useful:
        await press.answer(desk.texts.plain("thanks-useful"))
    else:
        others = shown is not None and offers_others(shown)
        await press.answer(desk.texts.plain("thanks-not-useful-others" if others else "thanks-not-useful"))
    if isinstance(message, Message) and shown is not None:
        await replace_keyboard(message, rated_keyboard(desk.texts, shown, callback_data))


async def tell_nothing(press: CallbackQuery) -> None:
    await press.answer()
