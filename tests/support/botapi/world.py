"""What Telegram knows: people, groups, messages, queries, files, and the log of all calls. Nothing here is HTTP."""

from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.clock import Clock, Signal
from tests.support.botapi.html_mode import utf16_length
from tests.support.botapi.rich_text import FormattedText

Json = dict[str, Any]
Rows = list[list[Json]]


@dataclass
class BotAccount:
    """The bot; the switches are what its owner sets at BotFather."""

    token: str
    username: str = "rahyar_test_bot"
    first_name: str = "رهیار"
    inline_mode: bool = True
    reads_all_group_messages: bool = False

    @property
    def id(self) -> int:
        """The number before the colon of the token."""
        return int(self.token.partition(":")[0])

    def as_user(self) -> Json:
        """The User object that messages carry."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


@dataclass
class Person:
    """A user. ``started`` once they wrote to the bot in private."""

    id: int
    first_name: str = "سارا"
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "fa"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_user(self) -> Json:
        """The User object of updates."""
        return _present(
            id=self.id, is_bot=False, first_name=self.first_name, last_name=self.last_name, username=self.username,
            language_code=self.language_code,
        )  # fmt: skip

    def as_chat(self) -> Json:
        """The private chat with this person."""
        return _present(
            id=self.id, type="private", first_name=self.first_name, last_name=self.last_name, username=self.username
        )


@dataclass
class GroupChat:
    """A group; its id is negative."""

    id: int
    title: str
    kind: str = "supergroup"
    username: str | None = None
    bot_is_member: bool = True
    bot_is_admin: bool = False

    def as_chat(self) -> Json:
        """The Chat object."""
        return _present(id=self.id, type=self.kind, title=self.title, username=self.username)


Chat = Person | GroupChat


@dataclass(frozen=True)
class Version:
    """How a message stood from ``at`` (Unix time of the double) on."""

    at: float
    text: str
    entities: list[Json]
    keyboard: Rows


@dataclass
class ChatMessage:
    """A message of either side with its whole history; ``payload`` is the Bot API's Message as of now."""

    chat_id: int
    message_id: int
    outgoing: bool
    payload: Json
    versions: list[Version] = field(default_factory=list)
    deleted_at: float | None = None
    reaction: list[Json] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Text or caption, without markup."""
        return str(self.payload.get("text") or self.payload.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """Entities of the text or caption."""
        found = self.payload.get("entities") or self.payload.get("caption_entities") or []
        return list(found)

    @property
    def keyboard(self) -> Rows:
        """Rows of inline buttons."""
        rows: Rows = self.payload.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """Labels of all inline buttons in reading order."""
        return [button["text"] for row in self.keyboard for button in row]

    @property
    def edits(self) -> list[Version]:
        """The versions after the first."""
        return self.versions[1:]

    def button(self, text: str) -> Json:
        """The button with exactly this label, else the only one that contains it."""
        every = [button for row in self.keyboard for button in row]
        exact = [button for button in every if button["text"] == text]
        loose = exact or [button for button in every if text in button["text"]]
        assert len(loose) == 1, f"{len(loose)} buttons match {text!r} among {self.buttons}"
        return loose[0]

    def marked(self, kind: str) -> list[str]:
        """The stretches of text under entities of one type, e.g. everything bold."""
        units = self.text.encode("utf-16-le")
        spans = [(one["offset"], one["offset"] + one["length"]) for one in self.entities if one["type"] == kind]
        return [units[2 * begin : 2 * end].decode("utf-16-le") for begin, end in spans]

    def note_version(self, at: float) -> None:
        """Keep how the message stands now."""
        self.versions.append(Version(at, self.text, self.entities, self.keyboard))

    def as_json(self) -> Json:
        """For the control API."""
        return {
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "outgoing": self.outgoing,
            "text": self.text,
            "buttons": self.buttons,
            "payload": self.payload,
            "versions": [vars(version) for version in self.versions],
            "deleted_at": self.deleted_at,
            "reaction": self.reaction,
        }


@dataclass
class Press:
    """A callback query and what the bot answered; ``answer`` is None while the button still spins."""

    id: str
    person_id: int
    data: str
    at: float
    message: ChatMessage | None
    answer: Json | None = None

    @property
    def toast(self) -> str:
        """The text that popped up, "" for a silent or missing answer."""
        return str((self.answer or {}).get("text", ""))

    def as_json(self) -> Json:
        """For the control API."""
        place = self.message and {"chat_id": self.message.chat_id, "message_id": self.message.message_id}
        return {"id": self.id, "person_id": self.person_id, "data": self.data, "answer": self.answer, "message": place}


@dataclass
class InlineSearch:
    """An inline query and the results that the bot offered."""

    id: str
    person_id: int
    query: str
    at: float
    answer: Json | None = None

    @property
    def results(self) -> list[Json]:
        """The offered results, empty while unanswered."""
        return list((self.answer or {}).get("results", []))


@dataclass(frozen=True)
class StoredFile:
    """A file on Telegram's side; ``size`` may be claimed without the bytes, to play large files cheaply."""

    file_id: str
    unique_id: str
    name: str
    content: bytes
    size: int
    path: str
    mime_type: str


@dataclass
class Call:
    """One API call: ``outcome`` is ok, error or the kind of the injected fault; times in the double's seconds."""

    method: str
    params: Json
    at: float
    outcome: str = "pending"
    error_code: int | None = None
    description: str | None = None
    took_effect: bool = False


@dataclass
class World:
    """Everything that survives the bot's death."""

    bot: BotAccount
    clock: Clock
    changed: Signal = field(default_factory=Signal)
    query_lifetime_s: float = 60.0
    people: dict[int, Person] = field(default_factory=dict)
    groups: dict[int, GroupChat] = field(default_factory=dict)
    messages: dict[tuple[int, int], ChatMessage] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    searches: dict[str, InlineSearch] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    profile: dict[tuple[str, ...], Any] = field(default_factory=dict)
    actions: list[tuple[int, str, float]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    _counter: int = 0

    def next_number(self) -> int:
        """A number that was never given out: message, query and file ids."""
        self._counter += 1
        return self._counter

    def chat(self, chat_id: int | str) -> Chat | None:
        """The chat with this id or @name; a person's @name addresses nobody."""
        if isinstance(chat_id, str):
            return next((group for group in self.groups.values() if chat_id == f"@{group.username}"), None)
        return self.people.get(chat_id) or self.groups.get(chat_id)

    def breach(self, method: str, notes: list[str]) -> None:
        """Record what the server lets pass and the documentation forbids."""
        self.violations.extend(f"{method}: {note}" for note in notes)

    def live(self, chat_id: int, message_id: int) -> ChatMessage | None:
        """The message, unless it is missing or deleted."""
        message = self.messages.get((chat_id, message_id))
        return message if message is not None and message.deleted_at is None else None

    def add_message(self, chat: Chat, sender: Json, content: Json, outgoing: bool) -> ChatMessage:
        """Put a message into a chat and tell whoever waits."""
        now = self.clock.now()
        number = self.next_number()
        head = {"message_id": number, "from": sender, "chat": chat.as_chat(), "date": int(now)}
        message = ChatMessage(chat.id, number, outgoing, head | content)
        message.note_version(now)
        self.messages[chat.id, number] = message
        self.changed.fire()
        return message

    def change_message(self, message: ChatMessage, content: Json) -> None:
        """Replace parts of a message; None removes one."""
        now = self.clock.now()
        merged = message.payload | content | {"edit_date": int(now)}
        message.payload = {name: value for name, value in merged.items() if value is not None}
        message.note_version(now)
        self.changed.fire()

    def store_file(self, name: str, content: bytes, mime_type: str, size: int | None = None) -> StoredFile:
        """Keep a file and give it its ids and path."""
        number = self.next_number()
        file_id = f"BQACAgQAAxkBAAI{number:08d}rahyar"
        path = f"documents/file_{number}.{name.rpartition('.')[2] if '.' in name else 'bin'}"
        stored = StoredFile(file_id, f"AgAD{number:08d}", name, content, size or len(content), path, mime_type)
        self.files[file_id] = stored
        return stored


def text_fields(formatted: FormattedText, caption: bool = False) -> Json:
    """Message fields of a text: ``text`` and ``entities``, or their caption forms; None where empty."""
    names = ("caption", "caption_entities") if caption else ("text", "entities")
    return dict(zip(names, (formatted.text or None, formatted.entities or None), strict=True))


def mentions(message_text: str, username: str) -> bool:
    """True when the text names the bot."""
    return utf16_length(message_text) > 0 and f"@{username}".lower() in message_text.lower()


def _present(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
