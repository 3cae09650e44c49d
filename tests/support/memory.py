"""The storage ports with memory instead of a database; the same contract suite holds them (tests/integration/storage)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.ports import InboxUpdate, KeptState, LoggedMessage, Person
from knowledge.asking import AskedQuestion
from knowledge.provisions import Address

__all__ = [
    "MemoryChatLog",
    "MemoryFiles",
    "MemoryInbox",
    "MemoryPeople",
    "MemoryQuestionLog",
    "MemoryStateStore",
    "MemoryStorage",
    "plain_asker_key",
]


def plain_asker_key(platform: str, platform_id: int) -> str:
    """An asker key that a failing test can read."""
    return f"asker-{platform}-{platform_id}"


def _as_json(value: Mapping[str, Any]) -> dict[str, Any]:
    """What comes back from a JSON column: a copy, with keys turned into strings and tuples into lists."""
    copy: dict[str, Any] = json.loads(json.dumps(value))
    return copy


class MemoryStateStore:
    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.data: dict[str, dict[str, Any]] = {}

    async def get(self, key: str) -> KeptState:
        return KeptState(self.states.get(key), _as_json(self.data.get(key, {})))

    async def set_state(self, key: str, state: str | None) -> None:
        _owner(key)
        if state is None:
            self.states.pop(key, None)
        else:
            self.states[key] = state

    async def set_data(self, key: str, data: Mapping[str, Any]) -> None:
        _owner(key)
        if data:
            self.data[key] = _as_json(data)
        else:
            self.data.pop(key, None)

    async def forget_person(self, platform: str, platform_id: int) -> int:
        keys = {key for key in self.states.keys() | self.data.keys() if _owner(key) == (platform, platform_id)}
        for key in keys:
            self.states.pop(key, None)
            self.data.pop(key, None)
        return len(keys)


def _owner(key: str) -> tuple[str, int]:
    parts = key.split(":")
    try:
        return parts[0], int(parts[3])
    except (IndexError, ValueError):
        raise ValueError(f"a state key that names no person: {key!r}") from None


@dataclasses.dataclass
class _Row:
    update: InboxUpdate
    sender_id: int | None
    outcome: str | None = None


class MemoryInbox:
    def __init__(self) -> None:
        self._rows: dict[int, _Row] = {}
        self._ids = itertools.count(1)

    async def put(
        self,
        platform: str,
        updates: Sequence[tuple[int, Mapping[str, Any]]],
        at: dt.datetime,
        *,
        started: bool = False,
    ) -> list[InboxUpdate]:
        new = []
        for update_id, payload in updates:
            if not any(
                (row.update.platform, row.update.update_id) == (platform, update_id) for row in self._rows.values()
            ):
                update = InboxUpdate(next(self._ids), platform, update_id, _as_json(payload), int(started), started)
                self._rows[update.id] = _Row(update, _sender(payload))
                new.append(update)
        return new

    async def pending(self, platform: str, limit: int) -> list[InboxUpdate]:
        rows = (row for row in self._rows.values() if row.update.platform == platform and row.outcome is None)
        return [dataclasses.replace(row.update, started=False) for row in itertools.islice(rows, limit)]

    async def started(self, ids: Sequence[int]) -> None:
        for row in (self._rows[id] for id in ids if id in self._rows):
            row.update = dataclasses.replace(row.update, attempts=row.update.attempts + 1)

    async def finished(self, id: int, outcome: str, at: dt.datetime) -> None:
        if row := self._rows.get(id):
            row.update, row.sender_id = dataclasses.replace(row.update, payload={}), None
            row.outcome = outcome

    async def last_update_id(self, platform: str) -> int | None:
        ids = [row.update.update_id for row in self._rows.values() if row.update.platform == platform]
        return ids[-1] if ids else None

    async def counts(self, platform: str) -> Mapping[str, int]:
        return Counter(row.outcome or "pending" for row in self._rows.values() if row.update.platform == platform)

    def forget_sender(self, platform: str, platform_id: int) -> int:
        theirs = [
            row
            for row in self._rows.values()
            if row.outcome is None and (row.update.platform, row.sender_id) == (platform, platform_id)
        ]
        for row in theirs:
            row.update, row.sender_id = dataclasses.replace(row.update, payload={}), None
            row.outcome = "forgotten"
        return len(theirs)


def _sender(payload: Mapping[str, Any]) -> int | None:
    for content in payload.values():
        if isinstance(content, Mapping) and isinstance(sender := content.get("from"), Mapping):
            id = sender.get("id")
            return id if isinstance(id, int) else None
    return None


class MemoryChatLog:
    def __init__(self) -> None:
        self._messages: dict[tuple[int, int], LoggedMessage] = {}
        self._last: Counter[int] = Counter()

    async def append(self, chat_id: int, from_bot: bool, body: Mapping[str, Any], at: dt.datetime) -> LoggedMessage:
        self._last[chat_id] += 1
        message = LoggedMessage(chat_id, self._last[chat_id], from_bot, _as_json(body), at)
        self._messages[chat_id, message.message_id] = message
        return message

    async def edit(
        self, chat_id: int, message_id: int, body: Mapping[str, Any], at: dt.datetime
    ) -> LoggedMessage | None:
        if message := self._messages.get((chat_id, message_id)):
            message = dataclasses.replace(message, body=_as_json(body), edited_at=at)
            self._messages[chat_id, message_id] = message
        return message

    async def delete(self, chat_id: int, message_id: int) -> bool:
        return self._messages.pop((chat_id, message_id), None) is not None

    async def get(self, chat_id: int, message_id: int) -> LoggedMessage | None:
        return self._messages.get((chat_id, message_id))

    async def history(self, chat_id: int, *, limit: int, before: int | None = None) -> list[LoggedMessage]:
        theirs = [
            message
            for (chat, id), message in sorted(self._messages.items())
            if chat == chat_id and (before is None or id < before)
        ]
        return theirs[-limit:]

    async def forget(self, chat_id: int) -> int:
        keys = [key for key in self._messages if key[0] == chat_id]
        for key in keys:
            del self._messages[key]
        self._last.pop(chat_id, None)
        return len(keys)


@dataclasses.dataclass
class KeptQuestion:
    """A stored question with what became of it, for tests to look at."""

    asked: AskedQuestion
    asker: str | None
    text: str | None
    clicked: Address | None = None
    useful: bool | None = None
    rated_at: dt.datetime | None = None


class MemoryQuestionLog:
    def __init__(self) -> None:
        self.questions: dict[int, KeptQuestion] = {}

    async def add(self, question: AskedQuestion) -> int:
        id = len(self.questions) + 1
        self.questions[id] = KeptQuestion(question, question.asker, question.text)
        return id

    async def text_of(self, question_id: int, asker: str) -> str | None:
        question = self._theirs(question_id, asker)
        return question.text if question else None

    async def clicked(self, question_id: int, asker: str, address: Address) -> bool:
        if question := self._theirs(question_id, asker):
            question.clicked = address
        return question is not None

    async def rated(self, question_id: int, asker: str, useful: bool, at: dt.datetime) -> bool:
        if question := self._theirs(question_id, asker):
            question.useful, question.rated_at = useful, at
        return question is not None

    def forget_asker(self, asker: str) -> int:
        theirs = [question for question in self.questions.values() if question.asker == asker]
        for question in theirs:
            question.asker = question.text = question.clicked = question.useful = question.rated_at = None
        return len(theirs)

    def _theirs(self, question_id: int, asker: str) -> KeptQuestion | None:
        question = self.questions.get(question_id)
        return question if question and question.asker == asker else None


class MemoryPeople:
    """`forget` empties the other memories too, as the database's does."""

    def __init__(
        self,
        states: MemoryStateStore,
        inbox: MemoryInbox,
        chat_log: MemoryChatLog,
        questions: MemoryQuestionLog,
        *,
        asker_key: Callable[[str, int], str],
    ) -> None:
        self._states, self._inbox, self._chat_log, self._questions = states, inbox, chat_log, questions
        self._asker_key = asker_key
        self._ids = itertools.count(1)
        self.people: dict[tuple[str, int], Person] = {}

    async def seen(self, platform: str, platform_id: int, at: dt.datetime) -> Person:
        person = self.people.get((platform, platform_id)) or Person(next(self._ids), platform, platform_id, {})
        self.people[platform, platform_id] = person = dataclasses.replace(person, blocked=False)
        return person

    async def save_settings(self, person_id: int, settings: Mapping[str, Any]) -> None:
        if person := self._by_id(person_id):
            self.people[person.platform, person.platform_id] = dataclasses.replace(person, settings=_as_json(settings))

    async def mark_blocked(self, platform: str, platform_id: int, at: dt.datetime) -> None:
        if person := self.people.get((platform, platform_id)):
            self.people[platform, platform_id] = dataclasses.replace(person, blocked=True)

    async def forget(self, person_id: int) -> Mapping[str, int]:
        person = self._by_id(person_id)
        if person is None:
            return {}
        name = person.platform, person.platform_id
        del self.people[name]
        counts = {"people": 1, "conversation_states": await self._states.forget_person(*name)}
        if person.platform not in ("telegram", "bale"):
            counts["chat_messages"] = await self._chat_log.forget(person.platform_id)
        counts["inbox"] = self._inbox.forget_sender(*name)
        counts["questions"] = self._questions.forget_asker(self._asker_key(*name))
        return counts

    def _by_id(self, person_id: int) -> Person | None:
        return next((person for person in self.people.values() if person.id == person_id), None)


class MemoryStorage:
    """All of them, wired to each other, under the names that `storage.unit_of_work.Repositories` has."""

    def __init__(self, *, asker_key: Callable[[str, int], str] = plain_asker_key) -> None:
        self.states = MemoryStateStore()
        self.inbox = MemoryInbox()
        self.chat_log = MemoryChatLog()
        self.questions = MemoryQuestionLog()
        self.people = MemoryPeople(self.states, self.inbox, self.chat_log, self.questions, asker_key=asker_key)


class MemoryFiles:
    """Files of chats; keys count."""

    def __init__(self) -> None:
        self.kept: dict[tuple[int, str], bytes] = {}

    async def keep(self, chat_id: int, name: str, content: bytes) -> str:
        key = f"file-{len(self.kept):016d}{Path(name).suffix}"
        self.kept[chat_id, key] = content
        return key

    async def read(self, chat_id: int, key: str) -> bytes | None:
        return self.kept.get((chat_id, key))

    async def forget(self, chat_id: int) -> None:
        self.kept = {at: content for at, content in self.kept.items() if at[0] != chat_id}
