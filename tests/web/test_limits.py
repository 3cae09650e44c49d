"""Rate limits over the library's own windows, whatever second of a minute it is."""

from __future__ import annotations

import pytest
from fastapi import Request
from limits.aio.storage import MemoryStorage

from web.limits import RateLimits
from web.problems import Problem


def _request(address: str) -> Request:
    return Request({"type": "http", "client": (address, 1), "headers": []})


async def _admitted(limits: RateLimits, address: str, person: int | None) -> bool:
    try:
        await limits.check(_request(address), person)
    except Problem as refused:
        return refused.status_code != 429
    return True


@pytest.mark.parametrize("person", [7, None])
async def test_a_minute_admits_its_share_of_a_person_or_address_and_no_more(person: int | None) -> None:
    per_person, per_address = (5, 1000) if person else (1000, 5)
    limits = RateLimits(MemoryStorage(), per_person=per_person, per_address=per_address)
    admitted = [await _admitted(limits, "192.0.2.1", person) for _ in range(20)]
    assert 5 <= sum(admitted) <= 6  # where two minutes meet, the library lets one more through
    assert not any(admitted[-10:])
    assert await _admitted(limits, "192.0.2.2", 8)
