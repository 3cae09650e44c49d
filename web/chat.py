"""The chat page and what it calls: write, press, listen, read back. Everything is the in-process channel's work."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.chat_events import Subscription
from bot.fluent_texts import Texts
from bot.in_process import PICTURES, Awaited
from bot.introduction import every_command
from bot.message_bodies import mime_of
from bot.ports import ChatFiles, ChatLog, LoggedMessage
from web.identity import Identity
from web.limits import RateLimits
from web.metrics import Metrics
from web.pages import Pages
from web.problems import Problem
from web.stream import Streams, chat_stream, message_json, parse_token

__all__ = ["FILES_PATH", "UPLOAD_MAX", "ChatChannel", "chat_router"]

#: Telegram's own limit of a message; what is longer than a question may be is answered by the conversation.
TEXT_MAX = 4096
HISTORY_MAX = 50
FILES_PATH = "/chat/files"
UPLOAD_MAX = 20 * 1024 * 1024  # bytes: what bots may fetch of Telegram (Bot API "getFile"), and of us
SHOWN_MAX = 300
NONCE = r"^[0-9A-Za-z-]{8,64}$"


class ChatChannel(Protocol):
    """What the page needs of the in-process channel (`bot.in_process`)."""

    async def receive_text(
        self, person_id: int, text: str, *, first_name: str = "", nonce: str | None = None
    ) -> LoggedMessage: ...

    async def press(self, person_id: int, message_id: int, data: str) -> None: ...
    async def receive_file(
        self, person_id: int, name: str, content: bytes, *, nonce: str | None = None
    ) -> LoggedMessage: ...

    async def awaits(self, person_id: int) -> Awaited: ...
    def subscribe(self, chat_id: int) -> Subscription: ...


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Written(_Body):
    """A message. `nonce` is made by the page; the same one again is the same message again."""

    text: str = Field(min_length=1, max_length=TEXT_MAX)
    nonce: str = Field(pattern=NONCE)


class Pressed(_Body):
    """A press on a button of one of the bot's messages."""

    message_id: int = Field(ge=1, lt=2**31)
    data: str = Field(min_length=1, max_length=64)


def chat_router(
    *,
    pages: Pages,
    texts: Texts,
    identity: Identity,
    limits: RateLimits,
    channel: ChatChannel,
    log: ChatLog,
    files: ChatFiles,
    streams: Streams,
    metrics: Metrics,
    same_origin: Callable[[Request], None],
    version: str,
    timezone: str,
    link_base: str,
    question_length_max: int,
) -> APIRouter:
    """Routes of the page. A visitor without our cookie gets one with the page; the other calls need it."""
    router = APIRouter(include_in_schema=False)
    page_data = _page_data(
        texts, version=version, timezone=timezone, link_base=link_base, question_length_max=question_length_max
    )

    def known_person(request: Request) -> int:
        person_id = identity.person_of(request)
        if person_id is None:
            raise Problem(401, "no_cookie", "web-no-cookie")
        return person_id

    async def writer(request: Request) -> int:
        same_origin(request)
        person_id = known_person(request)
        await limits.check(request, person_id)
        return person_id

    @router.get("/")
    async def page(request: Request) -> HTMLResponse:
        response = pages.page(request, "chat.html", {"page_data": page_data, "examples": _examples(texts)})
        response.headers["cache-control"] = "no-store"  # it comes with a cookie
        identity.give(response, identity.person_of(request))
        return response

    @router.post("/chat/session")
    async def session(request: Request) -> JSONResponse:
        """A cookie for a page that lost it while it was open."""
        same_origin(request)
        response = JSONResponse({}, headers={"cache-control": "no-store"})
        identity.give(response, identity.person_of(request))
        return response

    @router.post("/chat/messages", status_code=202)
    async def write(request: Request, written: Written) -> dict[str, Any]:
        person_id = await writer(request)
        metrics.chat_inputs.labels("message").inc()
        return message_json(await channel.receive_text(person_id, written.text, nonce=written.nonce))

    @router.post("/chat/presses", status_code=202)
    async def press(request: Request, pressed: Pressed) -> dict[str, Any]:
        person_id = await writer(request)
        metrics.chat_inputs.labels("press").inc()
        await channel.press(person_id, pressed.message_id, pressed.data)
        return {}

    @router.post(FILES_PATH, status_code=202)
    async def send_file(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=300)],
        nonce: Annotated[str, Query(pattern=NONCE)],
    ) -> dict[str, Any]:
        """The body is the file. Only where the bot asked for files: nobody else may fill the disk."""
        person_id = await writer(request)
        if await channel.awaits(person_id) != "files":
            raise Problem(409, "no_file_awaited", "web-file-not-awaited")
        content = await request.body()
        if not content:
            raise Problem(422, "empty_file", "web-file-empty")
        metrics.chat_inputs.labels("file").inc()
        return message_json(await channel.receive_file(person_id, name, content, nonce=nonce))

    @router.get(FILES_PATH + "/{key}")
    async def read_file(request: Request, key: str) -> Response:
        """A file of one's own chat. Only pictures are shown: what people send never runs on our page."""
        content = await files.read(known_person(request), key)
        if content is None:
            raise Problem(404, "no_file", "web-error-404")
        mime = mime_of(key)
        shown = mime in PICTURES
        return Response(
            content,
            media_type=mime if shown else "application/octet-stream",
            headers={
                "cache-control": "private, max-age=31536000, immutable",
                "content-disposition": "inline" if shown else "attachment",
            },
        )

    @router.get("/chat/messages")
    async def history(
        request: Request,
        before: Annotated[int, Query(ge=1, lt=2**31)],
        limit: Annotated[int, Query(ge=1, le=HISTORY_MAX)] = HISTORY_MAX,
    ) -> JSONResponse:
        person_id = known_person(request)
        messages = await log.history(person_id, limit=limit, before=before)
        rows = [message_json(m) for m in messages]
        more = bool(rows) and rows[0]["id"] > 1
        return JSONResponse({"messages": rows, "more": more}, headers={"cache-control": "no-store"})

    @router.get("/chat/events")
    async def events(
        request: Request,
        after: Annotated[str | None, Query(max_length=20)] = None,
        shown: Annotated[int, Query(ge=0)] = 0,
        last_event_id: Annotated[str | None, Header(max_length=20)] = None,
    ) -> StreamingResponse:
        person_id = known_person(request)
        if not streams.admits(person_id):
            raise Problem(503, "too_many_streams", "web-too-many-requests", retry_after_s=5)
        frames = chat_stream(
            channel.subscribe,
            channel.awaits,
            log,
            streams,
            person_id,
            after=parse_token(last_event_id or after),
            shown=min(shown, SHOWN_MAX),
            version=version,
        )
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(frames, media_type="text/event-stream", headers=headers)

    return router


def _examples(texts: Texts) -> list[str]:
    """Questions that a first visitor may tap."""
    return [
        texts.plain(key)
        for key in (
            "web-example-survey",
            "web-example-reference",
            "web-example-definition",
            "web-example-duties",
            "web-example-steps",
        )
    ]


def _page_data(texts: Texts, *, version: str, timezone: str, link_base: str, question_length_max: int) -> str:
    """What the scripts need to know, as JSON that may stand inside a <script> element."""
    keys = {
        "offline": "web-offline",
        "reconnecting": "web-reconnecting",
        "online": "web-online",
        "sending": "web-sending",
        "queued": "web-queued",
        "retry": "web-retry",
        "discard": "web-discard",
        "failed": "web-failed",
        "expand": "web-expand",
        "collapse": "web-collapse",
        "openPage": "web-open-page",
        "copied": "web-copied",
        "copyFailed": "web-share-failed",
        "newTab": "web-new-tab",
        "buttons": "web-buttons",
        "mine": "web-mine",
        "bot": "web-bot",
        "picture": "web-picture",
        "today": "web-today",
        "askHere": "web-input-placeholder",
        "answerHere": "web-answer-placeholder",
        "referenceHere": "web-reference-placeholder",
        "fileTooLarge": "web-file-too-large",
        "fileEmpty": "web-file-empty",
        "sendingFile": "web-file-sending",
        "update": "web-update",
    }
    data = {
        "texts": {
            **{name: texts.plain(key) for name, key in keys.items()},
            "tooLong": texts.plain("web-too-long", limit=question_length_max),
            "answerTooLong": texts.plain("web-answer-too-long", limit=TEXT_MAX),
        },
        "commands": {
            **{f"/{one.command}": one.description for one in every_command(texts)},
            **_short_names(texts),
        },
        "version": version,
        "timezone": timezone,
        "linkBase": link_base,
        "questionLengthMax": question_length_max,
        "textMax": TEXT_MAX,
        "fileMax": UPLOAD_MAX,
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _short_names(texts: Texts) -> dict[str, str]:
    """Commands whose words in a menu are too long for a message of one's own."""
    return {
        f"/{name}": texts.plain(key)
        for name, key in {
            "regulations": "web-command-regulations",
            "definitions": "web-command-definitions",
            "settings": "web-command-settings",
            "help": "web-command-help",
            "privacy": "web-command-privacy",
            "forget": "web-command-forget",
            "start": "web-command-start",
            "cancel": "web-command-cancel",
        }.items()
    }
