"""Two operators at one anchor event: nobody overwrites a colleague's date unread, whichever process each is in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from persiantools.jdatetime import JalaliDate

from reminders.events import EventChangedError, EventRecorded
from storage.database import Database
from tests.support.reminding import Clock, Reminding, tehran

EVENT = "roadmap-1404.reference-architecture"
ROUNDS = 8


@pytest.fixture
async def offices(url: str, tmp_path: Path) -> AsyncIterator[tuple[Reminding, Reminding]]:
    """Two processes' worth: connections and books of their own over one database."""
    databases = Database(url), Database(url)
    for database in databases:
        await database.open()
    clock = Clock(tehran(1405, 8, 16))
    one, other = (Reminding(database, clock, tmp_path) for database in databases)
    yield one, other
    for database in databases:
        await database.close()


async def test_of_two_at_once_the_later_one_is_told(offices: tuple[Reminding, Reminding]) -> None:
    operator = await offices[0].operator(1)
    seen: JalaliDate | None = None
    for n in range(ROUNDS):
        dates = JalaliDate(1405, 1, 2 + 2 * n), JalaliDate(1405, 1, 3 + 2 * n)
        previews = [await o.preview_event(operator, EVENT, d) for o, d in zip(offices, dates, strict=True)]
        assert [preview.former for preview in previews] == [seen, seen]
        ends = await asyncio.gather(
            *(o.record_event(operator, EVENT, d, seen=seen) for o, d in zip(offices, dates, strict=True)),
            return_exceptions=True,
        )
        (recorded,) = [end for end in ends if isinstance(end, EventRecorded)]
        (refused,) = [end for end in ends if isinstance(end, EventChangedError)]
        assert refused.date == recorded.date
        for office in offices:
            (event,) = [e for e in await office.list_events(operator) if e.anchor.id == EVENT]
            assert (event.date, len(event.history)) == (recorded.date, n + 1)
        seen = recorded.date


async def test_a_date_taken_back_in_the_meantime(offices: tuple[Reminding, Reminding]) -> None:
    operator = await offices[0].operator(1)
    first, second = JalaliDate(1405, 8, 10), JalaliDate(1405, 8, 12)
    await offices[0].record_event(operator, EVENT, first, seen=None)
    await offices[0].record_event(operator, EVENT, None, seen=first)
    with pytest.raises(EventChangedError) as refused:
        await offices[1].record_event(operator, EVENT, second, seen=first)
    assert (refused.value.message_key, refused.value.date) == ("remind-event-raced-withdrawn", None)
    assert (await offices[1].record_event(operator, EVENT, second, seen=None)).change == "recorded"
