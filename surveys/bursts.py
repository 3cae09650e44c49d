"""Suspicious bursts: found after the fact, kept out of scores until an operator decides. Nobody is turned away.

A window is a burst when it holds at least `WINDOW_RESPONSES_MIN` responses and more than `TIMES_USUAL` times what the
service usually gets in such a window; a person who rates more services a day than anybody uses is held, too.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from surveys.answering import SurveyRules, save_response
from surveys.ports import OpenSurveyWork, SurveyWork
from surveys.refusals import RefusedError
from surveys.responses import EXACT_TIME_KEPT, Response, Standing

__all__ = ["DecideHeld", "FlagBursts", "ListHeld"]

WINDOW: Final = dt.timedelta(minutes=10)
WINDOW_RESPONSES_MIN: Final = 40
TIMES_USUAL: Final = 8.0
SERVICES_A_DAY_MAX: Final = 20


class FlagBursts:
    """Holds the responses of every burst of the last 48 hours; called every few minutes."""

    def __init__(self, work: OpenSurveyWork, rules: SurveyRules) -> None:
        self._work, self._rules = work, rules

    async def __call__(self) -> int:
        """How many responses are held now that were counted before."""
        now = self._rules.clock()
        since = now - EXACT_TIME_KEPT
        async with self._work() as work:
            held = await _hold(work, await work.responses.tireless(now - dt.timedelta(days=1), SERVICES_A_DAY_MAX))
            busy = await work.responses.busy(since, now + WINDOW, WINDOW, WINDOW_RESPONSES_MIN)
            recent = await work.responses.counted_since(since)
            for service_id, start, count in busy:
                if count > TIMES_USUAL * _usual(recent[service_id] - count):
                    held += await _hold(work, await work.responses.counted_in(service_id, start, start + WINDOW))
        return held


class ListHeld:
    """What waits for an operator, oldest first."""

    def __init__(self, work: OpenSurveyWork) -> None:
        self._work = work

    async def __call__(self, limit: int = 500, *, by: int | None = None) -> list[Response]:
        """`by` is the member of staff who asks, None the command line; RefusedError for others than operators."""
        async with self._work() as work:
            if by is not None:
                (await work.staff.rights(by)).must_be_operator()
            return await work.responses.standing(Standing.HELD, limit)


class DecideHeld:
    """An operator lets held responses count, or excludes them for good; they are not held again."""

    def __init__(self, work: OpenSurveyWork) -> None:
        self._work = work

    async def __call__(self, response_ids: list[int], *, count: bool, by: int | None = None) -> int:
        """How many were decided. RefusedError when one is not held (any more), and for others than operators: then none
        is.
        """
        async with self._work() as work:
            if by is not None:
                (await work.staff.rights(by)).must_be_operator()
            for id in sorted(set(response_ids)):
                response = await work.responses.get(id, lock=True)
                if response is None or response.standing is not Standing.HELD:
                    raise RefusedError("response-not-held")
                standing = Standing.COUNTED if count else Standing.EXCLUDED
                await _stand(work, response, standing, answered_at=None)
        return len(set(response_ids))


def _usual(others: int) -> float:
    """Responses of a usual window: the rest of the 48 hours spread evenly, at least one."""
    return max(others / (EXACT_TIME_KEPT / WINDOW), 1.0)


async def _hold(work: SurveyWork, responses: list[Response]) -> int:
    for response in responses:
        await _stand(work, response, Standing.HELD)
    return len(responses)


async def _stand(work: SurveyWork, before: Response, standing: Standing, **changes: None) -> None:
    service = await work.services.get(before.service_id)
    assert service is not None, "responses refer to services, which stay"
    await save_response(work, service, before, before.changed(standing=standing, **changes))
