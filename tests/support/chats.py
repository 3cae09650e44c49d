"""Plays conversations through the in-process channel and reads their transcripts.

async with open_channel(routers, {"corpus": corpus}) as channel:
    chat = Chat(channel)
    answer = await chat.says("ماده ۲۱ نقشه راه")
    assert "نظرسنجی" in answer.text
    await chat.presses("تبصره‌ها")
"""

from __future__ import annotations

import datetime as dt
import html
import itertools
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiogram import Router

from bot.chat_events import ChatEvents, Event, Subscription
from bot.dispatcher import build_dispatcher
from bot.feeder import Feeder
from bot.flood_limit import FloodLimit
from bot.fluent_texts import Texts, load_texts
from bot.in_process import InProcessChannel, InProcessSession, in_process_bot
from bot.ports import ChatFiles, ChatLog, Inbox, LoggedMessage, People, StateStore
from bot.state_storage import OneAtATime, StoredState
from tests.support.memory import MemoryStorage

__all__ = ["Chat", "Shown", "Storage", "now", "open_channel"]

BOT_ID = 7
PLATFORM = "test"


class Storage(Protocol):
    """`MemoryStorage`, or `storage.unit_of_work.Repositories` over a real database."""

    @property
    def people(self) -> People: ...
    @property
    def states(self) -> StateStore: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def chat_log(self) -> ChatLog: ...


def now() -> dt.datetime:
    """The time by this machine's clock, aware, UTC."""
    return dt.datetime.now(dt.UTC)


@asynccontextmanager
async def open_channel(
    routers: Sequence[Router],
    dependencies: Mapping[str, Any] | None = None,
    *,
    storage: Storage | None = None,
    texts: Texts | None = None,
    clock: Callable[[], dt.datetime] = now,
    flood: FloodLimit | None = None,
    platform: str = PLATFORM,
    concurrency: int = 32,
    files: ChatFiles | None = None,
) -> AsyncIterator[InProcessChannel]:
    """A whole bot in this process; without `storage` it remembers in memory. Its work is finished before the end."""
    storage = storage or MemoryStorage()
    dispatcher = build_dispatcher(
        routers,
        dependencies or {},
        state=StoredState(storage.states, {BOT_ID: platform}),
        isolation=OneAtATime(),
        people=storage.people,
        texts=texts or load_texts(),
        clock=clock,
        flood=flood,
    )
    session = InProcessSession(
        storage.chat_log, events=ChatEvents(), clock=clock, name="Rahyar", username="rahyar_bot", files=files
    )
    bot = in_process_bot(session, BOT_ID)
    feeder = Feeder(platform, bot, dispatcher, storage.inbox, clock=clock, concurrency=concurrency)
    channel = InProcessChannel(
        platform,
        bot,
        session,
        feeder,
        chat_log=storage.chat_log,
        inbox=storage.inbox,
        clock=clock,
        new_id=itertools.count(1).__next__,
    )
    try:
        yield channel
    finally:
        await feeder.drain(10)
        await session.close()
        for router in routers:
            router._parent_router = None  # so that the next test may include it again


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the person sees it."""

    message_id: int
    html: str
    keyboard: Sequence[Sequence[Mapping[str, str]]]

    @property
    def text(self) -> str:
        """The words without markup."""
        return html.unescape(re.sub(r"<[^>]*>", "", self.html))

    @property
    def buttons(self) -> list[str]:
        """Labels, row after row as Telegram lays them out (left to right)."""
        return [button["text"] for row in self.keyboard for button in row]

    def button(self, label: str) -> Mapping[str, str]:
        """The button with this label, or the only one that contains it; AssertionError names those there are."""
        every = [button for row in self.keyboard for button in row]
        found = [b for b in every if b["text"] == label] or [b for b in every if label in b["text"]]
        assert len(found) == 1, f"{label!r} is on {len(found)} of {self.buttons}"
        return found[0]


@dataclass
class Chat:
    """One person with the bot. `transcript` holds everything said and done, in order."""

    channel: InProcessChannel
    person_id: int = 1001
    first_name: str = "سارا"
    messages: dict[int, Shown] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    _subscription: Subscription = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._subscription = self.channel.subscribe(self.person_id)

    async def says(self, text: str) -> Shown:
        """Writes a text; the bot's last message afterwards."""
        await self.channel.receive_text(self.person_id, text, first_name=self.first_name)
        await self.catch_up()
        return self.last

    async def starts(self, payload: str = "") -> Shown:
        """Opens the bot by its start button or a deep link."""
        return await self.says(f"/start {payload}".rstrip())

    async def presses(self, label: str, on: Shown | None = None) -> Shown:
        """Presses the button with this label, by default on the bot's last message; that message afterwards."""
        shown = on or self.last
        self.transcript.append(f"[{label}]")
        await self.presses_data(shown.button(label)["data"], shown.message_id)
        return self.messages.get(shown.message_id, shown)

    async def presses_data(self, data: str, message_id: int, *, forged: bool = True) -> None:
        """Presses a button that may not be there."""
        await self.channel.press(self.person_id, message_id, data, first_name=self.first_name, forged=forged)
        await self.catch_up()

    async def searches(self, query: str, offset: str = "") -> Sequence[Mapping[str, Any]]:
        """Writes an inline query; the results offered."""
        await self.channel.inline_query(self.person_id, query, offset=offset, first_name=self.first_name)
        await self.catch_up()
        answers = [event.results for event in self.events if event.kind == "inline_results"]
        assert answers, "the inline query was not answered"
        return answers[-1]

    @property
    def last(self) -> Shown:
        """The bot's newest message."""
        assert self.messages, "the bot has not written anything"
        return self.messages[max(self.messages)]

    async def catch_up(self) -> None:
        """Reads what happened until the bot has nothing more to do."""
        await self.channel.settled()
        while (event := self._subscription.next_waiting()) is not None:
            self.events.append(event)
            self._note(event)

    def _note(self, event: Event) -> None:
        if event.kind == "toast" and event.text:
            self.toasts.append(event.text)
            self.transcript.append(f"({event.text})")
        if event.kind == "delete" and event.message_id is not None:
            self.messages.pop(event.message_id, None)
        if event.message is not None:
            self._show(event.message, edited=event.kind == "edit")

    def _show(self, message: LoggedMessage, *, edited: bool) -> None:
        shown = Shown(message.message_id, message.body["text"], message.body["keyboard"])
        if message.from_bot:
            self.messages[message.message_id] = shown
        who = ("bot edits: " if edited else "bot: ") if message.from_bot else "person: "
        self.transcript.append(who + shown.text)
