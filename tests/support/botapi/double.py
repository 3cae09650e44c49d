"""The strict Bot API double: one object that holds the world, serves HTTP and lets tests act as people."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.support.botapi.backend import Backend
from tests.support.botapi.clock import Clock
from tests.support.botapi.faults import Fault, Faults, Kind
from tests.support.botapi.flood import Flood
from tests.support.botapi.people import GroupDesk, User
from tests.support.botapi.server import Server
from tests.support.botapi.transcript import Transcript
from tests.support.botapi.updates import UpdateQueue
from tests.support.botapi.world import BotAccount, Call, Chat, GroupChat, Person, World

T = TypeVar("T")
TOKEN = "424242:AAH-rahyar-test-token-000000000000000"


class BotApiDouble:
    """``async with BotApiDouble() as double:`` serves on ``double.url`` until the block ends.

    State lives in this object and survives the bot under test. ``clock`` is the double's time in seconds.
    """

    def __init__(self, token: str = TOKEN, *, clock: Clock | None = None, seed: int = 0, port: int = 0) -> None:
        self.clock = clock or Clock()
        self.world = World(BotAccount(token), self.clock)
        self.queue = UpdateQueue(self.clock)
        self.flood = Flood(self.clock)
        self.faults = Faults(seed)
        self.transcript = Transcript(self.world)
        self.server = Server(self, Backend(self.world, self.queue, self.flood), port)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on 127.0.0.1."""
        await self.server.start()

    async def stop(self) -> None:
        """Break what is open and close the port."""
        await self.server.stop()

    @property
    def url(self) -> str:
        """``http://127.0.0.1:port``; aiogram takes it in TelegramAPIServer.from_base, PTB with ``/bot`` appended."""
        return self.server.url

    @property
    def token(self) -> str:
        """The only token that is known."""
        return self.world.bot.token

    @property
    def calls(self) -> list[Call]:
        """Every API call with its outcome, oldest first."""
        return self.world.calls

    @property
    def violations(self) -> list[str]:
        """What Telegram would have let pass although its documentation does not: unknown parameters and the like."""
        return self.world.violations

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def user(self, id: int, *, started: bool = False, **fields: Any) -> User:
        """The person with this id, created or updated; unless ``started``, the bot may not write to them yet."""
        person = self.world.people.get(id)
        if person is None:
            person = self.world.people[id] = Person(id, started=started)
        for name, value in fields.items():
            if not hasattr(person, name):
                raise TypeError(f"a person has no {name!r}")
            setattr(person, name, value)
        return User(self, person)

    def crowd(self, first_id: int, count: int) -> None:
        """Many people at once who have all started the bot."""
        for number in range(first_id, first_id + count):
            self.world.people[number] = Person(number, started=True)

    def group(self, id: int, title: str = "گروه", **fields: Any) -> GroupDesk:
        """A group that the bot is a member of; ids are negative."""
        if id >= 0:
            raise ValueError("ids of groups are negative")
        group = self.world.groups.setdefault(id, GroupChat(id, title, **fields))
        return GroupDesk(self, group)

    def inject(self, kind: Kind, method: str = "*", **settings: Any) -> Fault:
        """Put a fault in force, see Fault."""
        return self.faults.add(Fault(kind, method, **settings))

    async def wait_for(self, condition: Callable[[Transcript], T], within_s: float = 5.0) -> T:
        """The condition's first true value; after so many real seconds an AssertionError with the transcript."""
        end = time.monotonic() + within_s
        while not (value := condition(self.transcript)):
            left = end - time.monotonic()
            assert left > 0, f"nothing of the kind within {within_s} s:\n{self.transcript.render()}"
            await self.world.changed.wait(min(left, 0.25))
        return value

    def membership_update(self, by: Person, chat: Chat, old: str, new: str) -> None:
        """Tell the bot that its own membership changed (my_chat_member)."""
        bot = self.world.bot.as_user()

        def member(status: str) -> dict[str, Any]:
            return {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        update = {
            "chat": chat.as_chat(),
            "from": by.as_user(),
            "date": int(self.clock.now()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        self.queue.push("my_chat_member", update)
