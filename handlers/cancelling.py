"""/cancel, in every state, and the button that says the same."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.reminder_buttons import FormButton, FormStep
from bot.screens.frame import Desk, Screen
from bot.states import Reporting
from handlers.filling import finish_form, keep_draft, present_form
from handlers.showing import replace, reply

__all__ = ["router"]


def router() -> Router:
    router = Router(name="cancelling")
    router.message.register(cancel, Command("cancel"))
    router.callback_query.register(give_up, FormButton.filter(F.step == FormStep.CANCEL))
    return router


async def cancel(message: Message, bot: Bot, desk: Desk, state: FSMContext, raw_state: str | None) -> None:
    if raw_state == Reporting.gathering.state:
        await keep_draft(state)
    await finish_form(state)
    await reply(bot, message, Screen(desk.texts("cancelled" if raw_state else "nothing-to-cancel")))


async def give_up(
    press: CallbackQuery, callback_data: FormButton, bot: Bot, desk: Desk, state: FSMContext, raw_state: str | None
) -> None:
    """An old button says that its form is over, and leaves alone what was begun since."""
    if callback_data.belongs_to == await present_form(state):
        await finish_form(state)
        await replace(bot, press, Screen(desk.texts("form-cancelled")))
    else:
        await replace(bot, press, Screen(desk.texts("form-over", another="yes" if raw_state else "no")))
