"""The reminders over a SQLite file of their own; the clock stands on 16 Aban 1405, a working day, 9 in Tehran."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.reminding import Clock, Reminding, tehran


@pytest.fixture
def clock() -> Clock:
    return Clock(tehran(1405, 8, 16))


@pytest.fixture
async def reminding(tmp_path: Path, clock: Clock) -> AsyncIterator[Reminding]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    yield Reminding(database, clock, tmp_path)
    await database.close()
