"""Long polling and sending against the strict Bot API double: nothing lost, nothing twice, whatever the network does."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramServerError
from aiogram.types import (
    CallbackQuery,
    ChosenInlineResult,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    Message,
)

from bot.dispatcher import build_dispatcher
from bot.feeder import Feeder
from bot.fluent_texts import load_texts
from bot.introduction import introduce
from bot.polling import ALLOWED_UPDATES, GetRawUpdates, Poller
from bot.ports import InboxUpdate
from bot.sending import Sending
from bot.state_storage import OneAtATime, StoredState
from bot.telegram import telegram_bot
from tests.support.botapi import TOKEN, BotApiDouble, Clock, User
from tests.support.botapi.updates import Webhook
from tests.support.chats import now
from tests.support.memory import MemoryInbox, MemoryStorage

TEXTS = load_texts()
SARA = 7


def router() -> Router:
    """Echoes; fails on «fail»; the button edits the message and says so."""
    made = Router()
    again = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="again", callback_data="again")]])

    @made.message(F.text == "fail")
    async def fails(message: Message) -> None:
        raise ValueError

    @made.message(F.text)
    async def echoes(message: Message) -> None:
        await message.answer(f"echo: {message.html_text}", reply_markup=again)

    @made.callback_query(F.data == "again")
    async def edits(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("pressed", reply_markup=again)
        await query.answer("done")

    @made.inline_query()
    async def finds(query: InlineQuery) -> None:
        await query.answer([], cache_time=0)

    @made.chosen_inline_result()
    async def notes(result: ChosenInlineResult) -> None:
        pass

    return made


@dataclass
class Pauses:
    """Sleeps as long as the loop needs for one round and remembers how long it was asked to."""

    asked: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(0)


@dataclass
class Running:
    """A bot that polls the double."""

    bot: Bot
    poller: Poller
    feeder: Feeder
    sending: Sending
    pauses: Pauses
    storage: MemoryStorage


@pytest.fixture
async def double() -> AsyncIterator[BotApiDouble]:
    async with BotApiDouble() as server:
        yield server


@pytest.fixture
def sara(double: BotApiDouble) -> User:
    return double.user(SARA, started=True)


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


@asynccontextmanager
async def polling(double: BotApiDouble, storage: MemoryStorage, *, token: str = TOKEN) -> AsyncIterator[Running]:
    ticks = itertools.count()
    pauses = Pauses()
    sending = Sending(sleep=pauses, stopwatch=lambda: next(ticks) / 100, chance=lambda: 0.5)
    bot = telegram_bot(token, api_base=double.url, proxy="", sending=sending)
    dispatcher = build_dispatcher(
        [router()],
        {},
        state=StoredState(storage.states, {bot.id: "telegram"}),
        isolation=OneAtATime(),
        people=storage.people,
        texts=TEXTS,
        clock=now,
        flood=None,
    )
    feeder = Feeder("telegram", bot, dispatcher, storage.inbox, clock=now, concurrency=32)
    poller = Poller(bot, storage.inbox, feeder, clock=now, sleep=pauses, chance=lambda: 0.5, poll_timeout_s=20)
    task = asyncio.create_task(poller.run())
    try:
        yield Running(bot, poller, feeder, sending, pauses, storage)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await feeder.drain(5)
        await bot.session.close()


@pytest.fixture
async def running(double: BotApiDouble, storage: MemoryStorage) -> AsyncIterator[Running]:
    async with polling(double, storage) as one:
        yield one


async def settled(double: BotApiDouble, running: Running) -> None:
    """Everything that the double has to give was taken and handled."""
    await double.wait_for(lambda _: not double.queue.pending)
    await running.feeder.idle()


async def test_a_text_is_answered_and_confirmed(double: BotApiDouble, sara: User, running: Running) -> None:
    answer = await sara.asks("سلام")
    assert answer.text == "echo: سلام"
    await settled(double, running)
    assert double.calls_of("getUpdates")[0].params["allowed_updates"] == list(ALLOWED_UPDATES)
    assert await running.storage.inbox.counts("telegram") == {"handled": 1}
    assert not double.violations


async def test_stored_before_confirmed(double: BotApiDouble, sara: User, storage: MemoryStorage) -> None:
    class Failing(MemoryInbox):
        failures = 2

        async def put(
            self, platform: str, updates: Sequence[tuple[int, Mapping[str, Any]]], at: Any, *, started: bool = False
        ) -> list[InboxUpdate]:
            if updates and self.failures:
                self.failures -= 1
                assert double.queue.confirmed == 0
                raise OSError("disk full")
            return await super().put(platform, updates, at, started=started)

    storage.inbox = Failing()
    async with polling(double, storage) as running:
        assert (await sara.asks("x")).text == "echo: x"
        assert running.poller.counts["faults"] == 2
        assert running.pauses.asked[:2] == [0.75, 1.5]


async def test_an_update_that_cannot_be_read_fails_nobody_else(
    double: BotApiDouble, sara: User, running: Running
) -> None:
    double.queue.push_raw({"message": {"chat": "?"}})
    double.queue.push_raw({"some_new_kind": {"id": 1}})
    answer = await sara.asks("x")
    assert answer.text == "echo: x"
    await settled(double, running)
    assert running.feeder.outcomes["unreadable"] == 2


async def test_updates_without_an_id_are_stepped_over(
    double: BotApiDouble, sara: User, storage: MemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    nonsense: list[Any] = [5, None, {"message": {}}, {"update_id": "7"}, {"update_id": 2**63}]
    give = double.queue.poll

    async def poll(offset: int, limit: int, wait_s: int) -> list[Any]:
        given = await give(offset, limit, wait_s)
        return [*nonsense, *given] if given else given

    monkeypatch.setattr(double.queue, "poll", poll)
    async with polling(double, storage) as running:
        assert (await sara.asks("x")).text == "echo: x"
        await settled(double, running)
        assert running.poller.counts["malformed"] == len(nonsense)


async def test_personal_numbers_do_not_reach_the_inbox(double: BotApiDouble, sara: User, running: Running) -> None:
    assert (await sara.asks("شماره‌ام ۰۹۱۲۱۲۳۴۵۶۷ است")).text == "echo: شماره‌ام ███████████ است"


async def test_an_update_given_twice_is_answered_once(double: BotApiDouble, sara: User, storage: MemoryStorage) -> None:
    await sara.sends("x")
    async with polling(double, storage) as running:
        await double.wait_for(lambda t: t.from_bot(sara))
        await running.feeder.idle()
    update = json.loads(json.dumps({"update_id": double.queue._next_id - 1, "message": sara.person.as_user()}))
    double.queue.pending.insert(0, update)  # as when the confirmation was lost
    async with polling(double, storage) as running:
        await settled(double, running)
        assert running.poller.counts["repeated"] == 1
    assert len(double.transcript.from_bot(sara)) == 1


@pytest.mark.parametrize("kind", ["429", "500", "502", "reset_before", "reset_after"])
async def test_polling_survives(kind: Any, double: BotApiDouble, sara: User, storage: MemoryStorage) -> None:
    double.inject(kind, "getUpdates", times=3, retry_after=4)
    await sara.sends("x")
    async with polling(double, storage) as running:
        await double.wait_for(lambda t: t.from_bot(sara))
        await settled(double, running)
        assert running.poller.counts["faults"] == 3
        expected = [4.5] * 3 if kind == "429" else [0.75, 1.5, 3.0]
        assert running.pauses.asked == expected
    assert len(double.transcript.from_bot(sara)) == 1


async def test_another_poller_is_named_once(
    double: BotApiDouble, sara: User, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    sending = Sending(sleep=Pauses(), stopwatch=lambda: 0.0, chance=lambda: 0.5)
    other = telegram_bot(TOKEN, api_base=double.url, proxy="", sending=sending)
    while running.poller.counts["faults"] < 3:
        await double.wait_for(lambda _: double.calls_of("getUpdates"))
        await other(GetRawUpdates(timeout=0, allowed_updates=["message"]))
    await other.session.close()
    assert (await sara.asks("x")).text == "echo: x"
    lines = [record.message for record in caplog.records if "another program polls" in record.message]
    assert len(lines) == 1


async def test_a_webhook_left_behind_is_taken_away_with_what_waits_there(
    double: BotApiDouble, sara: User, storage: MemoryStorage
) -> None:
    double.queue.set_webhook(Webhook("https://example.org/hook"))
    await sara.sends("x")
    async with polling(double, storage):
        await double.wait_for(lambda t: t.from_bot(sara))
    assert [m.text for m in double.transcript.from_bot(sara)] == ["echo: x"]
    assert len(double.calls_of("deleteWebhook")) == 1


@pytest.mark.parametrize("kind", ["429", "500"])
async def test_a_menu_that_is_refused_keeps_nobody_from_answering(double: BotApiDouble, kind: Any) -> None:
    double.inject(kind, "setMyDescription", times=None, retry_after=100)
    sending = Sending(sleep=Pauses(), stopwatch=itertools.count().__next__, chance=lambda: 0.5)
    bot = telegram_bot(TOKEN, api_base=double.url, proxy="", sending=sending)
    await introduce(bot, TEXTS)
    await bot.session.close()
    assert len(double.calls_of("setMyCommands")) == len(double.calls_of("setMyShortDescription")) == 1


async def test_a_wrong_token_is_named(
    double: BotApiDouble, storage: MemoryStorage, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(double, storage, token="2:token") as running:
        await until(lambda: running.poller.counts["faults"] >= 2)
        assert running.pauses.asked[:2] == [60.0, 60.0]
    assert sum("does not know this token" in record.message for record in caplog.records) == 1


async def until(condition: Callable[[], bool]) -> None:
    """Lets the loop go on until the condition holds."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  no time passes
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("kind", "answers", "count"),
    [
        ("429", 1, "repeated"),
        ("500", 1, "maybe_twice"),
        ("502", 1, "maybe_twice"),
        ("reset_before", 1, "maybe_twice"),
        ("reset_after", 2, "maybe_twice"),
    ],
)
async def test_a_reply_is_repeated(
    kind: Any, answers: int, count: str, double: BotApiDouble, sara: User, running: Running
) -> None:
    double.inject(kind, "sendMessage", times=1, retry_after=1)
    await sara.asks("x")
    await settled(double, running)
    assert len(double.transcript.from_bot(sara)) == answers
    assert running.sending.counts[count] == 1


async def test_repeating_ends(double: BotApiDouble, sara: User, running: Running) -> None:
    double.inject("500", "sendMessage", times=None)
    with pytest.raises(TelegramServerError):
        await running.bot.send_message(SARA, "x")
    assert running.sending.counts["given_up"] == 1
    assert len(double.calls_of("sendMessage")) == 6
    await sara.sends("x")  # neither the answer nor the apology arrives, and nothing breaks
    await settled(double, running)
    double.faults.clear()
    assert (await sara.asks("y")).text == "echo: y"


async def test_a_long_wait_is_not_waited_for(double: BotApiDouble, sara: User, running: Running) -> None:
    double.inject("429", "sendMessage", times=1, retry_after=300)
    with pytest.raises(Exception, match="Flood control"):
        await running.bot.send_message(SARA, "x")
    assert running.pauses.asked == []


async def test_a_press_is_answered_once_and_a_second_one_changes_nothing(
    double: BotApiDouble, sara: User, running: Running
) -> None:
    shown = await sara.asks("x")
    first = await sara.presses(shown, "again")
    await double.wait_for(lambda _: first.answer)
    second = await sara.presses(shown, "again")
    await double.wait_for(lambda _: second.answer)
    assert (first.toast, second.toast) == ("done", "done")
    assert shown.text == "pressed"
    assert running.sending.counts["not_modified"] == 1
    assert len(double.calls_of("answerCallbackQuery")) == 2


async def test_an_unknown_button_is_an_old_one(double: BotApiDouble, sara: User, running: Running) -> None:
    press = await sara.presses_data(await sara.asks("x"), "long gone")
    await double.wait_for(lambda _: press.answer)
    assert press.toast == TEXTS.plain("channel-button-old")


async def test_a_press_answered_too_late_is_tolerated(storage: MemoryStorage) -> None:
    async with BotApiDouble(clock=Clock(1000)) as double:
        sara = double.user(SARA, started=True)
        double.world.query_lifetime_s = 0.001
        async with polling(double, storage) as running:
            shown = await sara.asks("x")
            await sara.presses(shown, "again")
            await double.wait_for(lambda _: running.sending.counts["late"])
            await settled(double, running)
            assert shown.text == "pressed"
            assert running.feeder.outcomes["failed"] == 0


async def test_inline_queries_are_answered(double: BotApiDouble, sara: User, running: Running) -> None:
    search = await sara.inline("ماده")
    await double.wait_for(lambda _: search.answer is not None)


async def test_a_failure_is_one_sentence(double: BotApiDouble, sara: User, running: Running) -> None:
    assert (await sara.asks("fail")).text == TEXTS.plain("channel-error")


async def test_who_blocked_the_bot_is_noted(double: BotApiDouble, sara: User, running: Running) -> None:
    await sara.asks("x")
    sara.blocks_bot()
    await settled(double, running)
    assert running.storage.people.people["telegram", SARA].blocked
    assert len(double.transcript.from_bot(sara)) == 1
    await sara.asks("back")
    assert not running.storage.people.people["telegram", SARA].blocked


async def test_blocked_in_the_middle_of_an_answer_is_no_failure(
    double: BotApiDouble, sara: User, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    sara.person.blocked = True
    double.queue.push("message", _text_of(sara, "x"))
    await settled(double, running)
    assert running.feeder.outcomes == {"handled": 1, "unreadable": 0, "failed": 0, "not_recorded": 0}
    assert running.storage.people.people["telegram", SARA].blocked
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def _text_of(user: User, text: str) -> dict[str, Any]:
    return {"message_id": 900, "date": 1, "from": user.person.as_user(), "chat": user.person.as_chat(), "text": text}


async def test_a_thousand_updates_in_order(double: BotApiDouble, running: Running) -> None:
    people = [double.user(100 + i, started=True) for i in range(10)]
    for i in range(100):
        for person in people:
            await person.sends(str(i))
    await double.wait_for(lambda t: len(t.from_bot()) == 1000, 60)
    for person in people:
        assert [m.text for m in double.transcript.from_bot(person)] == [f"echo: {i}" for i in range(100)]
