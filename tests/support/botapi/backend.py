"""The methods' common ground: one call in, Telegram's answer out, everything logged."""

import inspect
from dataclasses import dataclass
from typing import Any

from tests.support.botapi.catalog import CANONICAL
from tests.support.botapi.errors import ApiError, bad_request, forbidden
from tests.support.botapi.flood import Flood
from tests.support.botapi.params import Params
from tests.support.botapi.rich_text import MAX_CAPTION, MAX_TEXT, FormattedText, format_text
from tests.support.botapi.updates import UpdateQueue
from tests.support.botapi.world import Call, Chat, ChatMessage, GroupChat, Person, World


@dataclass(frozen=True)
class Described:
    """A result that carries a human-readable description, as setWebhook's does."""

    result: object
    description: str


@dataclass
class Backend:
    """World, updates and flood limits, as the methods see them."""

    world: World
    queue: UpdateQueue
    flood: Flood

    async def execute(self, call: Call, params: Params) -> tuple[int, dict[str, Any]]:
        """Run one call: HTTP status and body. The call records the outcome; unknown methods are violations."""
        from tests.support.botapi.methods import HANDLERS

        try:
            name = CANONICAL.get(call.method.lower())
            if name is None:
                self.world.violations.append(f"{call.method}: method not found")
                raise ApiError(404, "Not Found: method not found")
            call.method = name
            self.world.breach(name, params.breaches(name))
            result = HANDLERS[name](self, params)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            call.outcome, call.error_code, call.description = "error", error.code, error.description
            return error.code, error.body()
        call.outcome, call.took_effect = "ok", True
        if isinstance(result, Described):
            return 200, {"ok": True, "result": result.result, "description": result.description}
        return 200, {"ok": True, "result": result}

    def chat(self, params: Params) -> Chat:
        """The addressed chat, to which the bot may write; else Telegram's refusal."""
        text = params.text("chat_id")
        if not text:
            raise bad_request("chat_id is empty")
        number = text.removeprefix("-").isdecimal()
        chat = self.world.chat(int(text) if number else text)
        if chat is None:
            raise bad_request("chat not found")
        if isinstance(chat, Person):
            _check_person(chat)
        elif not chat.bot_is_member:
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        return chat

    def admit(self, chat: Chat, messages: int = 1, edit: bool = False) -> None:
        """Count against the flood limits."""
        self.flood.admit(chat.id, isinstance(chat, Person), messages, edit)

    def text(self, params: Params, method: str) -> FormattedText:
        """The parameter ``text``: 1-4096 characters after entities parsing."""
        if not params.text("text"):
            raise bad_request("message text is empty")
        return self._format(params, method, "text", "entities", "message is too long", MAX_TEXT)

    def caption(self, params: Params, method: str) -> FormattedText:
        """The parameter ``caption``: 0-1024 characters after entities parsing."""
        return self._format(params, method, "caption", "caption_entities", "message caption is too long", MAX_CAPTION)

    def _format(
        self, params: Params, method: str, name: str, entities: str, too_long: str, limit: int
    ) -> FormattedText:
        given = params.json(entities, "message entities")
        formatted = format_text(params.text(name), params.text("parse_mode"), given, too_long, limit)
        self.world.breach(method, formatted.notes)
        return formatted

    def own_message(self, params: Params, purpose: str) -> ChatMessage:
        """The bot's own message that ``chat_id`` and ``message_id`` name."""
        if params.text("inline_message_id"):
            raise bad_request("MESSAGE_ID_INVALID")
        if not params.text("chat_id"):
            raise bad_request("chat identifier is not specified")
        if not params.integer("message_id"):
            raise bad_request("message identifier is not specified")
        message = self.world.live(self.chat(params).id, params.integer("message_id"))
        if message is None:
            raise bad_request(f"message to {purpose} not found")
        if not message.outgoing:
            raise bad_request("message can't be edited")
        return message


def _check_person(person: Person) -> None:
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def is_private(chat: Chat) -> bool:
    """True for a chat with one person."""
    return not isinstance(chat, GroupChat)
