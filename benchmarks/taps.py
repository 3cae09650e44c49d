"""200 people tapping a face at once, from stored update to edited message, through feeder, dispatcher and database.

The aims: SQLite ≥ 150, PostgreSQL ≥ 300 one-tap responses a second in one process, none lost, none doubled, and at least
half of a bare aiogram handler with the same statements. Every tenth person presses twice. Updates come in batches of
100 as polling brings them; what Telegram would be sent is taken by a session that answers at once, because its limits, not
ours, end at 30 messages a second. Beside the clock's figure stands the one by the process's own CPU time: it says what
one undisturbed core could do, SQLite's work included, PostgreSQL's server not.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import re
import sys
import time
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.base import BaseSession
from aiogram.methods import AnswerCallbackQuery, EditMessageText, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import CallbackQuery, Message, Update
from sqlalchemy import JSON, Date, TextClause, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from benchmarks.surveys import NOW, POSTGRESQL, SERVICES, opened, survey_rules
from bot.dispatcher import build_dispatcher
from bot.feeder import Feeder
from bot.fluent_texts import load_texts
from bot.ports import Person
from bot.state_storage import OneAtATime, StoredState
from storage.columns import UtcDateTime
from storage.database import Database
from storage.survey_first_answers import SqlFirstAnswers
from storage.survey_models import OutboxRow, ResponseRow, TallyCountRow
from storage.unit_of_work import Repositories, survey_work
from surveys.answering import GiveAnswer
from surveys.responses import Respondent
from tests.support.memory import plain_asker_key

AIMS = {"sqlite": 150.0, "postgresql": 300.0}
OF_BARE_MIN = 0.5
PEOPLE, AT_ONCE, BATCH, TWICE_EVERY = 2000, 200, 100, 10
BOT_ID = 7


class TakenAtOnce(BaseSession):
    """A Bot API that accepts everything without a network; `edits` counts messages by chat."""

    def __init__(self) -> None:
        super().__init__()
        self.edits: Counter[int] = Counter()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram names it so
    ) -> TelegramType:
        if isinstance(method, EditMessageText):
            self.edits[int(method.chat_id or 0)] += 1
            return cast(TelegramType, Message.model_validate(_message(int(method.chat_id or 0)), context={"bot": bot}))
        assert isinstance(method, AnswerCallbackQuery), method
        return cast(TelegramType, True)

    async def close(self) -> None:
        pass

    async def stream_content(self, *arguments: Any, **options: Any) -> AsyncGenerator[bytes, None]:
        nothing: tuple[bytes, ...] = ()
        for chunk in nothing:
            yield chunk


@dataclass(frozen=True, slots=True)
class Speed:
    """One-tap responses a second by the clock and by the CPU time of this process."""

    by_clock: float
    by_cpu: float


def _message(chat_id: int) -> dict[str, Any]:
    return {"message_id": 1, "date": 1, "chat": {"id": chat_id, "type": "private"}, "text": "ارزیابی خدمت"}


def presses(people: int) -> list[tuple[int, dict[str, Any]]]:
    """One press of a face a person, twice of every tenth."""
    updates: list[tuple[int, dict[str, Any]]] = []
    for number in range(1, people + 1):
        for _ in range(2 if number % TWICE_EVERY == 0 else 1):
            query = {
                "id": str(len(updates)),
                "from": {"id": number, "is_bot": False, "first_name": "م"},
                "chat_instance": "1",
                "data": f"face:{SERVICES[number % 3].id}:{number % 5 + 1}",
                "message": _message(number),
            }
            updates.append((len(updates), {"update_id": len(updates), "callback_query": query}))
    return updates


def product_router(database: Database) -> Router:
    """The shortest handler over the use case."""
    router, give = Router(), GiveAnswer(lambda: survey_work(database), SqlFirstAnswers(database), survey_rules())

    @router.callback_query()
    async def tapped(query: CallbackQuery, person: Person, platform: str) -> None:
        _, service, face = str(query.data).split(":")
        page = await give(
            Respondent(person.id, platform, person.platform_id), service, "overall", int(face), channel=platform
        )
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"سپاس! کد پیگیری: {page.response and page.response.code}")

    return router


async def product(database: Database, people: int) -> tuple[Speed, Counter[int]]:
    """All of it, as run.py puts it together."""
    session = TakenAtOnce()
    bot, kept = Bot(f"{BOT_ID}:bench", session=session), Repositories(database, asker_key=plain_asker_key)
    dispatcher = build_dispatcher(
        [product_router(database)],
        {},
        state=StoredState(kept.states, {BOT_ID: "bench"}),
        isolation=OneAtATime(),
        people=kept.people,
        texts=load_texts(),
        clock=lambda: NOW,
        flood=None,
    )
    feeder = Feeder("bench", bot, dispatcher, kept.inbox, clock=lambda: NOW, concurrency=AT_ONCE, waiting_max=AT_ONCE)
    with Timed() as timed:
        updates = presses(people)
        for first in range(0, len(updates), BATCH):
            await feeder.room()
            feeder.feed(await kept.inbox.put("bench", updates[first : first + BATCH], NOW))
        await feeder.idle()
    assert feeder.outcomes["handled"] == len(updates), feeder.outcomes
    return timed.speed(people), session.edits


class Timed:
    """Clock and CPU time of a block, garbage collected before it."""

    def __enter__(self) -> Timed:
        gc.collect()
        self._clock, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *error: object) -> None:
        self._clock, self._cpu = time.perf_counter() - self._clock, time.process_time() - self._cpu

    def speed(self, count: int) -> Speed:
        return Speed(round(count / self._clock, 1), round(count / self._cpu, 1))


async def counted(database: Database) -> dict[str, int]:
    """What the database holds after the taps."""
    answered = select(func.sum(TallyCountRow.__table__.c.count)).where(
        TallyCountRow.question == "", TallyCountRow.value == "answered"
    )
    async with database.read() as connection:
        return {
            "responses": (await connection.execute(select(func.count()).select_from(ResponseRow))).scalar_one(),
            "people": (await connection.execute(select(func.count(ResponseRow.once.distinct())))).scalar_one(),
            "events": (await connection.execute(select(func.count()).select_from(OutboxRow))).scalar_one(),
            "tallied": int((await connection.execute(answered)).scalar_one() or 0),
        }


# -- the same statements without us ---------------------------------------------------------------------------------


def _sql(words: str) -> TextClause:
    names = re.findall(r":(\w+)", words)
    times: dict[str, TypeEngine[Any]] = {"at": UtcDateTime(), "day": Date(), "payload": JSON()}
    return text(words).bindparams(
        *(bindparam(name, type_=times[name]) for name in dict.fromkeys(names) if name in times)
    )


_COLUMNS = (
    "uid, code, service_id, channel, period, period_ends, once, asker, questionnaire, version, answers, text, finished,"
    " standing, again, day, month, answered_at, revision"
)
_PUT = _sql(
    "INSERT INTO inbox (platform, update_id, sender_id, payload, attempts, received_at)"
    " VALUES ('bare', :id, :sender, :payload, 0, :at) ON CONFLICT (platform, update_id) DO NOTHING"
)
_STARTED = _sql("UPDATE inbox SET attempts = attempts + 1 WHERE platform = 'bare' AND update_id = :id")
_SEEN = _sql(
    "INSERT INTO people (platform, platform_id, settings, first_seen_at, last_seen_at) VALUES ('bare', :id, '{}', :at, :at)"
    " ON CONFLICT (platform, platform_id) DO UPDATE SET last_seen_at = excluded.last_seen_at, blocked_at = NULL"
    " RETURNING id, settings"
)
_STATE = _sql("SELECT state FROM conversation_states WHERE key = :key")
_SERVICE = _sql("SELECT id, title, agency, agency_id, parent, active, channels, aliases FROM services WHERE id = :id")
_RESPONSE = _sql(
    f"INSERT INTO survey_responses ({_COLUMNS}) VALUES (:uid, :uid, :service, 'bare', '1405-Q3', :day, :once, :once,"
    " 'default', 1, :payload, NULL, false, 'counted', NULL, :day, '1405-08', :at, 1)"
    " ON CONFLICT (once) DO NOTHING RETURNING id"
)
_FOUND = _sql(f"SELECT id, {_COLUMNS} FROM survey_responses WHERE once = :once")
_EVENT = _sql(
    "INSERT INTO outbox_events (uid, kind, service_id, subject, revision, day, payload, text, positioned)"
    " VALUES (:uid, 'response.given', :service, :uid, 1, :day, :payload, NULL, false)"
)
_TALLY = _sql(
    "INSERT INTO survey_tallies (service_id, month, question, value, channel, shard, count)"
    " VALUES (:service, '1405-08', :question, :value, 'bare', :shard, 1)"
    " ON CONFLICT (service_id, month, question, value, channel, shard)"
    " DO UPDATE SET count = survey_tallies.count + excluded.count"
)
_FINISHED = _sql(
    "UPDATE inbox SET outcome = 'handled', finished_at = :at, payload = NULL, sender_id = NULL"
    " WHERE platform = 'bare' AND update_id = :id"
)


def bare_router(database: Database) -> Router:
    """One function: what a press costs in statements, and nothing else."""
    router = Router()

    @router.callback_query()
    async def tapped(query: CallbackQuery, event_update: Update) -> None:
        _, service, face = str(query.data).split(":")
        number = {"id": event_update.update_id}
        async with database.write() as connection:
            await connection.execute(_STARTED, number)
        async with database.write() as connection:
            (await connection.execute(_SEEN, {"id": query.from_user.id, "at": NOW})).one()
        async with database.read() as connection:
            (await connection.execute(_STATE, {"key": f"bare:{query.from_user.id}"})).one_or_none()
        async with database.write() as connection:
            await _respond(connection, service, face, f"bare{query.from_user.id}")
        assert isinstance(query.message, Message)
        await query.message.edit_text("سپاس!")
        await query.answer()
        async with database.write() as connection:
            await connection.execute(_FINISHED, {**number, "at": NOW})

    return router


async def _respond(connection: AsyncConnection, service: str, face: str, once: str) -> None:
    values = {"service": service, "day": NOW.date(), "payload": {"overall": int(face)}, "at": NOW, "once": once}
    values["uid"] = uuid.uuid4().hex
    (await connection.execute(_SERVICE, {"id": service})).one()
    if (await connection.execute(_RESPONSE, values)).one_or_none() is None:
        (await connection.execute(_FOUND, {"once": once})).one()
        return
    await connection.execute(_EVENT, {name: values[name] for name in ("uid", "service", "day", "payload")})
    tallied = (("", "answered"), ("", "finished"), ("overall", "*"), ("overall", face))
    shard = sum(once.encode()) % 16 if connection.dialect.name == "postgresql" else 0
    rows = [{"service": service, "question": question, "value": value, "shard": shard} for question, value in tallied]
    await connection.execute(_TALLY, rows)


async def bare(database: Database, people: int) -> Speed:
    """A plain aiogram dispatcher with that one handler, as many at once."""
    bot, dispatcher = Bot(f"{BOT_ID}:bench", session=TakenAtOnce()), Dispatcher()
    dispatcher.include_router(bare_router(database))
    turns = asyncio.Semaphore(AT_ONCE)

    async def handle(payload: Mapping[str, Any]) -> None:
        async with turns:
            update = Update.model_validate(dict(payload), context={"bot": bot})
            await dispatcher.feed_update(bot, update)

    with Timed() as timed:
        updates = presses(people)
        for first in range(0, len(updates), BATCH):
            batch = updates[first : first + BATCH]
            async with database.write() as connection:
                rows = [
                    {"id": n, "sender": p["callback_query"]["from"]["id"], "payload": p, "at": NOW} for n, p in batch
                ]
                await connection.execute(_PUT, rows)
        await asyncio.gather(*(handle(payload) for _, payload in updates))
    return timed.speed(people)


async def measured(url: str | None, people: int) -> dict[str, Any]:
    """Figures of one database."""
    async with opened(url) as database:
        async with survey_work(database) as work:
            await work.services.put(SERVICES)
        await bare(database, 100)  # what is made at first use
        plain = await bare(database, people)
        before = await counted(database)
        speed, edits = await product(database, people)
        after = await counted(database)
        return {
            "database": database.dialect,
            "per_s": speed.by_clock,
            "per_cpu_s": speed.by_cpu,
            "bare_per_s": plain.by_clock,
            "bare_per_cpu_s": plain.by_cpu,
            **{f"new_{name}": after[name] - before[name] for name in after},
            "told": len(edits),
        }


def held(figures: Mapping[str, Any], people: int) -> bool:
    """Whether the aims are met: the speed by the clock, the comparison too."""
    counts = [figures[name] for name in ("new_responses", "new_people", "new_tallied", "told")]
    return (
        counts == [people] * 4
        and figures["per_s"] >= AIMS[figures["database"]]
        and figures["per_s"] >= OF_BARE_MIN * figures["bare_per_s"]
    )


def main(arguments: Sequence[str] = ()) -> bool:
    """Prints the figures of both databases; whether they hold."""
    parser = argparse.ArgumentParser(prog="benchmarks.taps")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--postgresql", default=POSTGRESQL, help="URL of a server; empty: SQLite only")
    given = parser.parse_args(arguments)
    good = True
    for url in (None, given.postgresql):
        if url == "":
            continue
        figures = asyncio.run(measured(url, given.people))
        print(json.dumps(figures), flush=True)
        good = held(figures, given.people) and good
    return good


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
