"""The story of a citizen's word, played by three people in three browsers over the whole program.

A citizen opens the link of the code on the counter, the agency's representative answers without knowing whose word it
is, an operator reads the report; the Organization's store is out for most of it and has every event once in the end.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import select

from storage.database import Database
from storage.survey_models import OutboxRow
from tests.e2e.running import DESKTOP, PHONE, ROOT, Rahyar, free_port, open_browser
from tests.e2e.visitors import PATIENCE_MS, Visitor, joined
from tests.support.rating import BIRTH, SurveyDesk, respondent
from tests.support.receiver import SECRET, Receiver, receiving

COMMENT = "باجه سه گفت کارت ملی لازم نیست، ولی بود؛ دوباره رفتم و نیم روز کارم ماند."
#: Longer than a question may be.
ANSWER = (
    "حق با شماست و از این‌که نیم روز شما تلف شد پوزش می‌خواهیم. برگه راهنمای باجه سه از سال گذشته به‌روز نشده بود. "
    "امروز آن را اصلاح کردیم، فهرست مدارک لازم را کنار هر سه باجه و در سامانه نوشتیم و از همکاران خواستیم پیش از گرفتن "
    "نوبت مدارک را ببینند. اگر بار دیگر چنین شد، همین‌جا بنویسید تا بی‌نوبت به کارتان رسیدگی شود. "
    "از این‌که وقت گذاشتید و نوشتید سپاسگزاریم."
)
#: Set to 1 to renew the pictures that the README shows.
TAKES_PICTURES = os.environ.get("RAHYAR_SCREENSHOTS") == "1"
MONTHS, A_MONTH = 5, 24


class OrganizationsStore:
    """What the receiver does: behind its gateway the store is out until it is let in; once it is, one receipt is lost."""

    def __init__(self, receiver: Receiver) -> None:
        self.receiver, self._out, self._lost = receiver, True, False
        self._arrived = asyncio.Event()
        receiver.headers, receiver.behave, receiver.check_times = {"retry-after": "1"}, self._meets, True

    def comes_back(self) -> None:
        self._out = False

    def _meets(self, number: int) -> int | str | None:
        self._arrived.set()
        if self._out:
            return 502
        self._lost, lost_before = True, self._lost
        return None if lost_before else "lost"

    async def has(self, wanted: set[str]) -> bool:
        """Whether it came to hold all of these."""
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while not wanted <= self.receiver.events.keys():
                await self._arrived.wait()
                self._arrived.clear()
        return True


async def _rated_before(database_file: Path) -> None:
    """Other people's responses of the months before: from 1 in 3 satisfied to 3 in 4."""
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    await database.open()
    desk = await SurveyDesk(database).prepared()
    today = dt.datetime.now(dt.UTC)
    for back in range(MONTHS - 1, -1, -1):
        desk.now = today - dt.timedelta(days=30 * back + 3)
        for number in range(A_MONTH):
            who = respondent(1000 * (back + 1) + number)
            satisfied = number % 12 < 9 - back
            await desk.give(who, BIRTH.id, "overall", 4 + number % 2 if satisfied else 1 + number % 3, channel="web")
            await desk.give(who, BIRTH.id, "settled", "yes" if satisfied else "no", channel="web")
    await database.close()


async def _event_ids(database_file: Path) -> set[str]:
    """Every event that the program has written."""
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    await database.open()
    async with database.read() as connection:
        ids = set((await connection.execute(select(OutboxRow.uid))).scalars())
    await database.close()
    return ids


@pytest.fixture
async def store() -> AsyncIterator[OrganizationsStore]:
    async with receiving() as receiver:
        yield OrganizationsStore(receiver)


@pytest.fixture
async def town(tmp_path: Path, store: OrganizationsStore) -> AsyncIterator[Rahyar]:
    await _rated_before(tmp_path / "rahyar.sqlite3")
    forwarding = {"HTTP": store.receiver.url, "HTTP_SECRET": SECRET, "EVERY_S": "0.5"}
    settings = {f"RAHYAR_FORWARDING__{name}": value for name, value in forwarding.items()}
    instance = Rahyar(tmp_path, free_port(), **settings)
    await asyncio.to_thread(instance.start)
    yield instance
    assert await asyncio.to_thread(instance.stop) == 0


async def _picture(page: Page, name: str) -> None:
    if TAKES_PICTURES:
        await page.wait_for_timeout(700)  # until the last movement has come to rest
        folder = ROOT / "docs" / "images"
        await page.screenshot(path=folder / name)


async def _rates(citizen: Visitor, url: str) -> str:
    """From the link to the wish to hear the outcome; the tracking code."""
    await citizen.page.goto(f"{url}/?start=s_{BIRTH.id}")
    survey = await citizen.hears(f"ارزیابی خدمت: {BIRTH.title} — {BIRTH.agency}")
    await citizen.presses("🙁 ناراضی", "نظر شما ثبت شد")
    await expect(citizen.page.locator(".message--bot")).to_have_count(1)  # the one message, edited
    await citizen.presses("تا حدی", "مجبور شدید حضوری مراجعه کنید؟")
    await citizen.presses("بیش از یک بار", "چه چیزی باید بهتر شود؟")
    await citizen.presses("روشن بودن اطلاعات و مراحل", "چه چیزی باید بهتر شود؟")
    await expect(survey.get_by_role("button", name=re.compile("✔|✓|✅"))).to_have_count(1)
    await citizen.presses("ادامه", "در یک یا چند جمله بنویسید")
    await expect(citizen.page.get_by_placeholder("پاسخ خود را بنویسید…")).to_be_visible()
    await citizen.says(COMMENT)
    await expect(citizen.page.get_by_placeholder("پرسش خود را بنویسید…")).to_be_visible()
    code = await citizen.last.locator("code").inner_text()
    await citizen.presses("بله، خبرم کنید", "نتیجه را همین‌جا به شما می‌گوییم")
    return code


async def test_a_word_reaches_the_agency_the_citizen_and_the_store(
    tmp_path: Path, town: Rahyar, store: OrganizationsStore
) -> None:
    problems: list[str] = []
    async with open_browser() as open_context:
        citizen, representative, operator = [
            Visitor(await open_context(size, problems=problems, device_scale_factor=2))
            for size in (PHONE, PHONE, DESKTOP)
        ]
        await joined(operator, representative, town, BIRTH.agency)
        code = await _rates(citizen, town.url)

        # The agency reads the word without its author, and answers.
        await representative.hears(code)
        case = await representative.presses("باز کردن پرونده", "نویسنده برای شما ناشناس است")
        await expect(case.locator("blockquote")).to_contain_text(COMMENT)
        await representative.presses("پاسخ دادن", "پاسخ خود را بنویسید")
        assert len(ANSWER) > 300
        await representative.says(ANSWER)
        await representative.presses("فرستادن پاسخ", "پاسخ ثبت شد")

        # The citizen's page hears of it by itself and asks once more.
        outcome = await citizen.hears("نتیجه نظر شما")
        await expect(outcome).to_contain_text(ANSWER)
        await expect(outcome).to_contain_text("اکنون چقدر راضی هستید؟")
        await citizen.presses("🙂 راضی", "پرونده بسته شد")

        # The operator reads the figures, and sees them.
        await operator.says(f"/report {BIRTH.id}")
        report = await operator.hears("نتیجه ارزیابی")
        await expect(report).to_contain_text(f"شمار پاسخ‌ها: {_persian(MONTHS * A_MONTH + 1)}")
        await expect(report).to_contain_text(
            re.compile("راضی و خیلی راضی: [۰-۹٫]+٪ \\(بازه ۹۵٪: [۰-۹٫]+٪ تا [۰-۹٫]+٪\\)")
        )
        picture = operator.page.locator("img.message-photo")
        await expect(picture).to_have_js_property("complete", True)
        assert await picture.evaluate("image => image.naturalWidth") > 800
        assert BIRTH.title in (await picture.get_attribute("alt") or "")
        await _picture(operator.page, "report.png")
    assert problems == []

    # The store was out all the while; now it takes everything, each once, though it lost a receipt.
    assert store.receiver.events == {}
    assert store.receiver.arrivals, "it was tried, too"
    written = await _event_ids(tmp_path / "rahyar.sqlite3")
    store.comes_back()
    assert await store.has(written)
    assert store.receiver.events.keys() == written
    kinds = Counter(event["type"] for event in store.receiver.events.values())
    assert kinds["response.given"] == MONTHS * A_MONTH + 1
    changes = 3  # answered, told, asked again
    assert (kinds["case.opened"], kinds["case.changed"], kinds["case.closed"]) == (1, changes, 1)
    assert len(store.receiver.arrivals) > len(written), "what it did not acknowledge came again"


def _persian(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
