"""Ten thousand generated updates through the whole bot and a real SQLite file: nothing fails, is refused or is lost.

The aim: every update is handled or counted as unreadable, nobody's conversation breaks, no state is lost
(`tests.support.bad_updates` says how that is seen).
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.bad_updates import play, updates

UPDATES, BATCH = 10_000, 50
GOOD_ENDS = {"handled", "unreadable", "forgotten"}


def generated() -> list[dict[str, Any]]:
    """That many updates, other ones each time."""
    sent: list[dict[str, Any]] = []

    @settings(
        max_examples=UPDATES // BATCH,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(updates, min_size=BATCH, max_size=BATCH))
    def collect(batch: list[dict[str, Any]]) -> None:
        sent.extend(batch)

    collect()
    return sent


def main() -> bool:
    """Prints the figures; whether they hold."""
    logging.getLogger("bot.feeder").setLevel(logging.ERROR)
    sent = generated()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as directory:
        counts = asyncio.run(play(sent, Path(directory)))
    seconds = time.perf_counter() - started
    bad = {end: n for end, n in counts.items() if end not in GOOD_ENDS}
    print(f"bad input: {len(sent)} updates in {seconds:.0f} s: {dict(counts)}; neither handled nor stepped over: {bad}")
    return len(sent) >= UPDATES and not bad


if __name__ == "__main__":
    raise SystemExit(not main())
