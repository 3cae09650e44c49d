"""/done: reporting that a duty is done, with words, photos and files; `handlers.office` has the decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ContentType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.ports import Person, Wakeups
from bot.reminder_buttons import DutyAction, DutyButton, HandInButton, ReportableButton
from bot.rendering import cleaned
from bot.screens.agencies import cancel_button
from bot.screens.duties import reportable_screen
from bot.screens.frame import Desk, Screen, button, keyboard, reading_row
from bot.states import Reporting
from handlers.addressed import in_private
from handlers.duties import lists_of
from handlers.fetching import fetched
from handlers.filling import ask_for, filled_in, finish_form
from handlers.showing import beneath, replace, reply, typing
from reminders.duties import EVIDENCE_BYTES_MAX, NOTE_MAX, Attachment, check_size
from reminders.duty import Evidence, EvidenceKind
from reminders.refusals import RefusedError
from reminders.use_cases import Reminders

__all__ = ["router"]

MEGABYTES_MAX = EVIDENCE_BYTES_MAX // (1024 * 1024)
#: Platforms through which files come.
WITH_FILES = ("telegram", "bale", "web", "test")
_EVIDENCE = {ContentType.PHOTO, ContentType.DOCUMENT}


def router() -> Router:
    router = Router(name="reporting")
    router.message.filter(F.func(in_private))
    router.message.register(choose_duty, Command("done"))
    router.message.register(words_given, Reporting.gathering, F.text, ~F.text.startswith("/"))
    router.message.register(evidence_given, Reporting.gathering, F.content_type.in_(_EVIDENCE))
    router.message.register(something_else, Reporting.gathering, ~F.text)
    router.callback_query.register(turn, ReportableButton.filter())
    router.callback_query.register(begin, DutyButton.filter(F.action == DutyAction.REPORT))
    router.callback_query.register(hand_in, HandInButton.filter(), Reporting.gathering)
    return router


async def choose_duty(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await reply(bot, message, reportable_screen(desk, await lists_of(reminders, person)))


async def turn(
    press: CallbackQuery, callback_data: ReportableButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    await replace(bot, press, reportable_screen(desk, await lists_of(reminders, person), callback_data.page))


async def begin(
    press: CallbackQuery,
    callback_data: DutyButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    key = await reminders.find_duty(person.id, callback_data.code)
    details = await reminders.show_duty(person.id, key)
    await finish_form(state)
    await ask_for(state, Reporting.gathering, code=key.code, note="", files=[])
    text = "report-gather" if person.platform in WITH_FILES else "report-gather-text"
    values = {"action": details.row.line.action} | ({"max": MEGABYTES_MAX} if text == "report-gather" else {})
    # Beneath the reminder, whose quote is what is being answered.
    await beneath(bot, press, _asking(desk, Screen(desk.texts(text, **values)), key.code))


def _asking(desk: Desk, screen: Screen, code: str) -> Screen:
    """`code`: of the duty; pressed later, beneath an old message, the button must not hand in for another one."""
    done = button(desk.texts.plain("button-report-done"), HandInButton(code=code))
    return Screen(screen.text, keyboard([reading_row(done, cancel_button(desk))]))


async def words_given(message: Message, bot: Bot, desk: Desk, state: FSMContext) -> None:
    form = await filled_in(state)
    note = "\n".join(filter(None, (str(form.get("note", "")), cleaned(message.text or ""))))
    if len(note) > NOTE_MAX:  # nothing is cut behind anybody's back
        raise RefusedError("report-long", max=NOTE_MAX)
    await ask_for(state, Reporting.gathering, note=note)
    await _acknowledge(message, bot, desk, state)


async def evidence_given(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    """Fetched and kept at once: a file id alone would be no evidence, and whoever sent it hears of a failure now."""
    form, file = await filled_in(state), _file_of(message)
    check_size(int(file["size"]))
    reminders.report_done.room_for(len(form.get("files", ())) + 1)
    key = await reminders.find_duty(person.id, str(form.get("code", "")))
    async with typing(bot, message.chat.id):
        content = await fetched(bot, str(file["id"]))
        if content is None:
            text = desk.texts("report-fetch-failed", name=str(file["name"]))
            await reply(bot, message, _asking(desk, Screen(text), key.code))
            return
        attachment = Attachment(EvidenceKind(file["kind"]), str(file["name"]), str(file["type"]), content)
        kept = await reminders.report_done.keep(person.id, key, attachment)
    note = "\n".join(filter(None, (str(form.get("note", "")), cleaned(message.caption or ""))))
    album = message.media_group_id
    said = album is not None and album == form.get("album")
    files = [*form.get("files", ()), _row(kept)]
    await ask_for(state, Reporting.gathering, files=files, note=note[:NOTE_MAX], album=album)
    if not said:  # one word for an album, not ten
        await _acknowledge(message, bot, desk, state)


def _row(evidence: Evidence) -> dict[str, Any]:
    e = evidence
    return {"kind": e.kind.value, "name": e.file_name, "type": e.media_type, "size": e.size, "sha256": e.sha256}


def _evidence(row: Mapping[str, Any]) -> Evidence:
    return Evidence(EvidenceKind(row["kind"]), row["name"], row["type"], row["size"], row["sha256"])


def _file_of(message: Message) -> dict[str, Any]:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        name = f"{largest.file_unique_id}.jpg"
        return {
            "id": largest.file_id,
            "kind": EvidenceKind.PHOTO.value,
            "name": name,
            "type": "image/jpeg",
            "size": largest.file_size or 0,
        }
    document = message.document
    assert document is not None, "the filter lets photos and documents through"
    return {
        "id": document.file_id,
        "kind": EvidenceKind.FILE.value,
        "name": document.file_name or "file",
        "type": document.mime_type or "application/octet-stream",
        "size": document.file_size or 0,
    }


async def something_else(message: Message, bot: Bot, desk: Desk, state: FSMContext) -> None:
    code = str((await filled_in(state)).get("code", ""))
    await reply(bot, message, _asking(desk, Screen(desk.texts("report-kind")), code))


async def _acknowledge(message: Message, bot: Bot, desk: Desk, state: FSMContext) -> None:
    form = await filled_in(state)
    files = len(form.get("files", ()))
    note = ("yes" if files else "only") if form.get("note") else "no"
    text = desk.texts("report-got", note=note, files=files)
    await reply(bot, message, _asking(desk, Screen(text), str(form.get("code", ""))))


async def hand_in(
    press: CallbackQuery,
    callback_data: HandInButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    wakeups: Wakeups,
) -> None:
    form = await filled_in(state)
    if callback_data.code != form.get("code"):
        raise RefusedError("form-old")
    key = await reminders.find_duty(person.id, str(form.get("code", "")))
    files = [_evidence(row) for row in form.get("files", ())]
    await reminders.report_done(person.id, key, str(form.get("note", "")), files)
    await finish_form(state)
    wakeups.send_soon()
    await replace(bot, press, Screen(desk.texts("report-sent")))
