"""A message passes dozens of filters: none of them may cost a hop to a worker thread."""

from __future__ import annotations

import datetime as dt
import threading

from aiogram import Bot, Dispatcher, F, Router
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Chat, Message, Update, User

from bot.inline_filters import run_inline


class Typing(StatesGroup):
    name = State()


SEEN: list[str] = []


def watched(message: Message, answer: str) -> bool:
    SEEN.append(f"{threading.current_thread().name}: {answer}")
    return bool(message.text)


def update(text: str) -> Update:
    chat, user = Chat(id=5, type="private"), User(id=5, is_bot=False, first_name="مینا")
    message = Message(message_id=1, date=dt.datetime(2026, 11, 28, tzinfo=dt.UTC), chat=chat, from_user=user, text=text)
    return Update(update_id=1, message=message)


async def test_filters_run_in_the_loop_and_decide_as_before() -> None:
    SEEN.clear()
    parent, child = Router(), Router()
    done: list[tuple[str, str | None]] = []

    @child.message(Typing.name)
    async def typed(message: Message) -> None:
        done.append(("typed", message.text))

    @child.message(F.text.regexp(r"^/rate (\d+)").group(1).as_("rate"), watched)
    async def rated(message: Message, rate: str) -> None:
        done.append(("rated", rate))

    @parent.message(F.text == "سلام")
    async def greeted(message: Message) -> None:
        done.append(("greeted", message.text))

    parent.message.filter(F.chat.type == "private")
    parent.include_router(child)
    dispatcher = Dispatcher(storage=MemoryStorage(), answer="بله")
    dispatcher.include_router(parent)
    run_inline(dispatcher)

    bot = Bot("42:TEST")
    for text in ("سلام", "/rate 1000", "چیز دیگر"):
        await dispatcher.feed_update(bot, update(text))
    await dispatcher.fsm.get_context(bot, 5, 5).set_state(Typing.name)
    await dispatcher.feed_update(bot, update("اداره کل"))

    assert done == [("greeted", "سلام"), ("rated", "1000"), ("typed", "اداره کل")]
    assert set(SEEN) == {f"{threading.main_thread().name}: بله"}
    assert all(
        one.awaitable
        for router in dispatcher.chain_tail
        for observer in router.observers.values()
        for handler in (observer._handler, *observer.handlers)
        for one in handler.filters or ()
    )
