"""The reminders over a real database with a clock that tests move, and people who can be written to.

`Reminding` holds every use case as `run.py` wires it; `delivering` adds the worker over a Bot API double.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache, cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from bot.delivery import DeliveryWorker
from bot.fluent_texts import Texts, load_texts
from bot.gate import GateLimits, SlidingGate
from bot.reminder_messages import ReminderMessages
from bot.senders import BotApiSender, Rendered, Sender, bulk_bot, close_bulk_bot
from knowledge.corpus_files import load_corpus
from knowledge.provisions import Corpus
from reminders.book_keeping import Books
from reminders.calendar_feed import CalendarWords
from reminders.directory import Structure, load_structure
from reminders.ledger import Attempt, Ending
from reminders.obligations import Register, load_register
from reminders.office_hours import OfficeHours
from reminders.people import Role
from reminders.schedule import Cadence
from reminders.use_cases import Reminders
from reminders.working_calendar import FRIDAY
from storage.database import Database
from storage.evidence_files import EvidenceFolder
from storage.reminder_work import ReminderWork
from storage.unit_of_work import Repositories, reminder_work
from tests.support.botapi import BotApiDouble
from tests.support.memory import plain_asker_key

__all__ = ["TEHRAN", "Clock", "Law", "ListeningSender", "Reminding", "delivering", "delivering_to", "law", "tehran"]

TEHRAN = ZoneInfo("Asia/Tehran")
REGULATIONS = Path(__file__).parents[2] / "knowledge" / "regulations"


def tehran(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment by the Jalali calendar and the clocks of Tehran."""
    return dt.datetime.combine(JalaliDate(year, month, day).to_gregorian(), dt.time(hour, minute), TEHRAN)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now.astimezone(dt.UTC)

    def move(self, **span: float) -> None:
        self.now += dt.timedelta(**span)

    def until(self, moment: dt.datetime) -> None:
        assert moment >= self.now, "clocks run forward"
        self.now = moment


class Law:
    """The reviewed corpus and register, read once."""

    def __init__(self, corpus: Corpus, register: Register, structure: Structure) -> None:
        self.corpus, self.register, self.structure = corpus, register, structure


_read: list[Law] = []


def law() -> Law:
    """The project's own."""
    if not _read:
        corpus = load_corpus(REGULATIONS)
        _read.append(Law(corpus, load_register(REGULATIONS, corpus), load_structure()))
    return _read[0]


@cache
def _texts() -> Texts:
    """Read once: parsing them takes longer than all else in a short process's life."""
    return load_texts()


class Reminding(Reminders):
    """Every use case over one database, as `run.py` wires it."""

    def __init__(self, database: Database, clock: Clock, folder: Path, *, the_law: Law | None = None) -> None:
        self.database, self.clock, self.law = database, clock, the_law or law()
        self.evidence_folder = folder / "evidence"
        tokens = (f"token-{n:032d}" for n in itertools.count(1))
        super().__init__(
            self.work,
            Books(self.law.register, self.law.corpus, self.law.structure, weekend=(FRIDAY,)),
            OfficeHours(TEHRAN, 8, 16),
            EvidenceFolder(self.evidence_folder),
            cadence=Cadence(),
            calendar_words=CalendarWords("تکلیف‌های من", "موعد:", "به استناد", "برداشت:"),
            clock=clock,
            new_token=lambda: next(tokens),
        )

    def work(self) -> AbstractAsyncContextManager[ReminderWork]:
        return reminder_work(self.database)

    @cached_property
    def storage(self) -> Repositories:
        return Repositories(self.database, asker_key=plain_asker_key)

    @cached_property
    def render(self) -> ReminderMessages:
        return ReminderMessages(_texts(), self.law.corpus)

    async def person(self, platform_id: int, platform: str = "telegram") -> int:
        """Somebody who has written to the bot; our id."""
        return (await self.storage.people.seen(platform, platform_id, self.clock())).id

    async def operator(self, platform_id: int) -> int:
        """The first operator, by the code of the first start."""
        token = await self.offer_first_operator()
        assert token is not None
        id = await self.person(platform_id)
        await self.accept_invitation(id, token, name="کارشناس")
        return id

    async def member(
        self, operator: int, platform_id: int, agency_id: str, role: Role = Role.REPRESENTATIVE, name: str = "نماینده"
    ) -> int:
        """Somebody who joined by an operator's invitation."""
        id = await self.person(platform_id)
        invited = await self.invite(operator, agency_id, role)
        await self.accept_invitation(id, invited.token, name=name)
        return id

    def worker(self, senders: Mapping[str, Sender], *, concurrency: int = 8) -> DeliveryWorker:
        async def no_sleep(seconds: float) -> None:
            self.clock.move(seconds=seconds)

        return DeliveryWorker(
            self.work,
            self.compose,
            self.render,
            senders,
            self.unreachable,
            clock=self.clock,
            sleep=no_sleep,
            concurrency=concurrency,
        )


class ListeningSender:
    """A platform in memory: keeps what it gets, answers as told (by chat), else that it was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.messages: list[tuple[int, Rendered]] = []
        self.answers: dict[int, list[Attempt]] = {}
        self.down = False

    async def send(self, chat_id: int, message: Rendered) -> Attempt:
        if self.down:
            return Attempt(Ending.UNREACHED, reason="down")
        if queued := self.answers.get(chat_id):
            return queued.pop(0)
        self.sent.append((chat_id, message.text))
        self.messages.append((chat_id, message))
        return Attempt(Ending.SENT, message_id=len(self.sent))

    def to(self, chat_id: int) -> list[str]:
        """Texts that somebody got, oldest first."""
        return [text.replace("\N{NO-BREAK SPACE}", " ") for chat, text in self.sent if chat == chat_id]


@asynccontextmanager
async def delivering(reminding: Reminding, double: BotApiDouble) -> AsyncIterator[DeliveryWorker]:
    """The worker over python-telegram-bot and a double, with a gate that does not slow a test down."""
    async with delivering_to(reminding, double.url, double.token) as worker:
        yield worker


@asynccontextmanager
async def delivering_to(
    reminding: Reminding, url: str, token: str, *, through: Callable[[Sender], Sender] = lambda sender: sender
) -> AsyncIterator[DeliveryWorker]:
    """The same towards a server anywhere; the sender is used as `through` gives it back."""
    bot = bulk_bot(token, api_base=url, proxy="", connections=8)
    gate = SlidingGate(GateLimits(overall=10_000, chat_interval_s=0.0), stopwatch=time.monotonic, sleep=asyncio.sleep)
    try:
        yield reminding.worker({"telegram": through(BotApiSender(bot, gate))})
    finally:
        await close_bulk_bot(bot)
