"""The terminal chat: lines in, messages out."""

import io
from collections.abc import Iterable

import pytest
from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.fluent_texts import load_texts
from bot.terminal import TerminalChat, line_reader, terminal_text
from tests.support.chats import open_channel

TEXTS = load_texts()


def router() -> Router:
    made = Router()
    rows = [
        [InlineKeyboardButton(text="left", callback_data="l"), InlineKeyboardButton(text="right", callback_data="r")],
        [InlineKeyboardButton(text="page", url="https://example.ir/r")],
    ]

    @made.message()
    async def echoes(message: Message) -> None:
        if message.text != "silence":
            await message.answer(f"<b>{message.html_text}</b>", reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))

    @made.callback_query()
    async def notes(query: CallbackQuery) -> None:
        await query.answer(f"pressed {query.data}")

    return made


async def chat(lines: Iterable[str]) -> list[str]:
    """What a terminal shows between hello and goodbye."""
    rest, shown = iter(lines), list[str]()

    async def read_line() -> str | None:
        return next(rest, None)

    async with open_channel([router()]) as channel:
        await TerminalChat(channel, TEXTS, read_line=read_line, write=shown.append, styled=False).run()
    assert (shown[0], shown[-1]) == (TEXTS.plain("terminal-hello"), TEXTS.plain("terminal-bye"))
    return shown[1:-1]


async def test_a_line_is_answered_with_numbered_buttons() -> None:
    assert await chat(["سلام <x>\n"]) == ["", "سلام <x>", "[۱] right   [۲] left   [۳] page"]


async def test_a_number_presses_whatever_digits_it_is_written_in() -> None:
    assert (await chat(["x", "۲", "1", "3"]))[3:] == [
        "(pressed l)",
        "(pressed r)",
        TEXTS.plain("terminal-link", url="https://example.ir/r"),
    ]


async def test_a_number_without_a_button_is_a_text() -> None:
    assert (await chat(["21"]))[1] == "21"
    assert (await chat(["x", "4"]))[4] == "4"


async def test_nothing_said_is_said() -> None:
    assert await chat(["silence", "", "/quit", "never read"]) == [TEXTS.plain("terminal-no-answer")]


@pytest.mark.parametrize(
    ("source", "styled", "shown"),
    [
        ("<b>a</b> &lt; <u>b</u>", True, "\x1b[1ma\x1b[0m < \x1b[4mb\x1b[0m"),
        ("<blockquote expandable>a\n<b>b</b></blockquote>c", False, "│ a\n│ bc"),
        ("a\x1b[2Jb\x07", True, "a[2Jb"),
    ],
)
def test_how_messages_look(source: str, styled: bool, shown: str) -> None:
    assert terminal_text(source, styled=styled) == shown


async def test_lines_of_a_stream_then_none() -> None:
    read_line = line_reader(io.StringIO("a\nb\n"))
    assert [await read_line() for _ in range(3)] == ["a\n", "b\n", None]
