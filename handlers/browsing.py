"""/regulations, and looking at provisions in place: regulation, chapter, article, notes, neighbours."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.callback_data import Regulations, Show, ShowBeneath
from bot.ports import Person
from bot.remembered import Memory
from bot.screens.contents import regulations_screen
from bot.screens.frame import Desk
from bot.screens.provisions import provision_screen
from handlers.showing import beneath, replace, reply
from knowledge.asking import RateAnswer

__all__ = ["router"]


def router() -> Router:
    router = Router(name="browsing")
    router.message.register(list_regulations, Command("regulations"))
    router.callback_query.register(back_to_regulations, Regulations.filter())
    router.callback_query.register(show_provision, Show.filter())
    router.callback_query.register(show_beneath, ShowBeneath.filter())
    return router


async def list_regulations(message: Message, bot: Bot, desk: Desk) -> None:
    await reply(bot, message, regulations_screen(desk))


async def back_to_regulations(press: CallbackQuery, bot: Bot, desk: Desk) -> None:
    await replace(bot, press, regulations_screen(desk))


async def show_provision(
    press: CallbackQuery,
    callback_data: Show,
    bot: Bot,
    desk: Desk,
    state: FSMContext,
    rate: RateAnswer,
    person: Person,
) -> None:
    address = callback_data.address
    if desk.corpus.get(address) is None:
        await press.answer(desk.texts.plain("provision-gone"), show_alert=True)
        return
    memory = Memory.read(await state.get_data())
    answer = memory.answer(callback_data.question) if callback_data.question else None
    if answer is not None and answer.question is not None and address in (*answer.others, *answer.provisions):
        await rate.clicked(answer.question, address, platform=person.platform, platform_id=person.platform_id)
    await state.set_data(memory.with_shown(address).write())
    await replace(
        bot, press, provision_screen(desk, address, callback_data.view, page=callback_data.page, answer=answer)
    )


async def show_beneath(
    press: CallbackQuery, callback_data: ShowBeneath, bot: Bot, desk: Desk, state: FSMContext
) -> None:
    address = callback_data.address
    if desk.corpus.get(address) is None:
        await press.answer(desk.texts.plain("provision-gone"), show_alert=True)
        return
    await state.set_data(Memory.read(await state.get_data()).with_shown(address).write())
    await beneath(bot, press, provision_screen(desk, address))
