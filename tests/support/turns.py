"""Sleeps that end when a test says so."""

from __future__ import annotations

import asyncio

__all__ = ["Turns"]


class Turns:
    """A sleep. `asked` are the seconds that were asked for."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._turn = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await self._turn.wait()
        self._turn.clear()

    async def next(self) -> None:
        """Whoever sleeps wakes up, and does its work until it sleeps again."""
        asked = len(self.asked)
        self._turn.set()
        for _ in range(100):
            await asyncio.sleep(0.002)
            if len(self.asked) > asked:
                return
