"""Evidence is kept by what it holds; what never got into a report is deleted, and nothing else."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from reminders.duties import Attachment
from reminders.duty import DutyKey, EvidenceKind
from reminders.refusals import RefusedError
from storage.database import Database
from storage.evidence_files import UNREPORTED_KEPT, EvidenceFolder, delete_unreported
from tests.support.reminding import Clock, Reminding, tehran

KEY = DutyKey("ict-ministry", "roadmap-1404.stage_3__actor_1__item_1", "once")
NEXT = DutyKey("ict-ministry", "roadmap-1404.stage_3__actor_1__item_2", "once")
NOW = dt.datetime.now(dt.UTC)
LONG_AGO = NOW - UNREPORTED_KEPT - dt.timedelta(days=1)


def aged(folder: Path) -> None:
    """As if everything had been sent long ago."""
    for path in folder.glob("*/*"):
        os.utime(path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))


def file(content: bytes) -> Attachment:
    return Attachment(EvidenceKind.FILE, "سند.pdf", "application/pdf", content)


async def test_only_old_files_without_a_report_are_deleted(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    reminding = Reminding(database, Clock(tehran(1405, 8, 16)), tmp_path)
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "ict-ministry")
    keep, folder = reminding.report_done.keep, EvidenceFolder(reminding.evidence_folder)
    handed_in = await keep(mine, KEY, file(b"handed in"))
    forgotten = await keep(mine, KEY, file(b"forgotten"))
    again = await keep(mine, KEY, file(b"sent again"))
    await reminding.report_done(mine, KEY, "", [handed_in])
    (reminding.evidence_folder / "ab").mkdir(exist_ok=True)
    draft = reminding.evidence_folder / "ab" / f"ab{'0' * 62}.1234abcd"
    draft.write_bytes(b"half a fi")
    assert await delete_unreported(folder, database, NOW) == 0, "all were sent a moment ago"

    aged(reminding.evidence_folder)
    await keep(mine, NEXT, file(b"sent again"))
    assert await delete_unreported(folder, database, NOW) == 2
    assert await folder.read(handed_in.sha256) == b"handed in"
    assert await folder.read(again.sha256) == b"sent again"
    assert await folder.read(forgotten.sha256) is None
    assert not draft.exists()

    # Whoever comes back to that report after so long is told, and nothing is stored.
    other = await reminding.member(operator, 8, "civil-registration")
    theirs = DutyKey("civil-registration", KEY.obligation_id, KEY.occurrence)
    with pytest.raises(RefusedError, match="remind-evidence-gone"):
        await reminding.report_done(other, theirs, "انجام شد", [forgotten])
    assert len(await reminding.decide_report.pending(operator)) == 1
    await database.close()


async def test_what_a_report_is_being_made_of_is_not_deleted_under_it(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path / "evidence")
    digest = await folder.keep(b"found just before")
    aged(tmp_path / "evidence")
    found = await folder.untouched_since(NOW - UNREPORTED_KEPT)
    assert found == [digest]
    assert await folder.holds(digest)
    assert await folder.delete(found, NOW - UNREPORTED_KEPT) == 0
    assert not await folder.holds("0" * 64)
    assert not await folder.holds("../../etc/passwd")


async def test_a_folder_that_was_never_made_holds_nothing(tmp_path: Path) -> None:
    assert await EvidenceFolder(tmp_path / "none").untouched_since(NOW) == []
