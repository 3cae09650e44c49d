"""Everything that runs between start and signal, built from its parts."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import secrets
import sys
import time
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from aiogram import Dispatcher

from bot.chat_events import ChatEvents
from bot.composition.clock import now
from bot.composition.knowledge import Knowledge
from bot.composition.opened_storage import Kept
from bot.composition.places import data_dir, evidence_dir, texts
from bot.composition.reminders import build_reminders
from bot.composition.surveys import bring_examples, build_surveys
from bot.delivery import DeliveryWorker
from bot.dispatcher import build_dispatcher
from bot.feeder import Feeder
from bot.flood_limit import FloodLimit
from bot.in_process import InProcessChannel, InProcessSession, in_process_bot
from bot.links import Links
from bot.ports import ChatFiles
from bot.progress import ProgressBoard
from bot.reminder_messages import ReminderMessages
from bot.senders import ChatSender, Sender
from bot.settings import Settings
from bot.state_storage import OneAtATime, StoredState
from bot.supervisor import Service, Supervisor
from bot.wakeups import Chore, Wakeups
from handlers import conversation_router
from knowledge.asking import AskQuestion, RateAnswer
from storage.chat_files import ChatFileFolder
from storage.evidence_files import EvidenceFolder, delete_unreported
from storage.exports.made import ExportMaker
from storage.retention import delete_expired
from storage.survey_retention import delete_expired_surveys
from storage.unit_of_work import reminder_work
from web.metrics import MeteredQuestionLog, Metrics

IN_PROCESS_BOT_ID = 1
COLLECTED_FROM = (700, 10, 10)  # Python's own; a start collects less often
RETENTION_EVERY_S, TEND_EVERY_S = 3600.0, 120.0


class Process:
    """What all channels share, and the channels as far as they are set.

    `services` run, `feeders` are finished and `closing` is closed in the end; every channel adds its own.
    """

    def __init__(self, settings: Settings, knowledge: Knowledge, kept: Kept) -> None:
        self.settings, self.knowledge, self.kept = settings, knowledge, kept
        self.texts = texts()
        self.timezone = ZoneInfo(settings.timezone)
        self.metrics = Metrics()
        self.ask = AskQuestion(
            knowledge.answerer,
            MeteredQuestionLog(kept.repositories.questions, self.metrics),
            clock=now,
            stopwatch=time.perf_counter,
            asker_key=kept.secret.asker_key,
            timezone=self.timezone,
        )
        self.rate = RateAnswer(kept.repositories.questions, clock=now, asker_key=kept.secret.asker_key)
        self.reminders = build_reminders(settings, knowledge.books, kept)
        self.surveys = build_surveys(settings, kept, knowledge.books)
        self.senders: dict[str, Sender] = {}
        self.delivery = self._delivery_worker()
        self.wakeups = self._wakeups()
        self.progress_board = ProgressBoard(sleep=asyncio.sleep)
        self.public_url = settings.web.public_url
        self.services: list[Service] = []
        self.feeders: list[Feeder] = []
        self.closing: list[Callable[[], Awaitable[None]]] = [self.progress_board.close]

    async def run(self) -> None:
        """Runs all channels until a signal; returns with nothing in flight."""
        if self.settings.web.enabled:
            from bot.composition.web_channel import add_web

            add_web(self)
        if self.settings.telegram.token.get_secret_value():
            from bot.composition.telegram_channel import add_telegram

            add_telegram(self)
        self.services.append(self.delivery_service())
        if self.settings.forwarding.wanted:
            from bot.composition.forwarding import add_forwarding

            add_forwarding(self)
        await bring_examples(self.surveys)
        await self._offer_first_operator()
        gc.collect()
        gc.freeze()  # a full collection over the corpus and the models stops the process for 150 ms
        gc.set_threshold(*COLLECTED_FROM)
        supervisor = Supervisor(
            self.services, self.feeders, drain_s=self.settings.conversation.shutdown_s, sleep=asyncio.sleep
        )
        try:
            await supervisor.run()
        finally:
            for close in self.closing:
                await close()

    def chat_files(self, platform: str) -> ChatFiles:
        """Where the files of a platform's chats are kept; Telegram's keep their own."""
        return ChatFileFolder(data_dir(self.settings) / "chat-files" / platform, lambda: secrets.token_urlsafe(24))

    def dispatcher(self, platform: str, bot_id: int, links: Links) -> Dispatcher:
        repositories, settings = self.kept.repositories, self.settings
        return build_dispatcher(
            [conversation_router()],
            {
                "corpus": self.knowledge.corpus,
                "limits": self.knowledge.dates,
                "answerer": self.knowledge.answerer,
                "ask": self.ask,
                "rate": self.rate,
                "reminders": self.reminders,
                "surveys": self.surveys,
                "forget_files": self.chat_files(platform).forget,
                "make_export": ExportMaker(data_dir(settings)),
                "wakeups": self.wakeups,
                "progress_board": self.progress_board,
                "links": links,
                "timezone": self.timezone,
                "question_length_max": settings.conversation.question_length_max,
                "question_text_days": settings.storage.question_text_days,
            },
            state=StoredState(repositories.states, {bot_id: platform}),
            isolation=OneAtATime(),
            people=repositories.people,
            texts=self.texts,
            clock=now,
            flood=FloodLimit(settings.conversation.messages_per_minute, stopwatch=time.monotonic),
        )

    def in_process_channel(self, platform: str) -> InProcessChannel:
        """A channel of this process; its feeder is finished before the process ends."""
        repositories = self.kept.repositories
        session = InProcessSession(
            repositories.chat_log,
            events=ChatEvents(),
            clock=now,
            name=self.texts.plain("bot-name"),
            username="rahyar",
            files=self.chat_files(platform) if platform == "web" else None,
        )
        bot = in_process_bot(session, IN_PROCESS_BOT_ID)
        self.senders[platform] = ChatSender(bot)
        feeder = Feeder(
            platform,
            bot,
            self.dispatcher(platform, IN_PROCESS_BOT_ID, Links(self.public_url)),
            repositories.inbox,
            clock=now,
            concurrency=self.settings.telegram.concurrency,
        )
        self.feeders.append(feeder)
        return InProcessChannel(
            platform,
            bot,
            session,
            feeder,
            chat_log=repositories.chat_log,
            inbox=repositories.inbox,
            clock=now,
            new_id=lambda: secrets.randbits(61),
        )

    def _delivery_worker(self) -> DeliveryWorker:
        return DeliveryWorker(
            lambda: reminder_work(self.kept.database),
            self.reminders.compose,
            ReminderMessages(self.texts, self.knowledge.corpus),
            self.senders,
            self.reminders.unreachable,
            clock=now,
            sleep=asyncio.sleep,
            concurrency=self.settings.reminders.concurrency,
        )

    def _wakeups(self) -> Wakeups:
        chores = [
            Chore("retention", RETENTION_EVERY_S, self._retention),
            Chore("surveys", TEND_EVERY_S, self.surveys.tend),
        ]
        return Wakeups(self.reminders.plan, self.delivery, chores)

    def delivery_service(self) -> Service:
        """Plans and delivers until it is stopped."""

        async def deliver() -> None:
            self.wakeups.start()
            try:
                await self.delivery.run()
            finally:
                self.wakeups.stop()

        return Service("delivery", deliver, stop=self.delivery.stop)

    async def _offer_first_operator(self) -> None:
        code = await self.reminders.offer_first_operator()
        if code is not None:
            print(self.texts.plain("cli-first-operator", code=f"/start i_{code}"), file=sys.stderr, flush=True)

    async def _retention(self) -> None:
        """Deletes what is kept for a while only."""
        kept_for = dt.timedelta(days=self.settings.storage.question_text_days)
        await delete_expired(self.kept.database, now(), question_texts_kept=kept_for)
        await delete_expired_surveys(self.kept.database, now(), self.timezone)
        await delete_unreported(EvidenceFolder(evidence_dir(self.settings)), self.kept.database, now())
