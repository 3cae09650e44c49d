"""/done: reporting that a duty is done, with words, photos and files; `handlers.office` has the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiogram import Bot, F, Router
from aiogram.enums import ContentType
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.fluent_texts import Html
from bot.ports import Person, Wakeups
from bot.reminder_buttons import (
    DropReportButton,
    DutyAction,
    DutyButton,
    HandInButton,
    ReportableButton,
    ReportAnewButton,
)
from bot.rendering import cleaned, join
from bot.screens.duties import reportable_screen
from bot.screens.frame import Desk, Screen, button, keyboard, reading_row
from bot.states import Reporting
from handlers.addressed import in_private
from handlers.duties import lists_of
from handlers.fetching import fetched
from handlers.filling import begin_form, draft_of, keep_draft
from handlers.present_duty import PresentDuty
from handlers.showing import beneath, reply, typing
from handlers.showing import replace as replace_message
from reminders.duties import EVIDENCE_BYTES_MAX, Attachment, check_size
from reminders.duty import DutyKey, Evidence, EvidenceKind
from reminders.present_state import DutyChangedError
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
    router.callback_query.middleware(PresentDuty())
    router.message.register(choose_duty, Command("done"))
    router.message.register(words_given, Reporting.gathering, F.text, ~F.text.startswith("/"))
    router.message.register(evidence_given, Reporting.gathering, F.content_type.in_(_EVIDENCE))
    router.message.register(something_else, Reporting.gathering, ~F.text)
    router.callback_query.register(turn, ReportableButton.filter())
    router.callback_query.register(begin, DutyButton.filter(F.action == DutyAction.REPORT))
    router.callback_query.register(begin_anew, ReportAnewButton.filter())
    router.callback_query.register(hand_in, HandInButton.filter())
    router.callback_query.register(give_up, DropReportButton.filter())
    return router


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report as it is put together: of one duty, with words and kept files in the order in which they came.

    `number` tells it from an earlier one of the same duty.
    """

    code: str
    number: int
    note: str = ""
    files: tuple[Mapping[str, Any], ...] = ()
    album: str | None = None

    @classmethod
    async def of(cls, state: FSMContext) -> _Draft:
        kept = await draft_of(state)
        code, number = str(kept.get("code", "")), int(kept.get("number", 0))
        return cls(code, number, str(kept.get("note", "")), tuple(kept.get("files", ())), kept.get("album"))

    async def keep(self, state: FSMContext) -> None:
        files = list(self.files)
        await keep_draft(state, code=self.code, number=self.number, note=self.note, files=files, album=self.album)

    def with_words(self, words: str) -> _Draft:
        return replace(self, note="\n".join(filter(None, (self.note, words))))

    @property
    def is_empty(self) -> bool:
        return not self.note and not self.files


async def choose_duty(message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person) -> None:
    await reply(bot, message, reportable_screen(desk, await lists_of(reminders, person)))


async def turn(
    press: CallbackQuery, callback_data: ReportableButton, bot: Bot, desk: Desk, reminders: Reminders, person: Person
) -> None:
    await replace_message(bot, press, reportable_screen(desk, await lists_of(reminders, person), callback_data.page))


async def begin(
    press: CallbackQuery,
    callback_data: DutyButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    """Beneath the reminder, whose quote is what is being answered. What was gathered for another duty is asked for."""
    key = await reminders.find_duty(person.id, callback_data.code)
    await reminders.report_done.may(person.id, key)
    draft = await _Draft.of(state)
    if draft.code != key.code and not draft.is_empty:
        left = await _left(desk, reminders, person, draft, key.code)
        if left is not None:
            await beneath(bot, press, left)
            return
    await _begin(press, bot, desk, reminders, person, state, key, draft)


async def begin_anew(
    press: CallbackQuery,
    callback_data: ReportAnewButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
) -> None:
    key = await reminders.find_duty(person.id, callback_data.code)
    await reminders.report_done.may(person.id, key)
    await _begin(press, bot, desk, reminders, person, state, key, _Draft("", 0))


async def _begin(
    press: CallbackQuery,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    key: DutyKey,
    draft: _Draft,
) -> None:
    """Asks for words and files, and goes on with those that were sent for this duty already."""
    form = await begin_form(state, Reporting.gathering)
    if draft.code != key.code:
        draft = _Draft(key.code, form.number)
    await draft.keep(state)
    line = (await reminders.show_duty(person.id, key)).row.line
    with_files = {"max": MEGABYTES_MAX} if person.platform in WITH_FILES else {}
    text = desk.texts("report-gather" if with_files else "report-gather-text", action=line.action, **with_files)
    lines = [text] if draft.is_empty else [text, _gathered(desk, draft)]
    await beneath(bot, press, _asking(desk, Screen(join(lines)), draft))


async def _left(desk: Desk, reminders: Reminders, person: Person, draft: _Draft, code: str) -> Screen | None:
    """Whether to drop what was gathered for another duty; None where that one cannot be reported any more."""
    try:
        key = await reminders.find_duty(person.id, draft.code)
        await reminders.report_done.may(person.id, key)
    except RefusedError:
        return None
    action = (await reminders.show_duty(person.id, key)).row.line.action
    drop = button(desk.texts.plain("button-report-drop"), ReportAnewButton(code=code))
    back = button(desk.texts.plain("button-report-go-on"), DutyButton(action=DutyAction.REPORT, code=draft.code))
    text = join([desk.texts("report-left", action=action), _gathered(desk, draft)])
    return Screen(text, keyboard([[back], [drop]]))


def _asking(desk: Desk, screen: Screen, draft: _Draft) -> Screen:
    """Pressed later, beneath an old message, the buttons do nothing to another report."""
    done = button(desk.texts.plain("button-report-done"), HandInButton(code=draft.code, number=draft.number))
    drop = button(desk.texts.plain("button-cancel"), DropReportButton(code=draft.code, number=draft.number))
    return Screen(screen.text, keyboard([reading_row(done, drop)]))


async def words_given(message: Message, bot: Bot, desk: Desk, reminders: Reminders, state: FSMContext) -> None:
    draft = (await _Draft.of(state)).with_words(cleaned(message.text or ""))
    reminders.report_done.room_for(draft.note, len(draft.files))
    await draft.keep(state)
    await _acknowledge(message, bot, desk, draft)


async def evidence_given(
    message: Message, bot: Bot, desk: Desk, reminders: Reminders, person: Person, state: FSMContext
) -> None:
    """Fetched and kept at once: a file id alone would be no evidence, and whoever sent it hears of a failure now."""
    file = _file_of(message)
    check_size(int(file["size"]))
    former = await _Draft.of(state)
    draft = former.with_words(cleaned(message.caption or ""))
    reminders.report_done.room_for(draft.note, len(draft.files) + 1)
    key = await reminders.find_duty(person.id, draft.code)
    async with typing(bot, message.chat.id):
        content = await fetched(bot, str(file["id"]))
        if content is None:
            text = desk.texts("report-fetch-failed", name=str(file["name"]))
            await reply(bot, message, _asking(desk, Screen(text), draft))
            return
        attachment = Attachment(EvidenceKind(file["kind"]), str(file["name"]), str(file["type"]), content)
        kept = await reminders.report_done.keep(person.id, key, attachment)
    album = message.media_group_id
    draft = replace(draft, files=(*draft.files, _row(kept)), album=album)
    await draft.keep(state)
    if album is None or album != former.album:  # one word for an album, not ten
        await _acknowledge(message, bot, desk, draft)


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
    await reply(bot, message, _asking(desk, Screen(desk.texts("report-kind")), await _Draft.of(state)))


def _gathered(desk: Desk, draft: _Draft) -> Html:
    note = ("yes" if draft.files else "only") if draft.note else "no"
    return desk.texts("report-gathered", note=note, files=len(draft.files))


async def _acknowledge(message: Message, bot: Bot, desk: Desk, draft: _Draft) -> None:
    text = join([desk.texts("report-got"), _gathered(desk, draft)])
    await reply(bot, message, _asking(desk, Screen(text), draft))


async def hand_in(
    press: CallbackQuery,
    callback_data: HandInButton,
    bot: Bot,
    desk: Desk,
    reminders: Reminders,
    person: Person,
    state: FSMContext,
    raw_state: str | None,
    wakeups: Wakeups,
) -> None:
    """Also when something else was begun since: what was gathered stays until then."""
    draft = await _Draft.of(state)
    if (callback_data.code, callback_data.number) != (draft.code, draft.number):
        raise RefusedError("form-old")
    key = await reminders.find_duty(person.id, draft.code)
    try:
        report = await reminders.report_done(person.id, key, draft.note, [_evidence(row) for row in draft.files])
    except DutyChangedError:
        await _drop(state, raw_state)
        raise
    await _drop(state, raw_state)
    wakeups.send_soon()
    line = (await reminders.show_duty(person.id, report.key)).row.line
    lasts = "yes" if line.lasts else "no"
    await replace_message(bot, press, Screen(desk.texts("report-sent", action=line.action, lasts=lasts)))


async def give_up(
    press: CallbackQuery,
    callback_data: DropReportButton,
    bot: Bot,
    desk: Desk,
    state: FSMContext,
    raw_state: str | None,
) -> None:
    draft = await _Draft.of(state)
    if (callback_data.code, callback_data.number) == (draft.code, draft.number):
        await _drop(state, raw_state)
        await replace_message(bot, press, Screen(desk.texts("form-cancelled")))
    else:
        await replace_message(bot, press, Screen(desk.texts("form-over", another="yes" if raw_state else "no")))


async def _drop(state: FSMContext, raw_state: str | None) -> None:
    """What was gathered is handed in or given up; another form that is open meanwhile stays so."""
    await keep_draft(state)
    if raw_state == Reporting.gathering.state:
        await state.set_state(None)
