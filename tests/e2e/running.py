"""A real `python run.py` in a process of its own, and a real browser to look at it with."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from tests.support.answering import give_index

__all__ = ["CHROMIUM", "DESKTOP", "PHONE", "ROOT", "OpenContext", "Rahyar", "free_port", "open_browser", "open_page"]

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: The first start builds the index.
START_LIMIT_S, STOP_LIMIT_S = 120, 60  # beside a busy second core
PHONE, DESKTOP = (412, 915), (1280, 800)
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Rahyar:
    """One instance: its data directory and port stay, the process may come and go.

    `settings` are further environment variables; `said` is what it printed until it was ready, the last time.
    """

    def __init__(self, data_dir: Path, port: int, **settings: str) -> None:
        self.url, self.said, self._data_dir = f"http://127.0.0.1:{port}", "", data_dir
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RAHYAR_")}
        # At any hour of the tests' day: notices to staff would else wait for the next morning in Tehran.
        hours = {
            "RAHYAR_REMINDERS__FROM_HOUR": "0",
            "RAHYAR_REMINDERS__TO_HOUR": "24",
            "RAHYAR_REMINDERS__WEEKEND": "[]",
        }
        own = {"RAHYAR_DATA_DIR": str(data_dir), "RAHYAR_WEB__PORT": str(port), **hours}
        self._environment = kept | own | settings
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns once it says that it is ready; AssertionError with its last words otherwise."""
        if not (self._data_dir / "index").exists():
            give_index(self._data_dir)
        self._process = process = subprocess.Popen(
            [sys.executable, "run.py"],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_read, args=(process, lines), daemon=True).start()
        said = []
        while self.url not in (line := lines.get(timeout=START_LIMIT_S)):
            said.append(line)
            assert line, "".join(said)
        self.said = "".join(said)

    def stop(self) -> int:
        """Asks it to end as a service manager would; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    assert process.stdout is not None
    with process.stdout as output:
        for line in output:
            lines.put(line)
    lines.put("")


#: Opens an empty page with cookies of its own: `size`, `dark`, `problems` and the options of a browser context.
OpenContext = Callable[..., Awaitable[Page]]


@asynccontextmanager
async def open_browser() -> AsyncIterator[OpenContext]:
    """A fresh browser in which several people may look at pages, each with cookies of their own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)

        async def open_context(
            size: tuple[int, int] = PHONE, *, dark: bool = False, problems: list[str] | None = None, **options: Any
        ) -> Page:
            context = await browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if dark else "light",
                locale="fa-IR",
                is_mobile=size[0] < 600,
                has_touch=size[0] < 600,
                **options,
            )
            context.set_default_timeout(15_000)
            page = await context.new_page()
            if problems is not None:
                page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)
                page.on("pageerror", lambda error: problems.append(str(error)))
            return page

        try:
            yield open_context
        finally:
            await browser.close()


@asynccontextmanager
async def open_page(
    size: tuple[int, int] = PHONE, *, dark: bool = False, problems: list[str] | None = None, **options: Any
) -> AsyncIterator[Page]:
    """An empty page in a fresh browser; what its console complains of lands in `problems`."""
    async with open_browser() as open_context:
        yield await open_context(size, dark=dark, problems=problems, **options)
