"""After /forget no column of any table holds a word that only this person ever used, save what staff typed themselves."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.models import Base
from storage.survey_models import CaseRow, KeptAnswerRow, OutboxRow
from surveys.case import Case, KeptKind
from surveys.services import Service
from tests.conversation.test_acting_for_an_agency import join_as
from tests.conversation.test_rating_in_full import comment
from tests.support.chats import Chat
from tests.support.town import Town, open_town

#: Words of Sara's alone, one for each of her cases.
CLOSED, OPEN, CLOSED_QUESTION, OPEN_QUESTION = WORDS = ("قرقاول", "بلدرچین", "شنبلیله", "شاهدانه")
BIRTH_CARD = Service("1002", "صدور کارت", "سازمان ثبت احوال کشور", "civil-registration")
#: In an expert's own words.
GENERAL = "هزینه نگهداری ساختمان"


@pytest.fixture
async def town(tmp_path: Path, url: str) -> AsyncIterator[Town]:
    async with open_town(tmp_path, url) as one:
        async with one.rating.work() as work:
            await work.services.put([BIRTH_CARD])
        yield one


async def rows(town: Town, table: Any) -> list[Any]:
    async with town.rating.database.read() as connection:
        return list((await connection.execute(select(*table.__table__.columns).order_by("id"))).all())


async def places(town: Town) -> set[tuple[str, str, str]]:
    """Where any of the words stands: table, column, word; what staff typed themselves is theirs."""
    found = set()
    staff = {town.ali.person_id, town.operator.person_id}
    async with town.rating.database.read() as connection:
        for table in Base.metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                if table.name == "chat_messages" and not row["from_bot"] and row["chat_id"] in staff:
                    continue
                for column, value in row.items():
                    text = json.dumps(value, default=str, ensure_ascii=False)
                    found |= {(table.name, column, word) for word in WORDS if word in text}
    return found


async def the_case(town: Town, word: str) -> Case:
    (case,) = [case for case in await rows(town, CaseRow) if word in (case.text or "")]
    return case  # type: ignore[no-any-return]  # a row with a case's columns


async def ask_an_expert(town: Town, question: str) -> None:
    unsure = await town.sara.says(question)
    await town.sara.presses("فرستادن پرسش برای کارشناس", on=unsure)


async def answer(town: Town, word: str, by: Any, text: str) -> None:
    await by.says(f"/cases {(await the_case(town, word)).code}")
    await by.presses("۱")
    await by.presses("پاسخ دادن")
    await by.says(text)
    await by.presses("فرستادن پاسخ")


async def keep(town: Town, word: str, *, accept: bool | None) -> None:
    """The operator keeps the question as a wording, and accepts or refuses it or leaves it for later."""
    await town.operator.says(f"/cases {(await the_case(town, word)).code}")
    await town.operator.presses("۱")
    await town.operator.presses("افزودن به جست‌وجو")
    await town.operator.says("ماده ۲۱ نقشه راه")
    await town.operator.says("/kept")
    if accept is not None:
        await town.operator.presses("پذیرفتن" if accept else "نپذیرفتن")


async def four_cases(town: Town) -> None:
    """Sara's: a comment that was answered and closed, one that waits, and two questions likewise; all were looked at."""
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, f"کارمند {CLOSED} راهنمایی نکرد")
    await answer(town, CLOSED, town.ali, f"درباره {CLOSED} رسیدگی شد.")
    await town.delivered()
    await town.sara.presses("🙂 راضی")
    await ask_an_expert(town, f"هزینه نگهداری {CLOSED_QUESTION} ساختمان با کیست؟")
    await answer(town, CLOSED_QUESTION, town.operator, "این در مقررات ما نیست.")
    await town.delivered()
    await keep(town, CLOSED_QUESTION, accept=True)
    town.clock.move(days=8)
    await town.delivered()
    await comment(town.sara, f"باجه {OPEN} بسته بود", service=BIRTH_CARD.id)
    await ask_an_expert(town, f"هزینه تعمیر {OPEN_QUESTION} آسانسور با کیست؟")
    await town.delivered()
    await town.ali.says("/cases")
    await town.operator.says("/cases")
    await town.operator.says(f"/cases {(await the_case(town, OPEN_QUESTION)).code}")
    await town.operator.presses("۱")
    await keep(town, OPEN_QUESTION, accept=None)
    own = await the_case(town, CLOSED_QUESTION)
    operator = await town.reminding.person(town.operator.person_id, "test")
    await town.rating.surveys.keep_answer(own.id, KeptKind.ASKED_AS, "roadmap-1404/art_9", GENERAL, by=operator)
    states = [(await the_case(town, word)).state for word in WORDS]
    assert states == ["closed", "received", "closed", "received"]


async def test_no_column_of_any_table_knows_the_words(town: Town) -> None:
    await four_cases(town)
    before = await places(town)
    for word in WORDS:
        assert {("cases", "text", word), ("chat_messages", "body", word)} <= before, "plant it"
    assert {
        ("survey_responses", "text", CLOSED),
        ("cases", "answer", CLOSED),
        ("outbox_events", "text", OPEN),
        ("outbox_events", "payload", CLOSED),
        ("questions", "text", CLOSED_QUESTION),
        ("kept_answers", "text", CLOSED_QUESTION),
        ("kept_answers", "text", OPEN_QUESTION),
    } <= before, "plant it"

    await town.sara.says("/forget")
    await town.sara.presses("بله، همه را پاک کن")

    assert await places(town) == set()
    cases = await rows(town, CaseRow)
    assert {(case.state, case.text, case.answer, case.person_id) for case in cases} == {("closed", None, None, None)}
    assert "case.erased" in {event.kind for event in await rows(town, OutboxRow)}


async def test_a_press_that_waits_for_its_handler_shows_nobodys_words(town: Town) -> None:
    """A process that dies leaves it in the inbox, with the message beneath which the button stood."""
    await four_cases(town)
    inbox, sara = town.reminding.storage.inbox, await town.reminding.person(town.sara.person_id, "test")
    case = await town.operator.says(f"/cases {(await the_case(town, OPEN)).code}")
    assert OPEN in case.text
    await town.operator.channel.feeder.drain(10)
    await town.operator.channel.press(town.operator.person_id, case.message_id, case.button("۱")["data"])
    (waiting,) = await inbox.pending("test", 10)
    assert "callback_query" in waiting.payload
    assert {place for place in await places(town) if place[0] == "inbox"} == set()
    await town.reminding.storage.people.forget(sara)
    assert await places(town) == set()
    await inbox.finished(waiting.id, "handled", town.clock())


async def test_what_an_expert_put_into_own_words_stays(town: Town) -> None:
    await four_cases(town)
    await town.sara.says("/forget")
    await town.sara.presses("بله، همه را پاک کن")
    assert [kept.text for kept in await rows(town, KeptAnswerRow)] == [GENERAL]
    assert await town.rating.surveys.accepted_wordings() == {}


async def test_what_was_shown_of_other_peoples_cases_stays(town: Town) -> None:
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    await comment(town.sara, f"باجه {OPEN} بسته بود")
    await town.ali.says(f"/cases {(await the_case(town, OPEN)).code}")
    shown = (await town.ali.presses("۱")).message_id
    other = Chat(town.sara.channel, person_id=9)
    await comment(other, f"کارمند {CLOSED} راهنمایی نکرد")
    await town.ali.says("/cases")
    listed = (await town.ali.says("/cases")).message_id

    await other.says("/forget")
    await other.presses("بله، همه را پاک کن")

    log = town.reminding.storage.chat_log
    assert await log.get(town.ali.person_id, listed) is None
    kept = await log.get(town.ali.person_id, shown)
    assert kept is not None
    assert OPEN in kept.body["text"]
    assert {word for _, _, word in await places(town)} == {OPEN}
