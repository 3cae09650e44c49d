"""The reminders over a SQLite file of their own; the clock stands on 16 Aban 1405, a working day, 9 in Tehran."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.databases import open_sqlite
from tests.support.reminding import Clock, Reminding, tehran


@pytest.fixture
def clock() -> Clock:
    return Clock(tehran(1405, 8, 16))


@pytest.fixture
async def reminding(tmp_path: Path, clock: Clock) -> AsyncIterator[Reminding]:
    async with open_sqlite(tmp_path) as database:
        yield Reminding(database, clock, tmp_path)
