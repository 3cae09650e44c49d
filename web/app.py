"""Builds the web application from its parts. Opens nothing and reads no settings: `run.py` hands everything over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.fluent_texts import Texts
from bot.ports import ChatFiles, ChatLog, People
from knowledge.asking import AskQuestion
from knowledge.limits import LimitBook
from knowledge.provisions import Corpus
from surveys.use_cases import Surveys
from web.api import api_router
from web.calendar import OpenCalendar, calendar_router
from web.chat import FILES_PATH, UPLOAD_MAX, ChatChannel, chat_router
from web.health import InboxCounts, health_router
from web.identity import Identity
from web.limits import RateLimits
from web.metrics import Metrics
from web.pages import Pages, StaticAssets
from web.problems import Problem
from web.protection import BodyLimit, SecurityHeaders, same_origin_check, same_origin_form_check
from web.provisions import provision_router
from web.stream import Streams
from web.survey import survey_router

__all__ = ["WebParts", "build_app"]

_STATUS_KEYS = {404: "web-error-404", 405: "web-error-method", 500: "web-error-500"}


@dataclass(frozen=True)
class WebParts:
    """What the web needs. `today` gives the date in `timezone`.

    `public_url` has no closing slash, "" when nobody knows it; `link_base` is what links to our own pages begin with in
    messages (`bot.links`), so that the chat page follows them wherever it was opened from.
    """

    version: str
    texts: Texts
    corpus: Corpus
    limit_book: LimitBook
    ask: AskQuestion
    channel: ChatChannel
    chat_log: ChatLog
    chat_files: ChatFiles
    streams: Streams
    identity: Identity
    rate_limits: RateLimits
    metrics: Metrics
    inbox_counts: InboxCounts
    open_calendar: OpenCalendar
    surveys: Surveys
    send_soon: Callable[[], None]
    people: People
    platforms: Sequence[str]
    today: Callable[[], dt.date]
    timezone: str
    public_url: str
    metrics_token: str
    question_length_max: int
    link_base: str = ""


def build_app(parts: WebParts) -> FastAPI:
    """The application, ready to be served."""
    assets = StaticAssets()
    pages = Pages(parts.texts, assets, public_url=parts.public_url)
    app = FastAPI(
        title="Rahyar",
        version=parts.version,
        description="Provisions of Iran's smart-government regulations, and questions answered by pointing at them.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # both load scripts from elsewhere, which the content policy refuses
        redoc_url=None,
    )
    app.include_router(
        chat_router(
            pages=pages,
            texts=parts.texts,
            identity=parts.identity,
            limits=parts.rate_limits,
            channel=parts.channel,
            log=parts.chat_log,
            files=parts.chat_files,
            streams=parts.streams,
            metrics=parts.metrics,
            same_origin=same_origin_check(parts.public_url),
            version=assets.version,
            timezone=parts.timezone,
            link_base=parts.link_base or parts.public_url,
            question_length_max=parts.question_length_max,
        )
    )
    app.include_router(
        provision_router(
            pages=pages, texts=parts.texts, corpus=parts.corpus, limit_book=parts.limit_book, today=parts.today
        )
    )
    app.include_router(api_router(corpus=parts.corpus, ask=parts.ask, limits=parts.rate_limits))
    app.include_router(calendar_router(open_calendar=parts.open_calendar, limits=parts.rate_limits))
    app.include_router(
        survey_router(
            pages=pages,
            texts=parts.texts,
            surveys=parts.surveys,
            send_soon=parts.send_soon,
            people=parts.people,
            identity=parts.identity,
            limits=parts.rate_limits,
            same_origin_form=same_origin_form_check(parts.public_url),
        )
    )
    app.include_router(
        health_router(
            metrics=parts.metrics,
            streams=parts.streams,
            inbox_counts=parts.inbox_counts,
            platforms=parts.platforms,
            token=parts.metrics_token,
            version=parts.version,
        )
    )
    app.mount(assets.url, assets, name="static")
    refusals = _Refusals(parts.texts, pages)
    refusals.install(app)
    app.add_middleware(BodyLimit, refuse=refusals.at_the_door, larger={FILES_PATH: UPLOAD_MAX})
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(SecurityHeaders, https=parts.public_url.startswith("https://"))
    return app


class _Refusals:
    """Turns what went wrong into a Persian sentence: JSON for programs and the chat, a page for readers."""

    def __init__(self, texts: Texts, pages: Pages) -> None:
        self._texts, self._pages = texts, pages

    def install(self, app: FastAPI) -> None:
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(RequestValidationError, self._unreadable)
        app.add_exception_handler(Exception, self._broken)

    def json(self, problem: Problem) -> Response:
        headers = {"cache-control": "no-store"}
        if problem.retry_after_s is not None:
            headers["retry-after"] = str(problem.retry_after_s)
        body = {"code": problem.code, "message": self._texts.plain(problem.key)}
        return JSONResponse(body, status_code=problem.status_code, headers=headers)

    def at_the_door(self, problem: Problem) -> ASGIApp:
        """The answer to a request of which nothing was read."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            await self._answer(Request(scope), problem)(scope, receive, send)

        return answer

    async def _http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if not isinstance(error, Problem):
            key = _STATUS_KEYS.get(error.status_code, "web-bad-request")
            error = Problem(error.status_code, f"http_{error.status_code}", key)
        return self._answer(request, error)

    async def _unreadable(self, request: Request, error: Exception) -> Response:
        return self.json(Problem(422, "unreadable", "web-bad-request"))

    async def _broken(self, request: Request, error: Exception) -> Response:
        """Whatever nobody expected; starlette raises it again behind this answer, so uvicorn logs it."""
        return self._answer(request, Problem(500, "error", "web-error-500"))

    def _answer(self, request: Request, problem: Problem) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return self.json(problem)
        return self._pages.page(request, "error.html", {"problem": problem}, status=problem.status_code)
