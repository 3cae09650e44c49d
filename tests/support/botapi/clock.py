"""The double's own time: it can run fast, stand still and jump, so that no test waits for a flood window."""

import asyncio
import time


class Clock:
    """Unix time in seconds that passes ``scale`` times as fast as the machine's; 0 means frozen."""

    def __init__(self, scale: float = 1.0, start: float | None = None) -> None:
        self._scale = scale
        self._base = time.time() if start is None else start
        self._anchor = time.monotonic()

    @property
    def scale(self) -> float:
        """How many of the double's seconds pass in one real second."""
        return self._scale

    def now(self) -> float:
        """Unix time of the double."""
        return self._base + (time.monotonic() - self._anchor) * self._scale

    def set_scale(self, scale: float) -> None:
        """Change the pace from now on; what has passed stays passed."""
        if scale < 0:
            raise ValueError("the time scale cannot be negative")
        self._base, self._anchor = self.now(), time.monotonic()
        self._scale = scale

    def advance(self, seconds: float) -> None:
        """Jump forward."""
        self._base += seconds

    def real_s(self, seconds: float) -> float:
        """Real seconds in which ``seconds`` of the double pass; a frozen clock waits in real time."""
        return seconds / self._scale if self._scale else seconds


class Signal:
    """Wakes everybody who waits for "something has changed"."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def fire(self) -> None:
        """Wake all present waiters."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, within_s: float) -> bool:
        """True when fired within so many real seconds."""
        try:
            await asyncio.wait_for(self._event.wait(), within_s)
        except TimeoutError:
            return False
        return True
