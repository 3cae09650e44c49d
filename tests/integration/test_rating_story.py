"""The story of a citizen's word over HTTP, through the strict Bot API double, until it reaches the Organization's store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reminders.people import Role
from storage.database import Database
from storage.forwarding.deliveries import Deliveries
from storage.forwarding.worker import ForwardingWorker
from surveys.events import Event
from surveys.forwarding import Failure, Sent, Trouble
from tests.support.rating import BIRTH, SurveyDesk
from tests.support.reminding import Clock, Reminding, tehran
from tests.support.talking import talking


class Store:
    """The Organization's store: out for an hour, then keeping what comes."""

    name, by_service = "store", True

    def __init__(self) -> None:
        self.out, self.kept = True, list[Event]()

    async def send(self, events: Sequence[Event]) -> Sent:
        if self.out:
            return Sent(0, Failure(Trouble.OUTAGE, "no answer"))
        self.kept += events
        return Sent(len(events))

    async def close(self) -> None:
        pass


async def test_from_the_code_on_the_counter_to_the_store(tmp_path: Path) -> None:
    clock = Clock(tehran(1405, 8, 16))
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    reminding, desk = Reminding(database, clock, tmp_path), await SurveyDesk(database, clock=clock).prepared()
    await reminding.member(await reminding.operator(5001), 5002, BIRTH.agency_id, Role.REPRESENTATIVE)
    async with talking(reminding, clock, desk.surveys) as talk:
        citizen, staff = talk.double.user(5003, started=True, first_name="سارا"), talk.double.user(5002, started=True)
        await talk.says(citizen, "/start s_1000")
        sent = len(talk.double.calls_of("sendMessage"))
        assert "ارزیابی خدمت: درخواست صدور شناسنامه" in (await talk.presses(citizen, "😡 خیلی ناراضی")).text
        assert len(talk.double.calls_of("sendMessage")) == sent, "one message, edited"
        for label in ("خیر", "بیش از یک بار", "ادامه"):
            await talk.presses(citizen, label)
        assert "کد رهگیری" in (await talk.says(citizen, "باجه سه راهنمایی نکرد")).text
        await talk.presses(citizen, "بله، خبرم کنید")

        await talk.says(staff, "/start")
        await talk.worker.deliver_due()
        case = await talk.presses(staff, "باز کردن پرونده")
        assert "باجه سه راهنمایی نکرد" in case.text
        assert "سارا" not in case.text
        await talk.presses(staff, "پاسخ دادن")
        await talk.says(staff, "باجه سه آموزش دید.")
        await talk.presses(staff, "فرستادن پاسخ")
        await talk.worker.deliver_due()
        await desk.surveys.tend()
        outcome = talk.double.transcript.last(citizen)
        assert outcome is not None
        assert "نتیجه نظر شما" in outcome.text
        assert "پرونده بسته شد" in (await talk.presses(citizen, "🙂 راضی", on=outcome)).text

    store = Store()
    worker = ForwardingWorker(Deliveries(database), [store], holder="one", clock=clock, chance=lambda: 0.5)
    await worker.drain()
    assert store.kept == []
    store.out = False
    clock.move(hours=1)
    await worker.drain()
    ids = [event.uid for event in store.kept]
    assert len(ids) == len(set(ids)) > 5
    assert store.kept[0].kind.value == "response.given"
    assert "case.closed" in [event.kind.value for event in store.kept]
    await database.close()


async def test_answers_as_long_as_they_may_be_fit_into_messages(tmp_path: Path) -> None:
    """Emoji take two of the 4,096 units that a message has."""
    clock = Clock(tehran(1405, 8, 16))
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    reminding, desk = Reminding(database, clock, tmp_path), await SurveyDesk(database, clock=clock).prepared()
    operator = await reminding.operator(5001)
    await reminding.member(operator, 5002, BIRTH.agency_id, Role.REPRESENTATIVE, name="علی رضایی")
    await reminding.member(operator, 5004, BIRTH.agency_id, Role.DEPUTY, name="مینا محمدی")
    async with talking(reminding, clock, desk.surveys) as talk:
        citizen, ali, mina = (talk.double.user(id, started=True) for id in (5003, 5002, 5004))
        for person in (citizen, ali, mina):
            await talk.says(person, "/start")
        await talk.says(citizen, "/start s_1000")
        for label in ("😡 خیلی ناراضی", "خیر", "بیش از یک بار", "ادامه"):
            await talk.presses(citizen, label)
        comment = "باجه سه راهنمایی نکرد " + "😡" * 489  # 1,000 units
        assert "۱۰۰۲ نویسه" in (await talk.says(citizen, comment + "😡")).text
        await talk.says(citizen, comment)
        tracking = (await talk.presses(citizen, "بله، خبرم کنید")).text.rpartition("وضعیت: ")[2]
        await talk.worker.deliver_due()
        await talk.presses(ali, "باز کردن پرونده")
        await talk.presses(ali, "سپردن به همکار")
        await talk.presses(ali, "مینا محمدی")
        await talk.worker.deliver_due()
        case = await talk.presses(mina, "باز کردن پرونده")
        await talk.presses(mina, "پاسخ دادن", on=case)
        assert comment in case.text
        assert "۳۰۰۱ نویسه دارد" in (await talk.says(mina, "ب" * 3001)).text
        assert "۴۰۰۰ نویسه دارد" in (await talk.says(mina, "😀" * 2000)).text  # what one message of Telegram's can hold
        answer = "پایان 😀\n" * 332 + "سلام 🙏🏻!!!"
        preview = await talk.says(mina, answer)
        await talk.presses(mina, "فرستادن پاسخ", on=preview)
        await talk.worker.deliver_due()
        await desk.surveys.tend()
        outcome = talk.double.transcript.last(citizen)
        assert outcome is not None
        assert answer in outcome.text, "whole, with its lines"
        assert answer in (await talk.says(citizen, tracking)).text
        await talk.says(ali, "/cases باجه")
        case = await talk.presses(ali, "۱")
        assert "پایان 😀\n" * 50 in case.text
        assert answer not in case.text
        assert answer in (await talk.presses(ali, "متن کامل", on=case)).text
    await database.close()
