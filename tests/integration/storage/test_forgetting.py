"""After /forget nothing about the person is left in any table, nor in the file."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from knowledge.answers import Intent, Status
from knowledge.asking import AskedQuestion
from knowledge.provisions import Address
from reminders.duty import DutyKey
from reminders.ledger import MessageKind, NewMessage, PlannedReminder
from reminders.people import Role
from storage.database import Database
from storage.models import Base
from storage.reminder_work import ReminderWork
from storage.unit_of_work import Repositories
from surveys.ports import FirstAnswer
from surveys.responses import Respondent, changed_tallies
from tests.support.memory import plain_asker_key
from tests.support.rating import case_of, response_of

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
ME, SOMEBODY_ELSE = 7_770_077, 8_880_088
#: What only this person ever wrote.
MARK = "MARKOFTHISPERSON"
#: Columns that say whose a row is. A table without one holds nothing about people.
PERSON_COLUMNS = {"person_id", "platform_id", "sender_id", "chat_id", "asker"}
TABLES = [table for table in Base.metadata.sorted_tables if PERSON_COLUMNS & set(table.columns.keys())]


async def _live(storage: Repositories, platform: str, platform_id: int, mark: str) -> int:
    """Leaves something in every table with a person column; returns the person's id."""
    person = await storage.people.seen(platform, platform_id, NOW)
    await storage.people.save_settings(person.id, {"note": mark})
    key = f"{platform}:42:{platform_id}:{platform_id}:default"
    await storage.states.set_state(key, mark)
    await storage.states.set_data(key, {"draft": mark})
    update = {"message": {"from": {"id": platform_id}, "text": mark}}
    await storage.inbox.put(platform, [(platform_id, update)], NOW)
    (done,) = await storage.inbox.put(platform, [(platform_id + 1, update)], NOW)
    await storage.inbox.finished(done.id, "handled", NOW)
    await storage.chat_log.append(platform_id, False, {"text": mark}, NOW)
    asker = plain_asker_key(platform, platform_id)
    question = await storage.questions.add(
        AskedQuestion(asker, platform, mark, Intent.TOPIC, Status.ANSWERED, 0.9, None, 4.0, NOW)
    )
    await storage.questions.rated(question, asker, True, NOW)
    await storage.questions.clicked(question, asker, Address("roadmap-1404", "art_21"))
    await _represent(storage.reminders, person.id)
    await _rate(storage, Respondent(person.id, platform, platform_id), mark)
    return person.id


async def _rate(storage: Repositories, who: Respondent, mark: str) -> None:
    """Leaves something in every table of the surveys with a person column."""
    new = response_of(who, "1000", text=mark)
    response = await storage.first_answers.give(FirstAnswer(new, None, changed_tallies(None, new), 0))
    assert response is not None
    await storage.surveys.cases.add(case_of(response, who.person_id))


async def _represent(storage: ReminderWork, person_id: int) -> None:
    """Leaves something in every table of the reminders with a person column."""
    key = DutyKey(f"agency-{person_id}", "roadmap-1404.art_6__note_2", "once")
    await storage.members.ask(
        key.agency_id, person_id, Role.DEPUTY, name="نام", legal_basis="", introduced_on=None, at=NOW
    )
    await storage.duties.assign(key, person_id, by=person_id, at=NOW)
    await storage.duties.report(key, person_id, "انجام شد", [], NOW)
    await storage.duties.snooze(person_id, key, NOW.date(), NOW.date())
    await storage.ledger.plan(
        [PlannedReminder(person_id, key.agency_id, key.obligation_id, "once", "1406-02-15", "30", NOW.date())], NOW
    )
    await storage.ledger.add([NewMessage(f"m{person_id}", person_id, MessageKind.JOINED, {}, NOW)], NOW)
    await storage.settings.add_feed(f"feed{person_id}", person_id, NOW)


async def _rows(database: Database, table: Table) -> list[dict[str, Any]]:
    async with database.read() as connection:
        return [dict(row) for row in (await connection.execute(select(table))).mappings()]


def _about(row: dict[str, Any], names: set[Any], mark: str) -> bool:
    theirs = any(row.get(column) in names for column in PERSON_COLUMNS)
    return theirs or mark in json.dumps(row, default=str, ensure_ascii=False)


@pytest.mark.parametrize("platform", ["web", "terminal"])
async def test_no_table_knows_the_person_any_more(
    database: Database, repositories: Repositories, platform: str
) -> None:
    me = await _live(repositories, platform, ME, MARK)
    other = await _live(repositories, platform, SOMEBODY_ELSE, "somebody else")
    my_names = {me, ME, plain_asker_key(platform, ME)}
    other_names = {other, SOMEBODY_ELSE, plain_asker_key(platform, SOMEBODY_ELSE)}
    theirs_before = {}
    for table in TABLES:
        rows = await _rows(database, table)
        assert any(_about(row, my_names, MARK) for row in rows), f"plant something of the person in {table}"
        theirs_before[table] = [row for row in rows if _about(row, other_names, "somebody else")]

    counts = await repositories.people.forget(me)

    assert set(counts) == {table.name for table in TABLES}
    assert all(counts.values())
    for table in TABLES:
        rows = await _rows(database, table)
        assert not [row for row in rows if _about(row, my_names, MARK)], table
        assert [row for row in rows if _about(row, other_names, "somebody else")] == theirs_before[table]
    assert (await repositories.people.seen(platform, SOMEBODY_ELSE, NOW)).id == other


async def test_every_table_was_looked_at() -> None:
    """A new table with a person column joins by itself; this one fails when the columns are renamed."""
    assert {table.name for table in TABLES} >= {
        "people",
        "conversation_states",
        "inbox",
        "chats",
        "chat_messages",
        "questions",
    }


async def test_a_foreign_key_to_people_is_a_person_column() -> None:
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "people":
                assert key.parent.name in PERSON_COLUMNS, f"{table}.{key.parent.name}: add it to PERSON_COLUMNS"


async def test_counts_survive_without_the_person(database: Database, repositories: Repositories) -> None:
    me = await _live(repositories, "web", ME, MARK)
    await repositories.people.forget(me)

    (question,) = await _rows(database, Base.metadata.tables["questions"])
    assert (question["status"], question["asked_at"]) == ("answered", NOW)
    assert [question[name] for name in ("asker", "text", "useful", "rated_at", "clicked")] == [None] * 5
    assert await repositories.inbox.counts("web") == {"forgotten": 1, "handled": 1}
    assert await repositories.inbox.pending("web", 10) == []


async def test_a_web_chat_with_the_number_of_a_telegram_person_stays(repositories: Repositories) -> None:
    me = (await repositories.people.seen("telegram", ME, NOW)).id
    await repositories.chat_log.append(ME, False, {"text": "of the web"}, NOW)

    await repositories.people.forget(me)
    assert len(await repositories.chat_log.history(ME, limit=10)) == 1


async def test_the_file_forgets_too(tmp_path: Path) -> None:
    """SQLite would leave deleted text in free pages."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    storage = Repositories(database, asker_key=plain_asker_key)
    me = await _live(storage, "web", ME, MARK)
    assert _files_with(MARK, tmp_path)

    await storage.people.forget(me)
    await database.checkpoint()

    assert _files_with(MARK, tmp_path) == []
    await database.close()


def _files_with(mark: str, folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if mark.encode() in file.read_bytes()]
