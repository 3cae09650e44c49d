"""A site over the reviewed corpus with a small bot whose answers are easy to follow, and a reader of its event stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import httpx
from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from knowledge.answers import Answer, Candidate, Intent, Status
from knowledge.corpus_files import load_corpus
from knowledge.provisions import Address, Corpus
from reminders.due_dates import DueDates
from reminders.obligations import load_register
from tests.support.web_server import ScriptedAnswerer, WebSite, serve_web

__all__ = ["ARTICLE", "StreamEvent", "answerer", "corpus", "limit_book", "listen", "press", "site", "visit", "write"]

REGULATIONS = Path(__file__).parents[2] / "knowledge" / "regulations"
ARTICLE = Address("roadmap-1404", "art_21")
ANSWER = Answer(
    "نظرسنجی",
    Intent.TOPIC,
    Status.ANSWERED,
    confident=True,
    hits=(Candidate(ARTICLE, 3.0),),
    main=ARTICLE,
    responsible=("وزارت ارتباطات و فناوری اطلاعات",),
    confidence=0.9,
)


@cache
def corpus() -> Corpus:
    """The reviewed corpus."""
    return load_corpus(REGULATIONS)


@cache
def limit_book() -> DueDates:
    """Its limits, no event recorded."""
    return DueDates(load_register(REGULATIONS, corpus()), corpus(), dict)


def answerer() -> ScriptedAnswerer:
    """Answers article 21 of the roadmap, whatever is asked."""
    return ScriptedAnswerer(ANSWER)


def site(**changes: Any) -> AbstractAsyncContextManager[WebSite]:
    """A running site; keyword arguments are those of `serve_web`."""
    return serve_web(corpus(), limit_book(), answerer(), routers=[_small_bot()], **changes)


def _small_bot() -> Router:
    """Says what it was told, with a button that turns the message; «حذف» deletes that message again."""
    router = Router()

    @router.message(F.text)
    async def echo(message: Message) -> None:
        keyboard = [
            [
                InlineKeyboardButton(text="بعدی", callback_data="turn"),
                InlineKeyboardButton(text="حذف", callback_data="drop"),
            ]
        ]
        await message.answer(
            f"پژواک: {escape(message.text or '', quote=False)}",
            reply_markup=InlineKeyboardMarkup(inline_keyboard=keyboard),
        )

    @router.callback_query(F.data == "turn")
    async def turn(press: CallbackQuery) -> None:
        assert isinstance(press.message, Message)
        await press.message.edit_text("صفحه دیگر")
        await press.answer("شد")

    @router.callback_query(F.data == "drop")
    async def drop(press: CallbackQuery) -> None:
        assert isinstance(press.message, Message)
        await press.message.delete()
        await press.answer()

    return router


async def visit(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Opens the page, so that the browser has its cookie."""
    assert (await client.get("/")).status_code == 200
    return client


async def write(client: httpx.AsyncClient, text: str, nonce: str = "") -> httpx.Response:
    """Sends a message as the page does."""
    return await client.post("/chat/messages", json={"text": text, "nonce": nonce or f"nonce-{abs(hash(text))}"})


async def press(client: httpx.AsyncClient, message_id: int, data: str) -> httpx.Response:
    """Presses a button as the page does."""
    return await client.post("/chat/presses", json={"message_id": message_id, "data": data})


@dataclass(frozen=True)
class StreamEvent:
    """One server-sent event; `token` is its id, "" for none."""

    kind: str
    data: Any
    token: str


class Listener:
    """Events of one open stream, one after the other."""

    def __init__(self, events: AsyncIterator[StreamEvent]) -> None:
        self._events = events

    async def next(self, *kinds: str) -> StreamEvent:
        """The next event of one of these kinds (any without), within five seconds."""
        async with asyncio.timeout(5):
            async for event in self._events:
                if not kinds or event.kind in kinds:
                    return event
        raise AssertionError("the stream ended")

    async def ended(self) -> bool:
        """True once the stream has ended, whatever came before its end."""
        async with asyncio.timeout(5):
            return not [event async for event in self._events if event.kind == "never"]


@asynccontextmanager
async def listen(client: httpx.AsyncClient, after: str = "", **query: Any) -> AsyncIterator[Listener]:
    """The stream that a page opens; `after` is the token of the last event it got."""
    params = {"shown": 0, **query} | ({"after": after} if after else {})
    async with client.stream("GET", "/chat/events", params=params) as response:
        assert response.status_code == 200, await response.aread()
        yield Listener(_events(response))


async def _events(response: httpx.Response) -> AsyncIterator[StreamEvent]:
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield StreamEvent(fields["event"], json.loads(fields["data"]), fields.get("id", ""))
            fields = {}
