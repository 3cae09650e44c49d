"""The whole web edge on a free loopback port, over the in-process channel and any routers."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import httpx
from aiogram import Router
from limits.aio.storage import MemoryStorage as LimitsMemory

from bot.fluent_texts import load_texts
from bot.in_process import InProcessChannel
from knowledge.answers import Answer
from knowledge.asking import Answerer, AskQuestion
from knowledge.limits import LimitBook
from knowledge.on_table import NOTHING, OnTable
from knowledge.provisions import Corpus
from surveys.use_cases import Surveys
from tests.support.answering import NoSurveys
from tests.support.chats import Storage, now, open_channel
from tests.support.memory import MemoryFiles, MemoryQuestionLog, MemoryStorage, plain_asker_key
from web.app import WebParts, build_app
from web.identity import Identity
from web.limits import RateLimits
from web.metrics import MeteredQuestionLog, Metrics
from web.server import WebServer
from web.stream import Streams

__all__ = ["OWN", "ScriptedAnswerer", "WebSite", "serve_web"]

#: What our page sends with every POST.
OWN = {"x-rahyar": "1"}
TEHRAN = "Asia/Tehran"


class ScriptedAnswerer:
    """Answers every question with the answer it was made with."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def answer(self, question: str, *, today: dt.date, table: OnTable = NOTHING) -> Answer:
        return self._answer


class OneLongWindow(LimitsMemory):
    """A window that never ends, so that no test depends on where in a minute it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: Counter[str] = Counter()

    async def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        self.taken[key] += amount
        return self.taken[key] <= limit


@dataclass(frozen=True)
class WebSite:
    """A running site: its address and the parts behind it."""

    url: str
    channel: InProcessChannel
    storage: Storage
    metrics: Metrics
    identity: Identity
    server: WebServer

    def client(self) -> httpx.AsyncClient:
        """A browser of its own, with its own cookies."""
        return httpx.AsyncClient(base_url=self.url, headers=OWN, timeout=10)


@asynccontextmanager
async def serve_web(
    corpus: Corpus,
    limit_book: LimitBook,
    answerer: Answerer,
    *,
    routers: Sequence[Router] = (),
    dependencies: Mapping[str, Any] | None = None,
    storage: Storage | None = None,
    per_person: int = 1000,
    per_address: int = 10_000,
    public_url: str = "",
    metrics_token: str = "",
    port: int = 0,
    calendars: Mapping[str, bytes] | None = None,
    surveys: Surveys | None = None,
    secret: str = "a secret of this test",
) -> AsyncIterator[WebSite]:
    """Serves until the block ends; the person ids are 1001, 1002, …"""
    storage = storage or MemoryStorage()

    async def open_calendar(token: str) -> bytes | None:
        return (calendars or {}).get(token)

    texts, metrics, streams = load_texts(), Metrics(), Streams()
    ids = itertools.count(1001)
    identity = Identity(secret, secure=public_url.startswith("https://"), new_person_id=ids.__next__)
    ask = AskQuestion(
        answerer,
        MeteredQuestionLog(MemoryQuestionLog(), metrics),
        clock=now,
        stopwatch=time.perf_counter,
        asker_key=plain_asker_key,
        timezone=dt.UTC,
    )
    files = MemoryFiles()
    async with open_channel(
        routers, dependencies, storage=storage, texts=texts, platform="web", files=files
    ) as channel:
        app = build_app(
            WebParts(
                version="test",
                texts=texts,
                corpus=corpus,
                limit_book=limit_book,
                ask=ask,
                channel=channel,
                chat_log=storage.chat_log,
                chat_files=files,
                streams=streams,
                identity=identity,
                rate_limits=RateLimits(OneLongWindow(), per_person=per_person, per_address=per_address),
                metrics=metrics,
                inbox_counts=storage.inbox.counts,
                open_calendar=open_calendar,
                surveys=cast(Surveys, surveys or NoSurveys()),
                send_soon=lambda: None,
                people=storage.people,
                platforms=("web",),
                today=lambda: dt.date(2026, 1, 1),
                timezone=TEHRAN,
                public_url=public_url,
                metrics_token=metrics_token,
                question_length_max=300,
            )
        )
        server = WebServer(app, streams, host="127.0.0.1", port=port, shutdown_s=2)
        serving = asyncio.create_task(server.serve())
        try:
            yield WebSite(server.url, channel, storage, metrics, identity, server)
        finally:
            server.stop()
            await serving
