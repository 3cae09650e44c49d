"""The letter of introduction, asked for in the same way of whoever joins and of the operator who invites."""

from __future__ import annotations

from typing import Any, Protocol
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from persiantools.jdatetime import JalaliDate

from bot.ports import Person, Wakeups
from bot.reminder_buttons import FormButton, FormStep
from bot.rendering import cleaned
from bot.screens.agencies import form_screen
from bot.screens.frame import Desk, Screen
from handlers.filling import ask_for, present_form
from handlers.showing import replace, reply
from reminders.jalali_input import parse_date
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders
from reminders.written_words import written_basis

__all__ = ["LetterSteps"]


class Finish(Protocol):
    """What the form comes to once its letter is known or left out: `basis` is filled in, `date` is the letter's."""

    async def __call__(
        self,
        desk: Desk,
        reminders: Reminders,
        person: Person,
        state: FSMContext,
        wakeups: Wakeups,
        timezone: ZoneInfo,
        date: JalaliDate | None,
    ) -> Screen: ...


class LetterSteps:
    """The last two steps of a form: what the letter is, and its date. Either may be left out."""

    def __init__(self, basis: State, date: State, question: str, finish: Finish) -> None:
        """`question`: the key of the sentence that asks for the letter."""
        self._basis, self._date, self._question, self._finish = basis, date, question, finish

    def register(self, router: Router) -> None:
        router.message.register(self._basis_given, self._basis, F.text, ~F.text.startswith("/"))
        router.message.register(self._date_given, self._date, F.text, ~F.text.startswith("/"))
        steps = StateFilter(self._basis, self._date)
        router.callback_query.register(self._rest_skipped, FormButton.filter(F.step == FormStep.SKIP), steps)

    async def ask(self, desk: Desk, state: FSMContext, **values: Any) -> Screen:
        """Notes `values` down and asks for the letter."""
        form = await ask_for(state, self._basis, **values)
        return form_screen(desk, desk.texts(self._question), form, skip=True)

    async def _basis_given(self, message: Message, bot: Bot, desk: Desk, state: FSMContext) -> None:
        form = await ask_for(state, self._date, basis=written_basis(cleaned(message.text or "")))
        await reply(bot, message, form_screen(desk, desk.texts("letter-date"), form, skip=True))

    async def _date_given(
        self,
        message: Message,
        bot: Bot,
        desk: Desk,
        reminders: Reminders,
        person: Person,
        state: FSMContext,
        wakeups: Wakeups,
        timezone: ZoneInfo,
    ) -> None:
        date = parse_date(cleaned(message.text or ""), JalaliDate(desk.today))
        await reply(bot, message, await self._finish(desk, reminders, person, state, wakeups, timezone, date))

    async def _rest_skipped(
        self,
        press: CallbackQuery,
        callback_data: FormButton,
        bot: Bot,
        desk: Desk,
        reminders: Reminders,
        person: Person,
        state: FSMContext,
        wakeups: Wakeups,
        timezone: ZoneInfo,
    ) -> None:
        """Without a letter there is no date of it either."""
        if callback_data.belongs_to != await present_form(state):
            raise RefusedError("form-old")
        await replace(bot, press, await self._finish(desk, reminders, person, state, wakeups, timezone, None))
