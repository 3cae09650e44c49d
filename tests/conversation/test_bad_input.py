"""Whatever arrives, nobody's conversation breaks: five hundred generated updates here, ten thousand in `make bench`."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.bad_updates import play, updates
from tests.support.memory import MemoryStorage

BATCH = 50
#: Shrinking a batch takes minutes; the log names the place that failed at once.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=10, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(st.lists(updates, min_size=BATCH, max_size=BATCH))
def test_five_hundred_bad_updates(sent: list[dict[str, Any]]) -> None:
    storage = MemoryStorage()
    counts = asyncio.run(play(sent, storage, storage.questions))
    assert counts.keys() <= {"handled", "unreadable", "forgotten"}
    assert sum(counts.values()) >= BATCH
