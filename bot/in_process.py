"""The in-process channel: an aiogram session that takes the bot's method calls instead of sending them.

Serves the web chat, the terminal and the tests. Messages are kept in the `ChatLog` and told to whoever watches the
chat; what people write and press becomes ordinary raw updates that go through the inbox like everything else. Knows
no page and no terminal.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Any, Literal, cast

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    DeleteMessage,
    DeleteMessages,
    DeleteMyCommands,
    DeleteWebhook,
    EditMessageReplyMarkup,
    EditMessageText,
    GetChat,
    GetFile,
    GetMe,
    SendChatAction,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetChatMenuButton,
    SetMessageReaction,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import ChatFullInfo, File, Message, User

from bot.chat_events import ChatEvents, Event, Subscription
from bot.feeder import Feeder
from bot.message_bodies import (
    CAPTION_MAX,
    TEXT_MAX,
    RefusedError,
    file_of,
    file_received,
    html_of,
    keyboard_of,
    plain_body,
)
from bot.personal_updates import masked_update, sound_text
from bot.ports import ChatFiles, ChatLog, Inbox, LoggedMessage
from bot.sending import Tolerance
from bot.states import Reading, Reporting
from bot.telegram_html import parse_html
from knowledge.personal_data import mask_personal_data

__all__ = ["Awaited", "InProcessChannel", "InProcessSession", "in_process_bot"]

TOAST_MAX = 200  # characters, Bot API "answerCallbackQuery"
INLINE_RESULTS_MAX = 50  # Bot API "answerInlineQuery"
#: Messages looked through for one that a page sent twice because it did not hear back.
RESENT_WITHIN = 20
#: Pictures that a page may show; everything else is offered to be saved.
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
NAME_MAX = 120  # characters of a file's name
Awaited = Literal["", "reference", "words", "files"]
#: What a forged or outdated button becomes: data that no handler knows, so that it is answered politely.
OUTDATED = "-"

Clock = Callable[[], dt.datetime]
_TRUE = (
    DeleteMyCommands,
    DeleteWebhook,
    SetChatMenuButton,
    SetMessageReaction,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
)


def in_process_bot(session: InProcessSession, bot_id: int) -> Bot:
    """The bot whose calls the session takes; `bot_id` keeps its state apart from other channels'."""
    return Bot(f"{bot_id}:in-process", session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))


class InProcessSession(BaseSession):
    """Answers method calls as the Bot API would, over the `ChatLog`. `me` is what getMe tells: name and user name."""

    def __init__(
        self,
        chat_log: ChatLog,
        *,
        events: ChatEvents,
        clock: Clock,
        name: str,
        username: str,
        files: ChatFiles | None = None,
    ) -> None:
        """Without a place for `files` people cannot send any, and those of the bot travel in the messages."""
        super().__init__()
        self.files = files
        Tolerance().equip(self)
        self.events = events
        self._log, self._clock, self._name, self._username = chat_log, clock, name, username
        self._open_queries: dict[str, int] = {}
        self._methods: dict[Any, Callable[[Bot, Any], Awaitable[Any]]] = {
            SendMessage: self._send_message,
            SendPhoto: self._send_file,
            SendDocument: self._send_file,
            EditMessageText: self._edit_text,
            EditMessageReplyMarkup: self._edit_keyboard,
            DeleteMessage: self._delete,
            DeleteMessages: self._delete_many,
            SendChatAction: self._typing,
            AnswerCallbackQuery: self._toast,
            AnswerInlineQuery: self._inline_results,
            GetMe: self._get_me,
            GetChat: self._get_chat,
            GetFile: self._get_file,
        }
        self._methods.update(dict.fromkeys(_TRUE, self._agreed))

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram names it so
    ) -> TelegramType:
        """The method's result; TelegramBadRequest for what the Bot API would refuse."""
        handle = self._methods.get(type(method))
        try:
            if handle is None:
                raise RefusedError(f"the in-process channel has no {type(method).__api_method__}")
            return cast(TelegramType, await handle(bot, method))
        except RefusedError as error:
            raise TelegramBadRequest(method=method, message=f"Bad Request: {error}") from error

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109  aiogram names it so
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """The bytes of a file that `getFile` told of, from the place where they are kept."""
        chat_id, key = url.split("/")[-2:]
        content = await self._content(int(chat_id), key)
        for start in range(0, len(content), chunk_size):
            yield content[start : start + chunk_size]

    async def _content(self, chat_id: int, key: str) -> bytes:
        content = None if self.files is None else await self.files.read(chat_id, key)
        if content is None:
            raise FileNotFoundError(key)
        return content

    async def _get_file(self, bot: Bot, method: GetFile) -> File:
        chat_id, _, key = method.file_id.partition(":")
        try:
            size = len(await self._content(int(chat_id), key))
        except (ValueError, FileNotFoundError):
            raise RefusedError("wrong file_id or the file is temporarily unavailable") from None
        return File(file_id=method.file_id, file_unique_id=key, file_size=size, file_path=f"{chat_id}/{key}")

    async def close(self) -> None:
        """Ends every subscription."""
        self.events.close()

    def opened_query(self, query_id: str, chat_id: int) -> None:
        """Notes a callback or inline query that may be answered once."""
        self._open_queries[query_id] = chat_id

    def closed_query(self, query_id: str) -> None:
        """Nobody answered it and nobody will."""
        self._open_queries.pop(query_id, None)

    async def _send_message(self, bot: Bot, method: SendMessage) -> Message:
        html = html_of(bot, method.text, method.parse_mode, method.entities, TEXT_MAX)
        body = {"text": html, "keyboard": keyboard_of(method.reply_markup), "kind": "message", "file": None}
        return await self._append(bot, method.chat_id, body)

    async def _send_file(self, bot: Bot, method: SendPhoto | SendDocument) -> Message:
        photo = isinstance(method, SendPhoto)
        body = {
            "text": html_of(bot, method.caption, method.parse_mode, method.caption_entities, CAPTION_MAX),
            "keyboard": keyboard_of(method.reply_markup),
            "kind": "photo" if photo else "document",
            "file": await file_of(
                bot,
                method.photo if isinstance(method, SendPhoto) else method.document,
                _number(method.chat_id),
                self.files,
            ),
        }
        return await self._append(bot, method.chat_id, body)

    async def _append(self, bot: Bot, chat_id: int | str, body: Mapping[str, Any]) -> Message:
        message = await self._log.append(_number(chat_id), True, body, self._clock())
        self.events.publish(Event("message", message.chat_id, message, message.message_id))
        return self._message(bot, message)

    async def _edit_text(self, bot: Bot, method: EditMessageText) -> Message:
        html = html_of(bot, method.text, method.parse_mode, method.entities, TEXT_MAX)
        return await self._edit(bot, method, {"text": html, "keyboard": keyboard_of(method.reply_markup)})

    async def _edit_keyboard(self, bot: Bot, method: EditMessageReplyMarkup) -> Message:
        return await self._edit(bot, method, {"keyboard": keyboard_of(method.reply_markup)})

    async def _edit(
        self, bot: Bot, method: EditMessageText | EditMessageReplyMarkup, changes: Mapping[str, Any]
    ) -> Message:
        chat_id, message_id = _number(method.chat_id), method.message_id or 0
        before = await self._log.get(chat_id, message_id)
        if before is None:
            raise RefusedError("message to edit not found")
        if not before.from_bot or ("text" in changes and before.body.get("kind") != "message"):
            raise RefusedError("message can't be edited")
        body = {**before.body, **changes}
        if body == dict(before.body):
            raise RefusedError(
                "message is not modified: specified new message content and reply markup are exactly the same"
                " as a current content and reply markup of the message"
            )
        after = await self._log.edit(chat_id, message_id, body, self._clock())
        if after is None:
            raise RefusedError("message to edit not found")
        self.events.publish(Event("edit", chat_id, after, message_id))
        return self._message(bot, after)

    async def _delete(self, bot: Bot, method: DeleteMessage) -> bool:
        chat_id = _number(method.chat_id)
        if not await self._log.delete(chat_id, method.message_id):
            raise RefusedError("message to delete not found")
        self.events.publish(Event("delete", chat_id, message_id=method.message_id))
        return True

    async def _delete_many(self, bot: Bot, method: DeleteMessages) -> bool:
        chat_id = _number(method.chat_id)
        for message_id in method.message_ids:
            if await self._log.delete(chat_id, message_id):
                self.events.publish(Event("delete", chat_id, message_id=message_id))
        return True

    async def _typing(self, bot: Bot, method: SendChatAction) -> bool:
        self.events.publish(Event("typing", _number(method.chat_id)))
        return True

    async def _toast(self, bot: Bot, method: AnswerCallbackQuery) -> bool:
        if len(method.text or "") > TOAST_MAX:
            raise RefusedError("MESSAGE_TOO_LONG")
        chat_id = self._answered(method.callback_query_id)
        self.events.publish(Event("toast", chat_id, text=method.text or "", alert=bool(method.show_alert)))
        return True

    async def _inline_results(self, bot: Bot, method: AnswerInlineQuery) -> bool:
        if len(method.results) > INLINE_RESULTS_MAX:
            raise RefusedError("RESULTS_TOO_MUCH")
        if len({result.id for result in method.results}) < len(method.results):
            raise RefusedError("RESULT_ID_DUPLICATE")
        for result in method.results:
            keyboard_of(getattr(result, "reply_markup", None))
            content = getattr(result, "input_message_content", None)
            if text := getattr(content, "message_text", None):
                html_of(bot, text, getattr(content, "parse_mode", None), getattr(content, "entities", None), TEXT_MAX)
        chat_id = self._answered(method.inline_query_id)
        # What was left to the bot's defaults (aiogram's Default) is no part of a result.
        results = [
            result.model_dump(mode="json", exclude_none=True, warnings=False, fallback=lambda left: None)
            for result in method.results
        ]
        self.events.publish(Event("inline_results", chat_id, results=results))
        return True

    def _answered(self, query_id: str) -> int:
        chat_id = self._open_queries.pop(query_id, None)
        if chat_id is None:
            raise RefusedError("query is too old and response timeout expired or query ID is invalid")
        return chat_id

    async def _get_me(self, bot: Bot, method: GetMe) -> User:
        return self._me(bot)

    async def _get_chat(self, bot: Bot, method: GetChat) -> ChatFullInfo:
        fields = _chat(_number(method.chat_id)) | {"accent_color_id": 0, "max_reaction_count": 0}
        fields["accepted_gift_types"] = dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        )
        return ChatFullInfo.model_validate(fields, context={"bot": bot})

    async def _agreed(self, bot: Bot, method: TelegramMethod[bool]) -> bool:
        return True

    def _me(self, bot: Bot) -> User:
        return User(
            id=bot.id, is_bot=True, first_name=self._name, username=self._username, supports_inline_queries=True
        )

    def message_fields(self, bot: Bot, message: LoggedMessage) -> dict[str, Any]:
        """The raw Message object that the Bot API would give for one of the bot's messages."""
        formatted = parse_html(message.body["text"])
        fields: dict[str, Any] = {
            "message_id": message.message_id,
            "date": int(message.sent_at.timestamp()),
            "chat": _chat(message.chat_id),
            "from": self._me(bot).model_dump(exclude_none=True),
            "reply_markup": {"inline_keyboard": _telegram_rows(message.body["keyboard"])},
        }
        if not message.body["keyboard"]:
            del fields["reply_markup"]
        if message.edited_at is not None:
            fields["edit_date"] = int(message.edited_at.timestamp())
        if message.body["kind"] == "message":
            return fields | {"text": formatted.text, "entities": list(formatted.entities)}
        return fields | {"caption": formatted.text, "caption_entities": list(formatted.entities)}

    def _message(self, bot: Bot, message: LoggedMessage) -> Message:
        return Message.model_validate(self.message_fields(bot, message), context={"bot": bot})


class InProcessChannel:
    """One platform of this process ("web", "terminal", "test"). A person and their chat have the same number."""

    def __init__(
        self,
        platform: str,
        bot: Bot,
        session: InProcessSession,
        feeder: Feeder,
        *,
        chat_log: ChatLog,
        inbox: Inbox,
        clock: Clock,
        new_id: Callable[[], int],
    ) -> None:
        """`new_id` gives numbers below 2**62 that were never used as an update's id."""
        self.platform, self.bot, self.feeder = platform, bot, feeder
        self._session, self._log, self._inbox, self._clock, self._new_id = session, chat_log, inbox, clock, new_id

    def subscribe(self, chat_id: int) -> Subscription:
        """Events of a chat from now on; close it when nobody looks any more."""
        return self._session.events.subscribe(chat_id)

    async def receive_text(
        self, person_id: int, text: str, *, first_name: str = "", nonce: str | None = None
    ) -> LoggedMessage:
        """Takes what a person wrote; returns once it is stored and will be answered, whatever happens to this process.

        With a `nonce` the same text may be handed in again after a doubtful failure: it is kept and answered once.
        Personal numbers are masked before anything is stored. Longer texts than a message can hold are cut at 4,096
        characters.
        """
        text = mask_personal_data(sound_text(text))[:TEXT_MAX]
        message = await self._kept(person_id, plain_body(text), nonce)
        fields = {
            "message_id": message.message_id,
            "date": int(message.sent_at.timestamp()),
            "chat": _chat(person_id),
            "from": _person(person_id, first_name),
            "text": text,
        }
        await self._take(_update_id(message), {"message": fields})
        return message

    async def receive_file(
        self, person_id: int, name: str, content: bytes, *, nonce: str | None = None
    ) -> LoggedMessage:
        """Takes a file that a person sent, as `receive_text` takes words; RefusedError where files are not kept."""
        files = self._session.files
        if files is None:
            raise RefusedError("files are not kept here")
        message = await self._known(person_id, nonce)
        if message is None:
            name = mask_personal_data(sound_text(name))[:NAME_MAX] or "file"
            file = await file_received(person_id, name, content, files)
            body = plain_body("") | {"kind": "photo" if file["mime"] in PICTURES else "document", "file": file}
            message = await self._kept(person_id, body, nonce)
        file = message.body["file"]
        fields = {
            "message_id": message.message_id,
            "date": int(message.sent_at.timestamp()),
            "chat": _chat(person_id),
            "from": _person(person_id, ""),
            "document": {
                "file_id": f"{person_id}:{file['key']}",
                "file_unique_id": file["key"],
                "file_name": file["name"],
                "mime_type": file["mime"],
                "file_size": file["size"],
            },
        }
        await self._take(_update_id(message), {"message": fields})
        return message

    async def start(self, person_id: int, payload: str = "", *, first_name: str = "") -> LoggedMessage:
        """The start button, with what a deep link carries."""
        return await self.receive_text(person_id, f"/start {payload}".rstrip(), first_name=first_name)

    async def press(
        self, person_id: int, message_id: int, data: str, *, first_name: str = "", forged: bool = False
    ) -> None:
        """Takes a press; returns once it is stored. A button that does not stand on that message is answered as an
        old one.

        `forged` lets any data through, as a client of Telegram that lies could.
        """
        message = await self._log.get(person_id, message_id)
        known = message is not None and any(b.get("data") == data for row in message.body["keyboard"] for b in row)
        fields: dict[str, Any] = {"data": data if known or forged else OUTDATED, "chat_instance": str(person_id)}
        if message is not None and message.from_bot:
            fields["message"] = self._session.message_fields(self.bot, message)
        else:
            fields["message"] = {"chat": _chat(person_id), "message_id": message_id, "date": 0}
        await self._query("callback_query", person_id, fields, first_name)

    async def awaits(self, person_id: int) -> Awaited:
        """What the person's next message is taken for: a question (""), a reference, words, or words and files."""
        context = self.feeder.dispatcher.fsm.get_context(self.bot, person_id, person_id)
        state = await context.get_state()
        if state == Reporting.gathering.state:
            return "files"
        if state == Reading.waiting_for_reference.state:
            return "reference"
        return "" if state is None else "words"

    async def inline_query(self, person_id: int, query: str, *, offset: str = "", first_name: str = "") -> None:
        """Takes an inline query; the results come as an event of the person's chat."""
        await self._query("inline_query", person_id, {"query": query, "offset": offset}, first_name)

    async def receive_update(self, fields: Mapping[str, Any]) -> None:
        """Takes any raw update without its id, well-formed or not."""
        await self._take(self._new_id(), fields)

    async def settled(self) -> None:
        """Returns when everything taken so far has its outcome."""
        await self.feeder.idle()

    async def _query(self, kind: str, person_id: int, fields: Mapping[str, Any], first_name: str) -> None:
        update_id = self._new_id()
        self._session.opened_query(str(update_id), person_id)
        body = {"id": str(update_id), "from": _person(person_id, first_name), **fields}
        try:
            await self._take(update_id, {kind: body})
        except BaseException:
            self._session.closed_query(str(update_id))
            raise

    async def _known(self, person_id: int, nonce: str | None) -> LoggedMessage | None:
        if nonce is not None:
            for message in await self._log.history(person_id, limit=RESENT_WITHIN):
                if message.body.get("nonce") == nonce and not message.from_bot:
                    return message
        return None

    async def _kept(self, person_id: int, body: Mapping[str, Any], nonce: str | None) -> LoggedMessage:
        if (known := await self._known(person_id, nonce)) is not None:
            return known
        body = {**body, **({"nonce": nonce} if nonce is not None else {})}
        message = await self._log.append(person_id, False, body, self._clock())
        self._session.events.publish(Event("message", person_id, message, message.message_id))
        return message

    async def _take(self, update_id: int, fields: Mapping[str, Any]) -> None:
        update = masked_update({"update_id": update_id, **fields})
        started = self.feeder.free_for(update)  # one visit to the database instead of two
        self.feeder.feed(await self._inbox.put(self.platform, [(update_id, update)], self._clock(), started=started))


def _update_id(message: LoggedMessage) -> int:
    """The same for the same message, so that handing it in again is noticed; differs after the chat was forgotten."""
    source = f"{message.chat_id}:{message.message_id}:{message.sent_at.timestamp():.6f}"
    return int.from_bytes(hashlib.blake2b(source.encode(), digest_size=8).digest()) >> 2


def _number(chat_id: int | str | None) -> int:
    if not isinstance(chat_id, int):
        raise RefusedError("chat not found")
    return chat_id


def _person(person_id: int, first_name: str) -> dict[str, Any]:
    return {"id": person_id, "is_bot": False, "first_name": first_name, "language_code": "fa"}


def _chat(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "type": "private"} if chat_id >= 0 else {"id": chat_id, "type": "supergroup", "title": "-"}


def _telegram_rows(rows: list[list[dict[str, str]]]) -> list[list[dict[str, Any]]]:
    return [[_telegram_button(button) for button in row] for row in rows]


def _telegram_button(button: Mapping[str, str]) -> dict[str, Any]:
    names = {"data": "callback_data", "url": "url", "switch": "switch_inline_query"}
    fields: dict[str, Any] = {names[name]: value for name, value in button.items() if name in names}
    if "copy" in button:
        fields["copy_text"] = {"text": button["copy"]}
    return fields | {"text": button["text"]}
