"""The in-process channel with a few small conversations of its own: what it shows, refuses and never loses."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import CommandStart
from aiogram.filters.command import CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, InlineQuery, Message

from bot.chat_events import WAITING_MAX
from bot.flood_limit import FloodLimit
from bot.fluent_texts import load_texts
from bot.ports import Person
from tests.support.chats import Chat, open_channel
from tests.support.memory import MemoryStorage

TEXTS = load_texts()


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in rows]
    )


def echo_router() -> Router:
    router = Router()

    @router.message(CommandStart(deep_link=True))
    async def opened(message: Message, command: CommandObject) -> None:
        await message.answer(f"opened {command.args}")

    @router.message(F.text == "fail")
    async def fails(message: Message) -> None:
        raise ValueError("someone's words: " + (message.text or ""))

    @router.message(F.text == "broken")
    async def broken(message: Message) -> None:
        await message.answer("<b>never closed")

    @router.message(F.text == "count")
    async def counts(message: Message, state: FSMContext) -> None:
        data = await state.get_data()
        await asyncio.sleep(0)
        await state.set_data({"n": data.get("n", 0) + 1})

    @router.message(F.text)
    async def echoes(message: Message, person: Person, platform: str) -> None:
        await message.answer(
            f"<b>{message.html_text}</b> {platform}",
            reply_markup=keyboard([("next", "n:2"), ("fail", "fail")], [("silent", "silent"), ("unknown", "u")]),
        )

    @router.callback_query(F.data == "n:2")
    async def turns(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("page 2", reply_markup=keyboard([("next", "n:2")]))
        await query.answer("here")
        await query.answer("twice")

    @router.callback_query(F.data == "fail")
    async def press_fails(query: CallbackQuery) -> None:
        raise ValueError("no")

    @router.callback_query(F.data == "silent")
    async def says_nothing(query: CallbackQuery) -> None:
        pass

    @router.inline_query()
    async def finds(query: InlineQuery) -> None:
        await query.answer([])

    return router


async def test_a_text_is_answered_and_kept() -> None:
    storage = MemoryStorage()
    async with open_channel([echo_router()], storage=storage) as channel:
        chat = Chat(channel)
        answer = await chat.says("سلام <b>")
    assert answer.html == "<b>سلام &lt;b&gt;</b> test"
    assert answer.buttons == ["next", "fail", "silent", "unknown"]
    assert chat.transcript == ["person: سلام <b>", "bot: سلام <b> test"]
    assert [message.from_bot for message in await storage.chat_log.history(chat.person_id, limit=9)] == [False, True]
    assert await storage.inbox.counts("test") == {"handled": 1}


async def test_a_deep_link_opens() -> None:
    async with open_channel([echo_router()]) as channel:
        assert (await Chat(channel).starts("a_x-1")).text == "opened a_x-1"


async def test_a_press_edits_and_is_answered_once() -> None:
    async with open_channel([echo_router()]) as channel:
        chat = Chat(channel)
        await chat.says("x")
        assert (await chat.presses("next")).text == "page 2"
        assert chat.toasts == ["here"]
        await chat.presses("next")  # changes nothing: tolerated, still answered
        assert chat.toasts == ["here", "here"]
        assert [event.kind for event in chat.events] == ["message", "message", "edit", "toast", "toast"]


@pytest.mark.parametrize(
    ("label", "toast"),
    [("silent", ""), ("unknown", TEXTS.plain("channel-button-old")), ("fail", TEXTS.plain("channel-error-alert"))],
)
async def test_every_press_is_answered(label: str, toast: str) -> None:
    async with open_channel([echo_router()]) as channel:
        chat = Chat(channel)
        await chat.says("x")
        await chat.presses(label)
    assert [event.text for event in chat.events if event.kind == "toast"] == [toast]


async def test_a_button_that_is_not_there_is_an_old_one() -> None:
    async with open_channel([echo_router()]) as channel:
        chat = Chat(channel)
        await chat.says("x")
        await chat.presses_data("n:3", chat.last.message_id, forged=False)
        await chat.presses_data("n:2", 999, forged=False)
    assert chat.toasts == [TEXTS.plain("channel-button-old")] * 2
    assert chat.last.text == "x test"


@pytest.mark.parametrize("text", ["fail", "broken"])
async def test_a_failure_is_one_sentence(text: str, caplog: pytest.LogCaptureFixture) -> None:
    storage = MemoryStorage()
    async with open_channel([echo_router()], storage=storage) as channel:
        assert (await Chat(channel).says(text)).text == TEXTS("channel-error")
    assert await storage.inbox.counts("test") == {"failed": 1}
    assert "someone's words" not in caplog.text
    assert "test update" in caplog.text


async def test_inline_results_arrive() -> None:
    async with open_channel([echo_router()]) as channel:
        assert await Chat(channel).searches("ماده") == []


async def test_unreadable_updates_are_stepped_over() -> None:
    storage = MemoryStorage()
    async with open_channel([echo_router()], storage=storage) as channel:
        await channel.receive_update({"message": {"chat": "?"}})
        await channel.receive_update({"something_new": {"chat": {"id": 1}}})
        assert (await Chat(channel).says("x")).text == "x test"
    assert await storage.inbox.counts("test") == {"unreadable": 2, "handled": 1}


async def test_personal_numbers_are_never_stored() -> None:
    storage = MemoryStorage()
    async with open_channel([echo_router()], storage=storage) as channel:
        chat = Chat(channel)
        answer = await chat.says("کد ملی من ۰۰۱۲۳۴۵۶۷۹ است")
        kept = await storage.chat_log.history(chat.person_id, limit=9)
    assert answer.text == "کد ملی من ██████████ است test"
    assert "۰۰۱۲۳۴۵۶۷۹" not in str(kept)


async def test_a_text_handed_in_again_is_answered_once() -> None:
    async with open_channel([echo_router()]) as channel:
        chat = Chat(channel)
        first = await channel.receive_text(chat.person_id, "x", nonce="n1")
        again = await channel.receive_text(chat.person_id, "x", nonce="n1")
        await chat.catch_up()
    assert first == again
    assert chat.transcript == ["person: x", "bot: x test"]


async def test_no_state_is_lost_under_concurrency() -> None:
    storage = MemoryStorage()
    async with open_channel([echo_router()], storage=storage) as channel:
        updates = [
            {
                "message": {
                    "message_id": i,
                    "date": 0,
                    "text": "count",
                    "from": {"id": 5, "is_bot": False, "first_name": ""},
                    "chat": {"id": 5, "type": "private"},
                }
            }
            for i in range(500)
        ]
        await asyncio.gather(*(channel.receive_update(update) for update in updates))
        await channel.settled()
    assert (await storage.states.get("test:7:5:5")).data == {"n": 500}


async def test_who_is_too_fast_is_warned_once() -> None:
    seconds = [0.0]
    flood = FloodLimit(4, stopwatch=lambda: seconds[0])
    async with open_channel([echo_router()], flood=flood) as channel:
        chat = Chat(channel)
        for _ in range(8):
            await chat.says("x")
        other = Chat(channel, person_id=2)
        assert (await other.says("y")).text == "y test"
        seconds[0] = 60.0
        await chat.says("x")
    warning = "bot: " + TEXTS("channel-too-fast")
    assert [line for line in chat.transcript if line.startswith("bot")] == ["bot: x test"] * 4 + [
        warning,
        "bot: x test",
    ]


async def test_a_slow_reader_is_cut_off() -> None:
    async with open_channel([echo_router()]) as channel:
        subscription = channel.subscribe(1)
        for _ in range(WAITING_MAX):
            await channel.bot.send_chat_action(1, "typing")
        assert channel._session.events.watched == 1
        await channel.bot.send_chat_action(1, "typing")
        assert channel._session.events.watched == 0
        assert len([event async for event in subscription]) == WAITING_MAX


@pytest.mark.parametrize(
    ("text", "buttons", "reason"),
    [
        (" \u200c", [], "message text is empty"),
        ("x" * 4097, [], "message is too long"),
        ("a < b", [], "can't parse entities"),
        ("<div>x</div>", [], "can't parse entities"),
        ("x", [("b", "d" * 65)], "BUTTON_DATA_INVALID"),
        ("x", [("", "d")], "button text is empty"),
    ],
)
async def test_what_telegram_refuses_is_refused(text: str, buttons: list[tuple[str, str]], reason: str) -> None:
    async with open_channel([]) as channel:
        with pytest.raises(TelegramBadRequest, match=reason):
            await channel.bot.send_message(1, text, reply_markup=keyboard(buttons))


async def test_4096_characters_pass_whatever_their_markup() -> None:
    async with open_channel([]) as channel:
        message = await channel.bot.send_message(1, "<b>" + "😀" * 4095 + "</b>&amp;")
    assert message.text == "😀" * 4095 + "&"
    assert message.entities is not None
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bold", 0, 8190)]
