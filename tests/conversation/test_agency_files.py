"""An operator brings agencies in by a file in the chat, over the Bot API double."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from reminders.people import Role
from tests.support.databases import open_sqlite
from tests.support.reminding import Clock, Reminding, tehran
from tests.support.talking import talking

HEAD = "id,name,classes\n"


@pytest.fixture
async def reminding(tmp_path: Path) -> AsyncIterator[Reminding]:
    async with open_sqlite(tmp_path) as database:
        yield Reminding(database, Clock(tehran(1405, 8, 16)), tmp_path)


async def test_a_file_in_the_chat(reminding: Reminding) -> None:
    async with talking(reminding, reminding.clock) as talk:
        operator = talk.double.user(1, started=True)
        await operator.opens_link(f"i_{await reminding.offer_first_operator()}")
        await talk.settled()
        await talk.says(operator, "/operator")
        asked = await talk.presses(operator, "افزودن دستگاه‌ها")
        assert "اکنون ۱۳۵ دستگاه در فهرست است" in asked.text
        assert "لطفاً فایل CSV یا اکسل" in (await talk.says(operator, "شهرداری شیراز")).text

        wrong = f"{HEAD}shiraz-city,شهرداری شیراز,cities\nyazd city,شهرداری یزد,\n".encode()
        told = (await talk.sends_file(operator, wrong, "a.csv")).text
        assert "چیزی ثبت نشد: ۲ ایراد" in told
        assert "سطر ۲: گروه «cities» شناخته نیست." in told
        assert "سطر ۳: شناسه «yazd city»" in told
        assert (await reminding.find_agencies.directory()).get("shiraz-city") is None

        right = f"{HEAD}shiraz-city,شهرداری شیراز,municipalities\n".encode()
        assert "تازه: ۱، تغییریافته: ۰، بی‌تغییر: ۰" in (await talk.sends_file(operator, right, "a.csv")).text
        citizen = talk.double.user(2, started=True)
        await talk.says(citizen, "/agency")
        found = await talk.says(citizen, "شهرداری شیرا")
        assert found.buttons[0] == "شهرداری شیراز"


async def test_a_file_where_words_are_wanted_keeps_the_form(reminding: Reminding) -> None:
    async with talking(reminding, reminding.clock) as talk:
        person = talk.double.user(2, started=True)
        await talk.says(person, "/agency")
        assert (await talk.sends_file(person, b"x", "a.pdf")).text.startswith("این‌جا نوشته لازم است.")
        assert "سازمان ثبت احوال کشور" in (await talk.says(person, "ثبت احوال")).buttons


async def test_nobody_else_brings_agencies_in(reminding: Reminding) -> None:
    """Also who is no operator any more when the file comes."""
    async with talking(reminding, reminding.clock) as talk:
        operator = await reminding.operator(1)
        other = talk.double.user(2, started=True)
        invited = await reminding.invite(operator, "", Role.OPERATOR)
        await other.opens_link(f"i_{invited.token}")
        await talk.settled()
        await talk.says(other, "/operator")
        await talk.presses(other, "افزودن دستگاه‌ها")
        (place,) = await reminding.list_places(await reminding.person(2))
        await reminding.end_membership(operator, place.membership.id)
        told = await talk.sends_file(other, f"{HEAD}shiraz-city,شهرداری شیراز,\n".encode(), "a.csv")
        assert told.text == "این کار تنها برای کارشناسان سازمان باز است."
        assert (await reminding.find_agencies.directory()).get("shiraz-city") is None
