"""The conversation as people saw it, for tests to read."""

from datetime import UTC, datetime

from tests.support.botapi.people import GroupDesk, User
from tests.support.botapi.world import ChatMessage, InlineSearch, Press, World

Place = int | User | GroupDesk


class Transcript:
    """A view on the world's messages, oldest first; always up to date."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __str__(self) -> str:
        return self.render()

    @property
    def messages(self) -> list[ChatMessage]:
        """Every message of both sides, deleted ones included."""
        return list(self._world.messages.values())

    @property
    def presses(self) -> list[Press]:
        """Every pressed button."""
        return list(self._world.presses.values())

    @property
    def searches(self) -> list[InlineSearch]:
        """Every inline query."""
        return list(self._world.searches.values())

    def chat(self, place: Place) -> list[ChatMessage]:
        """The messages of one chat."""
        chat_id = place if isinstance(place, int) else place.id
        return [message for message in self.messages if message.chat_id == chat_id]

    def from_bot(self, place: Place | None = None) -> list[ChatMessage]:
        """What the bot sent, in one chat or everywhere, without what it deleted."""
        every = self.messages if place is None else self.chat(place)
        return [message for message in every if message.outgoing and message.deleted_at is None]

    def last(self, place: Place | None = None) -> ChatMessage | None:
        """The bot's newest message."""
        found = self.from_bot(place)
        return found[-1] if found else None

    def render(self, place: Place | None = None) -> str:
        """The conversation as text: time, chat, speaker, words, edits and buttons."""
        every = self.messages if place is None else self.chat(place)
        return "\n".join(_line(message) for message in every)


def _line(message: ChatMessage) -> str:
    versions = message.versions
    lines = []
    for number, version in enumerate(versions):
        at = datetime.fromtimestamp(version.at, UTC).strftime("%H:%M:%S.%f")[:-3]
        speaker = "bot" if message.outgoing else message.payload["from"]["first_name"]
        head = f"{at} [{message.chat_id}#{message.message_id}] {speaker}{' (edited)' if number else ''}: {version.text}"
        rows = [" | ".join(button["text"] for button in row) for row in version.keyboard]
        lines.append("\n".join([head, *(f"    [ {row} ]" for row in rows)]))
    if message.deleted_at is not None:
        lines.append(f"    (deleted #{message.message_id})")
    return "\n".join(lines)
