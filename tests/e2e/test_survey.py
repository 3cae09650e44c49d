"""A citizen rates a service in a real browser: by touch, by keyboard, without scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from storage.database import Database
from storage.unit_of_work import Repositories
from tests.e2e.running import DESKTOP, Rahyar, open_page
from tests.support.memory import plain_asker_key
from tests.support.rating import SurveyDesk
from tests.web.sites import site


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rahyar.db'}")
    await database.open()
    desk = await SurveyDesk(database).prepared()
    async with site(storage=Repositories(database, asker_key=plain_asker_key), surveys=desk.surveys) as web:
        yield f"{web.url}/s/1000"
    await database.close()


async def _all_steps(page: Page, address: str) -> None:
    await page.goto(address)
    await page.get_by_role("button", name="ناراضی", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("نظر شما ثبت شد")
    await page.get_by_role("button", name="تا حدی").click()
    await page.get_by_role("button", name="یک بار", exact=True).click()
    await page.get_by_label("رفتار کارکنان").check()
    await page.get_by_role("button", name="ادامه").click()
    await page.get_by_role("textbox").fill("باجه سه بسته بود")
    await page.get_by_role("button", name="ادامه").click()
    await page.get_by_role("button", name="بله، خبرم کنید").click()
    await expect(page.get_by_role("heading", name="نتیجه نظر شما")).to_be_visible()
    await expect(page.locator(".survey-code b")).not_to_be_empty()


async def test_on_a_phone_with_scripts(address: str) -> None:
    problems: list[str] = []
    async with open_page((390, 844), problems=problems) as page:
        await _all_steps(page, address)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert problems == []


async def test_on_a_desk_without_scripts(address: str) -> None:
    async with open_page(DESKTOP, java_script_enabled=False) as page:
        await _all_steps(page, address)


async def test_by_keyboard_alone(address: str) -> None:
    async with open_page(DESKTOP) as page:
        await page.goto(address)
        best = page.get_by_role("button", name="خیلی راضی", exact=True)
        for _ in range(12):
            await page.keyboard.press("Tab")
            if await best.evaluate("e => e === document.activeElement"):
                break
        await expect(best).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("نظر شما ثبت شد")


async def test_faces_are_big_and_fit_the_smallest_phone(address: str) -> None:
    async with open_page((320, 640)) as page:
        await page.goto(address)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        faces = await page.locator(".face").all()
        assert len(faces) == 5
        for face in faces:
            box = await face.bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert box["width"] >= 44


async def test_in_the_web_chat_of_the_product(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        await page.get_by_label("پرسش شما").fill("/rate EXAMPLE-1")
        await page.keyboard.press("Enter")
        message = page.locator(".message--bot").last
        await expect(message).to_contain_text("ارزیابی خدمت")
        await message.get_by_role("button", name="🙂 راضی", exact=True).click()
        await expect(page.locator(".message--bot").last).to_contain_text("نظر شما ثبت شد")
        await expect(page.locator(".message--bot")).to_have_count(1)
        await page.get_by_role("button", name="پایان").click()
        await expect(page.locator(".message--bot").last).to_contain_text("کد رهگیری")
        await page.goto(f"{rahyar.url}/s/EXAMPLE-1")
        await expect(page.locator(".survey-code b")).not_to_be_empty()  # the same person, the same response
