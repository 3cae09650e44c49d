"""Starts the double as a process and speaks to its control API; for tests that kill and restart the whole bot."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class RemoteDouble:
    """A client of ``/control``; ``url`` and ``token`` are what the bot under test needs."""

    url: str
    token: str
    session: aiohttp.ClientSession

    async def get(self, path: str, **query: str | int) -> Any:
        """E.g. ``get("transcript", chat_id=7)``."""
        return await self._ask("GET", path, params={name: str(value) for name, value in query.items()})

    async def post(self, path: str, **body: Any) -> Any:
        """E.g. ``post("user/7/sends", text="سلام")``."""
        return await self._ask("POST", path, json=body)

    async def delete(self, path: str) -> Any:
        """E.g. ``delete("faults")``."""
        return await self._ask("DELETE", path)

    async def _ask(self, method: str, path: str, **settings: Any) -> Any:
        async with self.session.request(method, f"{self.url}/control/{path}", **settings) as response:
            body = await response.json()
            assert response.status == 200, f"{method} {path}: {body}"
            return body

    async def wait_for(
        self, path: str, condition: Callable[[Any], bool], within_s: float = 10.0, **query: str | int
    ) -> Any:
        """Ask again and again until the condition holds; AssertionError with the last answer otherwise."""
        end = time.monotonic() + within_s
        while not condition(answer := await self.get(path, **query)):
            assert time.monotonic() < end, f"{path} after {within_s} s: {answer}"
            await asyncio.sleep(0.02)
        return answer


@asynccontextmanager
async def launched(*arguments: str) -> AsyncIterator[RemoteDouble]:
    """The double in a process of its own for the length of the block."""
    command = (sys.executable, "-m", "tests.support.botapi", *arguments)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        ready = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
        async with aiohttp.ClientSession() as session:
            yield RemoteDouble(ready["url"], ready["token"], session)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
