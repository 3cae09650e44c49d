"""Whatever arrives, nobody's conversation breaks: five hundred generated updates here, ten thousand in `make bench`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.bad_updates import play, updates

BATCH = 50
#: Shrinking a batch takes minutes; the log names the place that failed at once.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=10, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(st.lists(updates, min_size=BATCH, max_size=BATCH))
def test_five_hundred_bad_updates(sent: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        counts = asyncio.run(play(sent, Path(folder)))
    assert counts.keys() <= {"handled", "unreadable", "forgotten"}
    assert sum(counts.values()) >= BATCH
