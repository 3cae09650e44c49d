"""Help and the menu of commands show each what they can do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.introduction import AGENCY_COMMANDS, COMMANDS, OPERATOR_COMMANDS
from reminders.people import Role
from tests.conversation.test_agencys_people import id_of, joins
from tests.support.botapi import User
from tests.support.databases import open_sqlite
from tests.support.reminding import Clock, Reminding, tehran
from tests.support.talking import Talk, talking
from tests.support.town import Town


@pytest.mark.parametrize("words", ["/help", "کمک"])
async def test_help_by_role(town: Town, words: str) -> None:
    operator, sara = town.operator, town.sara
    own, of_agencies = "برای شما که کارشناس سازمان هستید", "برای شما که از سوی دستگاهی کار می‌کنید"

    def sections(text: str) -> tuple[bool, bool]:
        return of_agencies in text, own in text

    assert sections((await sara.says(words)).text) == (False, False)
    assert "/obligations" not in sara.last.text
    assert "/agency" in sara.last.text
    person = await id_of(town, sara)
    await town.reminding.ask_to_join(person, "civil-registration", Role.DEPUTY, name="سارا")
    assert sections((await sara.says(words)).text) == (False, False)  # who still waits has nothing to do there
    await joins(town, sara)
    assert sections((await sara.says(words)).text) == (True, False)
    assert sections((await operator.says(words)).text) == (False, True)
    await joins(town, operator)
    assert sections((await operator.says(words)).text) == (True, True)


@pytest.fixture
async def reminding(tmp_path: Path) -> AsyncIterator[Reminding]:
    async with open_sqlite(tmp_path) as database:
        yield Reminding(database, Clock(tehran(1405, 8, 16)), tmp_path)


def menu(talk: Talk, person: User) -> list[str]:
    """What the chat's own menu shows; empty where it shows everybody's."""
    kept = talk.double.world.profile
    found = [value for key, value in kept.items() if key[:2] == ("commands", f"chat:{person.id}")]
    return [command["command"] for command in found[0]] if found else []


async def test_the_menu_of_a_chat_follows_its_persons_places(reminding: Reminding) -> None:
    async with talking(reminding, reminding.clock) as talk:
        first = await reminding.operator(1)
        person = talk.double.user(2, started=True)
        assert menu(talk, person) == []
        invited = await reminding.invite(first, "ict-ministry", Role.REPRESENTATIVE)
        await person.opens_link(f"i_{invited.token}")
        await talk.settled()
        assert menu(talk, person) == [*AGENCY_COMMANDS, *COMMANDS]
        invited = await reminding.invite(first, "", Role.OPERATOR)
        await person.opens_link(f"i_{invited.token}")
        await talk.settled()
        expected = dict.fromkeys((*OPERATOR_COMMANDS, *AGENCY_COMMANDS, *COMMANDS))
        assert menu(talk, person) == list(expected)
        await talk.says(person, "/agency")
        await talk.presses(person, "کنار رفتن از وزارت ارتباطات و فناوری اطلاعات")
        await talk.presses(person, "بله، کنار می‌روم")
        assert menu(talk, person) == list(dict.fromkeys((*OPERATOR_COMMANDS, *COMMANDS)))
        await talk.says(person, "/forget")
        await talk.presses(person, "بله، همه را پاک کن")
        assert menu(talk, person) == []


async def test_whoever_was_approved_has_the_menu_at_the_next_visit(reminding: Reminding) -> None:
    async with talking(reminding, reminding.clock) as talk:
        operator, person = await reminding.operator(1), talk.double.user(2, started=True)
        await talk.says(person, "سلام")
        asked = await reminding.ask_to_join(await reminding.person(2), "ict-ministry", Role.DEPUTY, name="سارا")
        await reminding.decide_joining(operator, asked.id, True)
        await talk.says(person, "/obligations")
        assert menu(talk, person) == [*AGENCY_COMMANDS, *COMMANDS]
