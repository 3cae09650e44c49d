"""/operator and /ledger: the operators' desk. Every use case checks anew that an operator asks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html
from bot.introduction import introduce_to
from bot.ports import Person, Wakeups
from bot.reminder_buttons import (
    AgencyButton,
    ArchiveButton,
    ClosureButton,
    InviteDaysButton,
    JoiningButton,
    LedgerButton,
    OfficeButton,
    OfficePage,
    ReopenButton,
    ReportButton,
    RevokeButton,
    RoleButton,
    SwitchButton,
    short_code,
)
from bot.rendering import cleaned, join
from bot.screens.agencies import form_screen, roles_screen
from bot.screens.agency_files import import_screen
from bot.screens.events import events_screen
from bot.screens.frame import Desk, Screen, keyboard, shown_date, shown_day
from bot.screens.office import (
    Waiting,
    audience_screen,
    closures_screen,
    decided_screen,
    home_row,
    invitations_screen,
    invite_days_screen,
    invited_as,
    joiners_screen,
    ledger_screen,
    office_screen,
    report_of,
    report_screen,
    switches_screen,
)
from bot.states import Broadcasting, Closing, Deciding, Importing, Inviting, Joining, OpenForm
from handlers.addressed import in_private
from handlers.agencies import INVITATION_PREFIX, SaysRole, agency_named
from handlers.cases import OPEN
from handlers.filling import ask_for, begin_form, filled_in, finish_form, note_down
from handlers.letters import LetterSteps
from handlers.showing import beneath, replace, reply
from knowledge.numerals import number_words
from reminders.duty import EvidenceKind, ReportState
from reminders.jalali_input import find_date
from reminders.joining import check_invitation_days
from reminders.people import OPERATORS, Role, is_operator, require_operator
from reminders.refusals import RefusedError
from reminders.report_desk import ReportSeen
from reminders.use_cases import Reminders
from surveys.case import CaseFilter
from surveys.use_cases import Surveys

__all__ = ["router"]

#: Of an operator's invitation, which asks for nothing more.
INVITATION_DAYS = 7
#: Open cases that the desk counts; whoever has more sees that there are many.
COUNTED_MAX = 999


def router() -> Router:
    router = Router(name="office")
    router.message.filter(F.func(in_private))
    router.message.register(show_office, Command("operator"))
    router.message.register(show_ledger, Command("ledger"))
    router.message.register(show_invitations, Command("invite"))
    router.message.register(show_closures, Command("closures"))
    router.message.register(report_returned, Deciding.returning_report, F.text, ~F.text.startswith("/"))
    router.message.register(person_refused, Deciding.refusing_person, F.text, ~F.text.startswith("/"))
    router.message.register(invite_named, Inviting.naming_agency, F.text, ~F.text.startswith("/"))
    router.message.register(invite_role_typed, Inviting.choosing_role, SaysRole())
    router.message.register(invite_days_given, Inviting.choosing_days, F.text, ~F.text.startswith("/"))
    router.message.register(closure_given, Closing.giving_day, F.text, ~F.text.startswith("/"))
    router.callback_query.register(turn, OfficeButton.filter())
    router.callback_query.register(turn_ledger, LedgerButton.filter())
    router.callback_query.register(decide_joining, JoiningButton.filter())
    router.callback_query.register(decide_report, ReportButton.filter())
    router.callback_query.register(ask_to_reopen, ReopenButton.filter())
    router.callback_query.register(send_evidence, ArchiveButton.filter())
    router.callback_query.register(invite_agency, AgencyButton.filter(), Inviting.naming_agency)
    router.callback_query.register(invite_role, RoleButton.filter(), Inviting.choosing_role)
    router.callback_query.register(invite_for_days, InviteDaysButton.filter(), Inviting.choosing_days)
    _LETTER.register(router)
    router.callback_query.register(revoke, RevokeButton.filter())
    router.callback_query.register(reopen, ClosureButton.filter())
    router.callback_query.register(switch, SwitchButton.filter())
    return router


async def _office(desk: Desk, reminders: Reminders, surveys: Surveys, person: Person, now: dt.datetime) -> Screen:
    joining = await reminders.list_joining(person.id)
    reports = await reminders.decide_report.pending(person.id)
    events = await reminders.list_events(person.id)
    undated = sum(seen.date is None and bool(seen.hanging) for seen in events)
    cases = await surveys.find_cases(CaseFilter(states=OPEN, limit=COUNTED_MAX), by=person.id)
    late = sum(case.due_at < now for case in cases)
    held = await surveys.list_held(by=person.id)
    return office_screen(desk, Waiting(len(joining), len(reports), undated, len(cases), late, len(held)))


async def show_office(
    message: Message,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    clock: Callable[[], dt.datetime],
) -> None:
    memberships = [place.membership for place in await reminders.list_places(person.id)]
    if not is_operator(memberships):
        form = await begin_form(state, Joining.giving_code)
        await reply(bot, message, form_screen(desk, desk.texts("office-stranger"), form))
        return
    await introduce_to(bot, message.chat.id, desk.texts, memberships)
    await reply(bot, message, await _office(desk, reminders, surveys, person, clock()))


async def show_ledger(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await reply(bot, message, ledger_screen(desk, await reminders.show_ledger(person.id)))


async def turn_ledger(
    press: CallbackQuery, callback_data: LedgerButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    seen = await reminders.show_ledger(person.id, dt.date.fromordinal(callback_data.day))
    await replace(bot, press, ledger_screen(desk, seen))


async def show_invitations(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, timezone: ZoneInfo
) -> None:
    await reply(bot, message, await _invitations(desk, reminders, person, timezone))


async def show_closures(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await reply(bot, message, closures_screen(desk, await reminders.close_day.closed(person.id)))


async def turn(
    press: CallbackQuery,
    callback_data: OfficeButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    timezone: ZoneInfo,
    clock: Callable[[], dt.datetime],
) -> None:
    screen = await _page(callback_data, desk, reminders, surveys, person, state, timezone, clock())
    await replace(bot, press, screen)


async def _page(
    at: OfficeButton,
    desk: Desk,
    reminders: Reminders,
    surveys: Surveys,
    person: Person,
    state: FSMContext,
    timezone: ZoneInfo,
    now: dt.datetime,
) -> Screen:
    match at.page:
        case OfficePage.HOME:
            return await _office(desk, reminders, surveys, person, now)
        case OfficePage.JOINING:
            return await _joiners(desk, reminders, person, at.at, timezone)
        case OfficePage.REPORTS:
            return await _reports(desk, reminders, person, at.at, timezone)
        case OfficePage.EVENTS:
            return events_screen(desk, await reminders.list_events(person.id))
        case OfficePage.INVITATIONS:
            return await _invitations(desk, reminders, person, timezone)
        case OfficePage.LEDGER:
            return ledger_screen(desk, await reminders.show_ledger(person.id))
        case OfficePage.CLOSURES:
            return closures_screen(desk, await reminders.close_day.closed(person.id))
        case OfficePage.REGULATIONS:
            return switches_screen(desk, await reminders.switch_regulation.present(person.id))
    require_operator([place.membership for place in await reminders.list_places(person.id)])
    match at.page:
        case OfficePage.INVITE:
            return form_screen(desk, desk.texts("invite-agency"), await begin_form(state, Inviting.naming_agency))
        case OfficePage.CLOSE:
            return form_screen(desk, desk.texts("closure-wanted"), await begin_form(state, Closing.giving_day))
        case OfficePage.BROADCAST:
            form = await begin_form(state, Broadcasting.choosing_audience)
            return audience_screen(desk, await reminders.find_agencies.directory(), form)
        case OfficePage.AGENCIES:
            form = await begin_form(state, Importing.giving_file)
            return import_screen(desk, len(await reminders.find_agencies.directory()), form)


# -- who waits -------------------------------------------------------------------------------------------------------


def _done(desk: Desk, text: Html) -> Screen:
    """What became of a decision, and the way back to the others that wait."""
    return Screen(text, keyboard([home_row(desk)]))


async def _joiners(desk: Desk, reminders: Reminders, person: Person, at: int, timezone: ZoneInfo) -> Screen:
    waiting = await reminders.list_joining(person.id)
    return joiners_screen(desk, waiting, await reminders.find_agencies.directory(), at, timezone)


async def decide_joining(
    press: CallbackQuery,
    callback_data: JoiningButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    waiting = {m.id: m for m in await reminders.list_joining(person.id)}
    one = waiting.get(callback_data.membership)
    if one is None:
        raise RefusedError("remind-decided-already")
    if not callback_data.approve:
        form = await begin_form(state, Deciding.refusing_person, membership=one.id)
        name = one.name or desk.texts.plain("nameless")
        await beneath(bot, press, form_screen(desk, desk.texts("joining-reason", name=name), form))
        return
    joined = await reminders.decide_joining(person.id, one.id, True)
    wakeups.plan_soon()
    name = one.name or desk.texts.plain("nameless")
    await replace(bot, press, _done(desk, desk.texts("joining-approved", name=name, agency=joined.agency_name)))


async def person_refused(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, wakeups: Wakeups
) -> None:
    form = await filled_in(state)
    reason = cleaned(message.text or "")
    joined = await reminders.decide_joining(person.id, int(form.get("membership", 0)), False, reason=reason)
    await finish_form(state)
    wakeups.send_soon()
    name = joined.membership.name or desk.texts.plain("nameless")
    await reply(bot, message, _done(desk, desk.texts("joining-refused", name=name, agency=joined.agency_name)))


async def _reports(desk: Desk, reminders: Reminders, person: Person, at: int, timezone: ZoneInfo) -> Screen:
    pending = await reminders.decide_report.pending(person.id)
    if not pending:
        return report_screen(desk, None, 0, 0, timezone)
    at = min(at, len(pending) - 1)
    seen = await reminders.show_report(person.id, pending[at].id)
    return report_screen(desk, seen, at, len(pending), timezone)


async def decide_report(
    press: CallbackQuery,
    callback_data: ReportButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    seen = await reminders.show_report(person.id, callback_data.report)
    if seen.report.state is not ReportState.PENDING:  # by a colleague, perhaps
        await replace(bot, press, decided_screen(desk, seen))
        raise RefusedError("remind-decided-already")
    if callback_data.confirm:
        await reminders.decide_report(person.id, seen.report.id, True)
        wakeups.send_soon()
        await replace(bot, press, decided_screen(desk, await reminders.show_report(person.id, seen.report.id)))
        return
    form = await begin_form(state, Deciding.returning_report, report=seen.report.id, reopen=False)
    await beneath(bot, press, _reason_wanted(desk, seen, "report-reason", form))


async def ask_to_reopen(
    press: CallbackQuery,
    callback_data: ReopenButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    await reminders.decide_report.may_reopen(person.id, callback_data.report)
    seen = await reminders.show_report(person.id, callback_data.report)
    form = await begin_form(state, Deciding.returning_report, report=callback_data.report, reopen=True)
    await beneath(bot, press, _reason_wanted(desk, seen, "report-reopen-reason", form))


def _reason_wanted(desk: Desk, seen: ReportSeen, key: str, form: OpenForm) -> Screen:
    action, agency = report_of(seen)
    return form_screen(desk, desk.texts(key, action=action, agency=agency), form)


async def report_returned(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, wakeups: Wakeups
) -> None:
    form = await filled_in(state)
    id, reason = int(form.get("report", 0)), cleaned(message.text or "")
    if form.get("reopen"):
        await reminders.decide_report.reopen(person.id, id, reason)
    else:
        await reminders.decide_report(person.id, id, False, reason=reason)
    await finish_form(state)
    wakeups.plan_soon()
    await reply(bot, message, decided_screen(desk, await reminders.show_report(person.id, id)))


async def send_evidence(
    press: CallbackQuery, callback_data: ArchiveButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    evidence = await reminders.read_evidence(person.id, callback_data.report)
    if press.message is None:
        return
    for number, (one, content) in enumerate(evidence, 1):
        caption = desk.texts.plain("evidence-caption", number=number, count=len(evidence), digest=one.sha256[:16])
        file = BufferedInputFile(content, one.file_name)
        if one.kind is EvidenceKind.PHOTO:
            await bot.send_photo(press.message.chat.id, file, caption=caption)
        else:
            await bot.send_document(press.message.chat.id, file, caption=caption)


# -- invitations -----------------------------------------------------------------------------------------------------


async def _invitations(desk: Desk, reminders: Reminders, person: Person, timezone: ZoneInfo) -> Screen:
    pending = await reminders.revoke_invitation.pending(person.id)
    return invitations_screen(desk, pending, await reminders.find_agencies.directory(), timezone)


async def invite_named(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, timezone: ZoneInfo
) -> None:
    if not cleaned(message.text or "").startswith(desk.texts.plain("invite-word")):
        await agency_named(message, bot, desk, reminders, state)
        return
    await finish_form(state)
    await reply(bot, message, await _invited(desk, reminders, person, OPERATORS, Role.OPERATOR, timezone))


async def invite_agency(
    press: CallbackQuery, callback_data: AgencyButton, bot: Bot, desk: Desk, reminders: Reminders, state: FSMContext
) -> None:
    agency = (await reminders.find_agencies.directory()).get(callback_data.agency)
    if agency is None:
        raise RefusedError("remind-agency-unknown")
    form = await ask_for(state, Inviting.choosing_role, agency=agency.id)
    text = join([desk.texts("invite-role", agency=agency.name), desk.texts("agency-role-note")])
    await replace(bot, press, roles_screen(desk, text, form))


async def invite_role(press: CallbackQuery, callback_data: RoleButton, bot: Bot, desk: Desk, state: FSMContext) -> None:
    form = await ask_for(state, Inviting.choosing_days, role=callback_data.role.value)
    await replace(bot, press, invite_days_screen(desk, form))


async def invite_role_typed(message: Message, role: Role, bot: Bot, desk: Desk, state: FSMContext) -> None:
    form = await ask_for(state, Inviting.choosing_days, role=role.value)
    await reply(bot, message, invite_days_screen(desk, form))


async def invite_for_days(
    press: CallbackQuery,
    callback_data: InviteDaysButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
    timezone: ZoneInfo,
) -> None:
    screen = await _days_known(desk, reminders, person, state, wakeups, timezone, callback_data.days)
    await replace(bot, press, screen)


async def invite_days_given(
    message: Message,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
    timezone: ZoneInfo,
) -> None:
    days = number_words(cleaned(message.text or "").replace("روز", "")) or 0
    await reply(bot, message, await _days_known(desk, reminders, person, state, wakeups, timezone, days))


async def _days_known(
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
    timezone: ZoneInfo,
    days: int,
) -> Screen:
    """A representative's letter comes next: it meets the obligations to introduce one."""
    check_invitation_days(days)
    if (await filled_in(state)).get("role") != Role.REPRESENTATIVE.value:
        await note_down(state, days=days)
        return await _invited_as_filled_in(desk, reminders, person, state, wakeups, timezone, None)
    return await _LETTER.ask(desk, state, days=days)


async def _invited_as_filled_in(
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
    timezone: ZoneInfo,
    date: JalaliDate | None,
) -> Screen:
    form = await filled_in(state)
    screen = await _invited(
        desk,
        reminders,
        person,
        str(form.get("agency", "")),
        Role(form.get("role", Role.REPRESENTATIVE.value)),
        timezone,
        days=int(form.get("days", INVITATION_DAYS)),
        basis=str(form.get("basis", "")),
        date=date,
    )
    await finish_form(state)
    return screen


_LETTER = LetterSteps(Inviting.giving_basis, Inviting.giving_date, "invite-basis", _invited_as_filled_in)


async def _invited(
    desk: Desk,
    reminders: Reminders,
    person: Person,
    agency_id: str,
    role: Role,
    timezone: ZoneInfo,
    *,
    days: int = INVITATION_DAYS,
    basis: str = "",
    date: JalaliDate | None = None,
) -> Screen:
    invited = await reminders.invite(person.id, agency_id, role, days=days, legal_basis=basis, introduced_on=date)
    agency = (await reminders.find_agencies.directory()).get(agency_id)
    parameter = INVITATION_PREFIX + invited.token
    text = desk.texts(
        "invite-made",
        who=invited_as(desk, role, agency),
        date=shown_day(desk, invited.expires_at, timezone),
        link=desk.links.begins(parameter) or f"/start {parameter}",
    )
    return Screen(text)


async def revoke(
    press: CallbackQuery,
    callback_data: RevokeButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    timezone: ZoneInfo,
) -> None:
    pending = await reminders.revoke_invitation.pending(person.id)
    digest = next((one.digest for one in pending if short_code(one.digest) == callback_data.code), "")
    await reminders.revoke_invitation(person.id, digest)
    await press.answer(desk.texts.plain("invitation-revoked"))
    await replace(bot, press, await _invitations(desk, reminders, person, timezone))


# -- closures and switches -------------------------------------------------------------------------------------------


async def closure_given(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext, wakeups: Wakeups
) -> None:
    found = find_date(cleaned(message.text or ""), JalaliDate(desk.today))
    if found is None:
        raise RefusedError("remind-date-unreadable")
    date, rest = found
    await reminders.close_day(person.id, date.to_gregorian(), re.sub(r"^[\W_]+|[\W_]+$", "", rest))
    await finish_form(state)
    wakeups.plan_soon()
    await reply(bot, message, Screen(desk.texts("closure-added", date=shown_date(desk, date))))


async def reopen(
    press: CallbackQuery,
    callback_data: ClosureButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    wakeups: Wakeups,
) -> None:
    try:
        day = dt.date.fromisoformat(callback_data.day)
    except ValueError:
        raise RefusedError("remind-closure-unknown") from None
    await reminders.close_day.reopen(person.id, day)
    wakeups.plan_soon()
    await press.answer(desk.texts.plain("closure-removed"))
    await replace(bot, press, closures_screen(desk, await reminders.close_day.closed(person.id)))


async def switch(
    press: CallbackQuery,
    callback_data: SwitchButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    wakeups: Wakeups,
) -> None:
    on = await reminders.switch_regulation(person.id, callback_data.regulation, callback_data.on)
    wakeups.plan_soon()
    await press.answer(desk.texts.plain("switched"))
    await replace(bot, press, switches_screen(desk, on))
