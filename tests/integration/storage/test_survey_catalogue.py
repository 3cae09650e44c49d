"""Bringing a catalogue in, on both databases: all or nothing, and a dry run that stores nothing."""

from __future__ import annotations

from storage.database import Database
from storage.unit_of_work import survey_work
from surveys.cataloguing import EXAMPLES, FindService, ImportServices
from tests.support.rating import open_directory


def _bring(database: Database) -> ImportServices:
    return ImportServices(lambda: survey_work(database), open_directory)


async def test_dry_run_then_import_then_again(database: Database) -> None:
    bring, find = _bring(database), FindService(lambda: survey_work(database))
    content = EXAMPLES.read_bytes()

    tried = await bring(content, dry_run=True)
    assert (tried.added, tried.stored) == (15, False)
    assert await find("شناسنامه") == []

    assert (await bring(content, dry_run=False)).stored
    assert (await find("شناسنامه"))[0].service.id == "EXAMPLE-1"
    again = await bring(content, dry_run=False)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 15)

    closed = content.decode().replace("id,title", "active,id,title", 1).replace("\nEXAMPLE", "\nخیر,EXAMPLE")
    assert (await bring(closed.encode(), dry_run=False)).changed == 15
    assert await find("شناسنامه") == []


async def test_one_problem_stores_nothing(database: Database) -> None:
    bring = _bring(database)
    found = await bring("id,title,agency\n1,گواهی,ثبت احوال\n1,دو,ثبت احوال\n".encode(), dry_run=False)
    assert [(p.row, p.value) for p in found.problems] == [(3, "1")]
    assert not found.stored
    async with survey_work(database) as work:
        assert await work.services.all() == []
