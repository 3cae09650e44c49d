"""A duty as it stands now: its screen, and what becomes of a button whose duty has changed since it was offered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.ports import Person
from bot.reminder_buttons import DutyTab, ListedDutyButton
from bot.screens.duties import details_screen
from bot.screens.frame import Desk, Screen
from handlers.showing import replace, without_buttons
from reminders.duty import DutyKey
from reminders.present_state import DutyChangedError
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders

__all__ = ["PresentDuty", "list_behind", "present_duty"]

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


async def present_duty(
    desk: Desk,
    reminders: Reminders,
    person: Person,
    key: DutyKey,
    timezone: ZoneInfo,
    *,
    back: DutyTab | None = None,
) -> Screen:
    """The duty with everything that is known of it; `back`: the list that it was opened from."""
    details = await reminders.show_duty(person.id, key)
    assignee = None
    if details.row.assignee is not None:
        colleagues = await reminders.list_colleagues(person.id, key.agency_id)
        mine = [p.membership for p in await reminders.list_places(person.id)]
        assignee = next((m for m in (*colleagues, *mine) if m.person_id == details.row.assignee), None)
    return details_screen(desk, details, timezone=timezone, assignee=assignee, back=back)


def list_behind(press: CallbackQuery) -> DutyTab | None:
    """The list to which the pressed message leads back; None for one that was opened from none (a reminder)."""
    markup = press.message.reply_markup if isinstance(press.message, Message) else None
    for button in (button for row in markup.inline_keyboard for button in row) if markup else ():
        data = button.callback_data or ""
        for known in (DutyTab, ListedDutyButton):
            if data.startswith(f"{known.__prefix__}{known.__separator__}"):
                found = known.unpack(data)
                return found if isinstance(found, DutyTab) else found.tab
    return None


class PresentDuty(BaseMiddleware):
    """Beside the sentence of a refusal the pressed message shows how the duty stands; buttons of none of ours go."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except DutyChangedError as changed:
            if isinstance(event, CallbackQuery):
                desk, reminders, person = data["desk"], data["reminders"], data["person"]
                back = list_behind(event)
                screen = await present_duty(desk, reminders, person, changed.key, data["timezone"], back=back)
                await replace(data["bot"], event, screen)
            raise
        except RefusedError as refusal:
            code = getattr(data.get("callback_data"), "code", None)
            if refusal.message_key == "remind-duty-unknown" and isinstance(event, CallbackQuery) and code:
                await without_buttons(event, str(code))
            raise
