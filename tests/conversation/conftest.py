"""One person in one chat with the whole bot: the real corpus, memory for a database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers import conversation_router
from tests.support.answering import real_dependencies
from tests.support.chats import Chat, open_channel
from tests.support.corpus import NOON
from tests.support.memory import MemoryStorage
from tests.support.town import Town, open_town


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
async def chat(storage: MemoryStorage) -> AsyncIterator[Chat]:
    dependencies = real_dependencies(storage.questions)
    async with open_channel([conversation_router()], dependencies, storage=storage, clock=lambda: NOON) as channel:
        yield Chat(channel)
        assert (await storage.inbox.counts("test")).keys() <= {"handled", "forgotten"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as one:
        yield one
