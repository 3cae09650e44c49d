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


async def test_commands_with_very_long_texts_are_answered(tmp_path: Path) -> None:
    person = {"id": 1001, "is_bot": False, "first_name": "x"}
    commands = ("/agency", "/rate", "/cases", "/report", "/track", "/article", "/ask", "/done", "/obligations")
    sent = [
        {"message": {"message_id": n, "date": 1, "from": person, "chat": {"id": 1001, "type": "private"}, "text": text}}
        for n, text in enumerate((f"{command} {'۰' * 4000}" for command in commands), 1)
    ]
    counts = await play(sent, tmp_path)
    assert counts.keys() == {"handled"}


async def test_what_nobody_sent_is_let_be(tmp_path: Path) -> None:
    chat = {"id": 1002, "type": "private"}
    contents: list[dict[str, Any]] = [
        {"text": "سلام"},
        {"text": "/agency"},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
    ]
    sent = [
        {kind: {"message_id": n, "date": 1, "edit_date": 2, "from": None, "chat": chat, **content}}
        for kind in ("message", "edited_message", "channel_post")
        for n, content in enumerate(contents, 1)
    ]
    assert (await play(sent, tmp_path)).keys() == {"handled"}
