"""/agency: joining an agency by asking or by an invitation, leaving it, being away for a while."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Texts
from bot.introduction import introduce_to
from bot.ports import Person, Wakeups
from bot.reminder_buttons import AgencyButton, PlaceAction, PlaceButton, RoleButton
from bot.rendering import cleaned, join
from bot.screens.agencies import (
    JOINING_ROLES,
    agencies_screen,
    away_screen,
    form_screen,
    joined_screen,
    leave_screen,
    places_screen,
    role_name,
    roles_screen,
)
from bot.screens.frame import Desk, Screen
from bot.screens.naming import name_wanted_screen
from bot.states import Joining, Leaving, Naming
from handlers.addressed import in_private
from handlers.filling import ask_for, begin_form, filled_in, finish_form, present_form
from handlers.letters import LetterSteps
from handlers.naming import asks_for_name
from handlers.showing import replace, reply, send
from reminders.absence_input import parse_absence, says_absence
from reminders.names import name_of, written_name
from reminders.people import MemberState, Role
from reminders.places import Place
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders

__all__ = ["INVITATION_PREFIX", "SaysRole", "accept_invitation", "agency_named", "router"]

INVITATION_PREFIX = "i_"
_TOKEN = re.compile(r"^\s*[A-Za-z0-9_-]{20,62}\s*$")
_INVITATION = re.compile(r"^\s*i_[A-Za-z0-9_-]{20,62}\s*$")


class SaysAbsence(Filter):
    """«تا ۱۰ روز دیگر نیستم», said by somebody who acts for an agency."""

    async def __call__(self, message: Message, person: Person, reminders: Reminders) -> bool:
        if message.text is None or not says_absence(cleaned(message.text)):
            return False
        return any(place.membership.acts_for_agency for place in await reminders.list_places(person.id))


class SaysRole(Filter):
    """Gives handlers `role`: a role by its name instead of its button."""

    async def __call__(self, message: Message, texts: Texts) -> bool | dict[str, Role]:
        said = cleaned(message.text or "")
        role = next((one for one in JOINING_ROLES if role_name(texts, one) == said), None)
        return {"role": role} if role else False


def router() -> Router:
    router = Router(name="agencies")
    router.message.filter(F.func(in_private))
    router.message.register(show_places, Command("agency"))
    router.message.register(code_typed, F.text.regexp(_INVITATION))
    router.message.register(code_typed, StateFilter(Joining.naming_agency, Joining.giving_code), F.text.regexp(_TOKEN))
    router.message.register(agency_named, Joining.naming_agency, F.text, ~F.text.startswith("/"))
    router.message.register(role_typed, Joining.choosing_role, SaysRole())
    router.message.register(name_given, Joining.giving_name, F.text, ~F.text.startswith("/"))
    router.message.register(name_given_invited, Joining.giving_name_invited, F.text, ~F.text.startswith("/"))
    router.message.register(leave_until, Leaving.giving_day, F.text, ~F.text.startswith("/"))
    router.message.register(leave_until, StateFilter(None), SaysAbsence())
    router.callback_query.register(agency_chosen, AgencyButton.filter(), Joining.naming_agency)
    router.callback_query.register(role_chosen, RoleButton.filter(), Joining.choosing_role)
    _LETTER.register(router)
    router.callback_query.register(place_pressed, PlaceButton.filter())
    return router


# -- where one stands ------------------------------------------------------------------------------------------------


async def show_places(
    message: Message,
    command: CommandObject,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    if await asks_for_name(bot, message, desk, reminders, person, state, Naming.before_agencies):
        return
    places = await _introduce(bot, message.chat.id, desk, reminders, person)
    if words := cleaned(command.args or ""):
        form = await begin_form(state, Joining.naming_agency)
        await reply(bot, message, agencies_screen(desk, words, await reminders.find_agencies(words), form))
        return
    await reply(bot, message, await _places(desk, places, state))


async def _places(desk: Desk, places: list[Place], state: FSMContext) -> Screen:
    """Where the person stands; who stands nowhere may name an agency at once."""
    if places:
        return places_screen(desk, places)
    return form_screen(desk, desk.texts("agency-none"), await begin_form(state, Joining.naming_agency))


async def _introduce(bot: Bot, chat_id: int, desk: Desk, reminders: Reminders, person: Person) -> list[Place]:
    """The person's places, for which the chat's menu stands from now on."""
    places = await reminders.list_places(person.id)
    await introduce_to(bot, chat_id, desk.texts, [place.membership for place in places])
    return places


async def place_pressed(
    press: CallbackQuery,
    callback_data: PlaceButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    places = await reminders.list_places(person.id)
    match callback_data.action:
        case PlaceAction.JOIN:
            form = await begin_form(state, Joining.naming_agency)
            await replace(bot, press, form_screen(desk, desk.texts("agency-name-wanted"), form))
        case PlaceAction.AWAY:
            form = await begin_form(state, Leaving.giving_day)
            await replace(bot, press, form_screen(desk, desk.texts("agency-away-until"), form))
        case PlaceAction.BACK:
            await replace(bot, press, away_screen(desk, await reminders.say_away(person.id, 0)))
        case PlaceAction.LEAVE:
            place = next((p for p in places if p.membership.id == callback_data.membership), None)
            if place is None:
                await replace(bot, press, await _places(desk, places, state))
                return
            waits = place.membership.state is MemberState.PENDING
            others = waits or await reminders.list_colleagues(person.id, place.membership.agency_id)
            await replace(bot, press, leave_screen(desk, place, alone=not others))
        case PlaceAction.LEAVE_YES:
            await reminders.end_membership(person.id, callback_data.membership)
            if press.message is not None:
                await _introduce(bot, press.message.chat.id, desk, reminders, person)
            place = next((p for p in places if p.membership.id == callback_data.membership), None)
            waited = place is not None and place.membership.state is MemberState.PENDING
            await replace(bot, press, Screen(desk.texts("agency-withdrawn" if waited else "agency-left")))
        case PlaceAction.SHOW:
            await replace(bot, press, await _places(desk, places, state))


# -- joining ---------------------------------------------------------------------------------------------------------


async def accept_invitation(
    bot: Bot,
    message: Message,
    token: str,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    """The first user of a link becomes a member; RefusedError for a link that is void.

    Whoever has no name yet and comes from where the platform gives none that can be shown is asked for it first.
    """
    digest = await reminders.accept_invitation.open(person.id, token)
    name = await _known_name(reminders, person, message)
    if name is None:
        form = await begin_form(state, Joining.giving_name_invited, invitation=digest)
        await reply(bot, message, name_wanted_screen(desk, form))
        return
    await _join(bot, message, digest, name, desk, reminders, person, wakeups)


async def _known_name(reminders: Reminders, person: Person, message: Message) -> str | None:
    """What the person said before, else what the platform says."""
    if said := name_of([place.membership for place in await reminders.list_places(person.id)]):
        return said
    try:
        return written_name(cleaned(message.from_user.full_name)) if message.from_user else None
    except RefusedError:
        return None


async def name_given_invited(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, wakeups: Wakeups
) -> None:
    digest = str((await filled_in(state)).get("invitation", ""))
    name = written_name(cleaned(message.text or ""))
    await finish_form(state)
    await _join(bot, message, digest, name, desk, reminders, person, wakeups)


async def _join(
    bot: Bot,
    message: Message,
    digest: str,
    name: str,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    wakeups: Wakeups,
) -> None:
    joined = await reminders.accept_invitation.opened(person.id, digest, name=name)
    wakeups.plan_soon()
    await _introduce(bot, message.chat.id, desk, reminders, person)
    await send(bot, message.chat.id, joined_screen(desk, joined))


async def code_typed(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, wakeups: Wakeups
) -> None:
    """Whatever becomes of it, no other is waited for."""
    await finish_form(state)
    token = (message.text or "").split()[-1].removeprefix(INVITATION_PREFIX)
    await accept_invitation(bot, message, token, desk, reminders, person, state, wakeups)


async def agency_named(message: Message, bot: Bot, desk: Desk, reminders: Reminders, state: FSMContext) -> None:
    """Offers the agencies that the words may mean; which state they are wanted in says what is done with one."""
    words = cleaned(message.text or "")[:100]
    found = await reminders.find_agencies(words)
    await reply(bot, message, agencies_screen(desk, words, found, await present_form(state)))


async def agency_chosen(
    press: CallbackQuery, callback_data: AgencyButton, bot: Bot, desk: Desk, reminders: Reminders, state: FSMContext
) -> None:
    agency = (await reminders.find_agencies.directory()).get(callback_data.agency)
    if agency is None:
        raise RefusedError("remind-agency-unknown")
    form = await ask_for(state, Joining.choosing_role, agency=agency.id)
    text = join([desk.texts("agency-role", agency=agency.name), desk.texts("agency-role-note")])
    await replace(bot, press, roles_screen(desk, text, form))


async def role_chosen(
    press: CallbackQuery,
    callback_data: RoleButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    await replace(bot, press, await _role_known(desk, reminders, person, state, callback_data.role))


async def role_typed(
    message: Message, role: Role, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    await reply(bot, message, await _role_known(desk, reminders, person, state, role))


async def _role_known(desk: Desk, reminders: Reminders, person: Person, state: FSMContext, role: Role) -> Screen:
    """Whoever has a name from another place is not asked again."""
    name = name_of([place.membership for place in await reminders.list_places(person.id)])
    if name:
        return await _LETTER.ask(desk, state, role=role.value, name=name)
    return name_wanted_screen(desk, await ask_for(state, Joining.giving_name, role=role.value))


async def name_given(message: Message, bot: Bot, desk: Desk, state: FSMContext) -> None:
    name = written_name(cleaned(message.text or ""))
    await reply(bot, message, await _LETTER.ask(desk, state, name=name))


async def _asked(
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
    timezone: ZoneInfo,
    date: JalaliDate | None,
) -> Screen:
    """Everything was filled in: the request goes to the operators."""
    form = await filled_in(state)
    await reminders.ask_to_join(
        person.id,
        str(form.get("agency", "")),
        Role(form.get("role", Role.REPRESENTATIVE.value)),
        name=str(form.get("name", "")),
        legal_basis=str(form.get("basis", "")),
        introduced_on=date,
    )
    await finish_form(state)
    wakeups.send_soon()
    agency = (await reminders.find_agencies.directory()).get(str(form.get("agency")))
    return Screen(desk.texts("agency-asked", agency=agency.name if agency else ""))


_LETTER = LetterSteps(Joining.giving_basis, Joining.giving_date, "agency-basis", _asked)


# -- being away ------------------------------------------------------------------------------------------------------


async def leave_until(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, wakeups: Wakeups
) -> None:
    days = parse_absence(cleaned(message.text or ""), JalaliDate(desk.today))
    away = await reminders.say_away(person.id, days)
    await finish_form(state)
    wakeups.plan_soon()
    await reply(bot, message, away_screen(desk, away))
