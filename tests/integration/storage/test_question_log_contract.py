"""What every `QuestionLog` does."""

from __future__ import annotations

import dataclasses
import datetime as dt

from knowledge.answers import Intent, Status
from knowledge.asking import AskedQuestion
from knowledge.provisions import Address
from storage.unit_of_work import Repositories
from tests.support.memory import MemoryStorage

NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
ARTICLE = Address("roadmap-1404", "art_21")
QUESTION = AskedQuestion(
    asker="asker-telegram-77",
    platform="telegram",
    text="نظرسنجی از مردم با کیه؟",
    intent=Intent.RESPONSIBLE,
    status=Status.ANSWERED,
    confidence=0.93,
    first_hit=ARTICLE,
    latency_ms=4.25,
    asked_at=NOW,
)
REFUSED = dataclasses.replace(
    QUESTION, text=None, intent=Intent.NONE, status=Status.REFUSED_PERSONAL_DATA, first_hit=None
)


async def test_each_question_has_an_id_of_its_own(ports: MemoryStorage | Repositories) -> None:
    ids = [await ports.questions.add(question) for question in (QUESTION, QUESTION, REFUSED)]

    assert len(set(ids)) == 3


async def test_the_asker_notes_what_they_opened_and_thought(ports: MemoryStorage | Repositories) -> None:
    id = await ports.questions.add(QUESTION)

    assert await ports.questions.clicked(id, QUESTION.asker, ARTICLE)
    assert await ports.questions.rated(id, QUESTION.asker, True, NOW)
    assert await ports.questions.rated(id, QUESTION.asker, False, NOW)


async def test_nobody_else_does(ports: MemoryStorage | Repositories) -> None:
    id = await ports.questions.add(QUESTION)

    assert not await ports.questions.clicked(id, "asker-web-77", ARTICLE)
    assert not await ports.questions.rated(id, "asker-web-77", True, NOW)


async def test_a_question_that_is_not_there(ports: MemoryStorage | Repositories) -> None:
    id = await ports.questions.add(QUESTION)

    for forged in (id + 1, 0, -1, 10**30):
        assert not await ports.questions.clicked(forged, QUESTION.asker, ARTICLE)
        assert not await ports.questions.rated(forged, QUESTION.asker, True, NOW)


async def test_whatever_people_type_is_stored(ports: MemoryStorage | Repositories) -> None:
    for text in ("", "\0", "\ud83d", "\u202e<b>", "س" * 4096, "'; DROP TABLE people; --"):
        assert await ports.questions.add(dataclasses.replace(QUESTION, text=text))


async def test_a_forgotten_asker_owns_no_question(ports: MemoryStorage | Repositories) -> None:
    person = await ports.people.seen("telegram", 77, NOW)
    id = await ports.questions.add(QUESTION)

    assert (await ports.people.forget(person.id))["questions"] == 1
    assert not await ports.questions.rated(id, QUESTION.asker, True, NOW)
