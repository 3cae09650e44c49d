"""The people's side: what users of Telegram do, turned into updates for the bot."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.botapi.methods.files import document_fields, picture_size
from tests.support.botapi.methods.queries import valid_start
from tests.support.botapi.rich_text import detect_entities
from tests.support.botapi.world import ChatMessage, GroupChat, InlineSearch, Person, Press, mentions

if TYPE_CHECKING:
    from tests.support.botapi.double import BotApiDouble

Json = dict[str, Any]


@dataclass
class GroupDesk:
    """Acts on a group: membership of the bot."""

    double: "BotApiDouble"
    group: GroupChat

    @property
    def id(self) -> int:
        """The group's chat id, negative."""
        return self.group.id

    def removes_bot(self, by: "User") -> None:
        """From now on sending fails with 403."""
        self.group.bot_is_member = False
        self._membership(by, "member", "kicked")

    def adds_bot(self, by: "User") -> None:
        """The bot is a member again."""
        self.group.bot_is_member = True
        self._membership(by, "left", "member")

    def _membership(self, by: "User", old: str, new: str) -> None:
        self.double.membership_update(by.person, self.group, old, new)


@dataclass
class User:
    """Acts as one person. Everything they do reaches the bot as an update."""

    double: "BotApiDouble"
    person: Person

    @property
    def id(self) -> int:
        """User id, which is also the id of the private chat."""
        return self.person.id

    async def sends(
        self, text: str, *, group: GroupDesk | None = None, reply_to: ChatMessage | None = None
    ) -> ChatMessage:
        """Write a text, in private unless a group is named."""
        entities = detect_entities(text)
        content: Json = {"text": text} | ({"entities": entities} if entities else {})
        return await self.sends_message(group=group, reply_to=reply_to, **content)

    async def sends_command(self, command: str, arguments: str = "", *, group: GroupDesk | None = None) -> ChatMessage:
        """Write ``/command arguments``."""
        return await self.sends(f"/{command.removeprefix('/')} {arguments}".strip(), group=group)

    async def opens_link(self, payload: str = "") -> ChatMessage:
        """Follow ``t.me/bot?start=payload`` and press Start; a payload that no client would take is an AssertionError."""
        assert not payload or valid_start(payload), f"{payload!r} is no valid start payload (1-64 of A-Za-z0-9_-)"
        return await self.sends_command("start", payload)

    async def sends_message(
        self, *, group: GroupDesk | None = None, reply_to: ChatMessage | None = None, **content: Any
    ) -> ChatMessage:
        """Send any message by its Bot API fields (``contact=…``, ``location=…``, ``voice=…``)."""
        world = self.double.world
        chat = group.group if group else self.person
        if group is None:
            self.person.started = True
            self.unblocks_bot()
        if reply_to is not None:
            content["reply_to_message"] = reply_to.payload
        message = world.add_message(chat, self.person.as_user(), content, outgoing=False)
        if group is None or self._group_message_reaches(group.group, message, reply_to):
            self.double.queue.push("message", message.payload)
        return message

    async def edits(self, message: ChatMessage, text: str) -> None:
        """Change an own message."""
        self.double.world.change_message(message, {"text": text, "entities": detect_entities(text) or None})
        self.double.queue.push("edited_message", message.payload)

    async def sends_document(
        self,
        content: bytes,
        name: str,
        *,
        mime_type: str = "application/octet-stream",
        size: int | None = None,
        caption: str | None = None,
    ) -> ChatMessage:
        """Send a file; ``size`` claims more bytes than there are, to play files that are too large."""
        stored = self.double.world.store_file(name, content, mime_type, size)
        extra: Json = {"caption": caption} if caption else {}
        return await self.sends_message(document=document_fields(stored), **extra)

    async def sends_photo(self, content: bytes, *, caption: str | None = None) -> ChatMessage:
        """Send a PNG or JPEG as a photo."""
        stored = self.double.world.store_file("photo.jpg", content, "image/jpeg")
        width, height = picture_size(content) or (0, 0)
        photo = {
            name: value for name, value in document_fields(stored).items() if name not in ("file_name", "mime_type")
        }
        extra: Json = {"caption": caption} if caption else {}
        return await self.sends_message(photo=[photo | {"width": width, "height": height}], **extra)

    async def presses(self, message: ChatMessage | None, button_text: str) -> Press:
        """Press a button of the message as it stands now; None takes the bot's last message in the private chat."""
        chosen = message or self.double.transcript.last(self)
        assert chosen is not None, "the bot has not written yet"
        button = chosen.button(button_text)
        assert "callback_data" in button, f"{button} opens something in the client and tells the bot nothing"
        return await self.presses_data(chosen, button["callback_data"])

    async def presses_data(self, message: ChatMessage, data: str) -> Press:
        """Send a callback with any data, forged or outdated; a deleted message arrives as inaccessible."""
        world = self.double.world
        press = Press(str(world.next_number() + (self.id << 32)), self.id, data, world.clock.now(), message)
        world.presses[press.id] = press
        shown: Json = message.payload
        if message.deleted_at is not None:
            shown = {"chat": shown["chat"], "message_id": shown["message_id"], "date": 0}
        self.double.queue.push(
            "callback_query",
            {
                "id": press.id,
                "from": self.person.as_user(),
                "message": shown,
                "chat_instance": str(message.chat_id),
                "data": data,
            },
        )
        return press

    async def inline(self, query: str, offset: str = "") -> InlineSearch:
        """Type ``@bot query`` in some chat."""
        world = self.double.world
        assert world.bot.inline_mode, "inline mode is switched off at BotFather"
        search = InlineSearch(str(world.next_number() + (self.id << 32)), self.id, query, world.clock.now())
        world.searches[search.id] = search
        self.double.queue.push(
            "inline_query", {"id": search.id, "from": self.person.as_user(), "query": query, "offset": offset}
        )
        return search

    async def chooses(self, search: InlineSearch, result_id: str) -> None:
        """Pick one of the offered results (needs inline feedback at BotFather)."""
        assert result_id in [result["id"] for result in search.results], f"{result_id!r} was not offered"
        payload = {"result_id": result_id, "from": self.person.as_user(), "query": search.query}
        self.double.queue.push("chosen_inline_result", payload)

    async def asks(self, text: str, within_s: float = 5.0) -> ChatMessage:
        """Write a text and wait for the bot's next message in the private chat."""
        before = len(self.double.transcript.from_bot(self))
        await self.sends(text)
        answers = await self.double.wait_for(lambda t: t.from_bot(self)[before:], within_s)
        return answers[0]

    def blocks_bot(self) -> None:
        """From now on sending to this person fails with 403; the bot hears of it."""
        self.person.blocked = True
        self.double.membership_update(self.person, self.person, "member", "kicked")

    def unblocks_bot(self) -> None:
        """Undo blocks_bot."""
        if self.person.blocked:
            self.person.blocked = False
            self.double.membership_update(self.person, self.person, "kicked", "member")

    def _group_message_reaches(self, group: GroupChat, message: ChatMessage, reply_to: ChatMessage | None) -> bool:
        """Privacy mode (Bot features, "Privacy mode"): commands not meant for others, mentions, replies to the bot."""
        bot = self.double.world.bot
        if not group.bot_is_member:
            return False
        if bot.reads_all_group_messages or group.bot_is_admin or mentions(message.text, bot.username):
            return True
        command = message.text.split(maxsplit=1)[0] if message.text.startswith("/") else ""
        return bool(command and "@" not in command) or bool(reply_to and reply_to.outgoing)
