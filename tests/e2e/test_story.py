"""The main job as a visitor does it: a browser, the page, the whole program behind it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.running import DESKTOP, PHONE, ROOT, Rahyar, open_page

QUESTION = "نظرسنجی از مردم با کیه و تا کی وقت داشت؟"
ARTICLE_21 = "وزارت مکلف است حداکثر ظرف مدت چهار ماه از ابلاغ این سند، نسبت به ایجاد شرایط بهینه نظرسنجی"
#: Set to 1 to renew the pictures that the README shows.
TAKES_PICTURES = os.environ.get("RAHYAR_SCREENSHOTS") == "1"
IMAGES = ROOT / "docs" / "images"


async def _ask(page: Page, question: str) -> Locator:
    """Writes a question; the bot's message that answers it."""
    answers = page.locator(".message--bot")
    before = await answers.count()
    await page.get_by_label("پرسش شما").fill(question)
    await page.keyboard.press("Enter")
    await expect(answers).to_have_count(before + 1)
    return answers.nth(before)


async def _picture(page: Page, name: str) -> None:
    if TAKES_PICTURES:
        IMAGES.mkdir(parents=True, exist_ok=True)
        await page.wait_for_timeout(700)  # until the last movement has come to rest
        await page.screenshot(path=IMAGES / name)


@pytest.mark.parametrize(("size", "picture"), [(PHONE, "chat.png"), (DESKTOP, "chat-desktop.png")], ids=str)
async def test_a_question_becomes_the_provision_that_answers_it(
    rahyar: Rahyar, size: tuple[int, int], picture: str
) -> None:
    problems: list[str] = []
    async with open_page(size, problems=problems, device_scale_factor=2) as page:
        await page.goto(rahyar.url)
        await expect(page.locator("html")).to_have_attribute("dir", "rtl")
        await expect(page.locator("#welcome")).to_be_visible()
        answer = await _ask(page, QUESTION)
        await expect(page.locator("#welcome")).to_be_hidden()
        await expect(answer).to_contain_text("ماده ۲۱ نقشه راه")
        await expect(answer.locator("blockquote")).to_contain_text(ARTICLE_21)
        await expect(answer.locator("blockquote b").first).to_contain_text("نظرسنجی")
        await expect(answer).to_contain_text("مسئول: وزارت ارتباطات و فناوری اطلاعات")
        await expect(answer).to_contain_text("چهار ماه از ابلاغ")
        await expect(answer).to_contain_text("۳۱ مرداد ۱۴۰۴")
        for name in ("تبصره‌ها", "ماده ۲۰", "ماده ۲۲", "گزینه‌های دیگر", "مفید بود"):
            await expect(answer.locator(".key", has_text=name)).to_be_visible()
        await _picture(page, picture)
        assert problems == []


async def test_browsing_edits_the_message_and_reads_from_the_right(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        answer = await _ask(page, "ماده ۲۱ نقشه راه")
        following, previous = answer.locator(".key", has_text="ماده ۲۲"), answer.locator(".key", has_text="ماده ۲۰")
        left, right = [await key.evaluate("e => e.getBoundingClientRect().x") for key in (following, previous)]
        assert left < right  # «بعدی» stands left, as on Telegram
        keys = await answer.locator(".key").all_text_contents()
        assert keys.index("→ ماده ۲۰") < keys.index("ماده ۲۲ ←")  # the Tab key goes as the eye does
        await following.focus()
        await page.keyboard.press("Enter")
        await expect(answer).to_contain_text("ماده ۲۲ نقشه راه")
        await expect(page.locator(".message--bot")).to_have_count(1)
        await expect(answer.locator(":focus")).to_have_count(1)  # who uses the keyboard goes on from there
        await answer.locator(".key", has_text="ماده ۲۱").click()
        await expect(answer.locator("blockquote")).to_contain_text(ARTICLE_21)


async def test_a_follow_up_and_a_rating(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        answer = await _ask(page, QUESTION)
        await answer.locator(".key", has_text="مفید بود").click()
        await expect(page.locator(".toast")).to_be_visible()
        await expect(await _ask(page, "تبصره‌هاش؟")).to_contain_text("شاخص‌ها و سنجه‌های نظرسنجی")


async def test_a_restart_of_the_server_loses_no_message(tmp_path: Path, rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        await _ask(page, "ماده ۲۱ نقشه راه")
        assert rahyar.stop() == 0
        try:
            await expect(page.locator("#banner")).to_be_visible()
            await page.get_by_label("پرسش شما").fill("ماده ۲۲ نقشه راه")
            await page.keyboard.press("Enter")
            await expect(page.locator(".message--waiting")).to_contain_text("هنوز فرستاده نشده")
        finally:
            rahyar.start()
        answers = page.locator(".message--bot")
        await expect(answers).to_have_count(2, timeout=40_000)
        await expect(answers.nth(1)).to_contain_text("ماده ۲۲ نقشه راه")
        await expect(page.locator("#banner")).to_be_hidden()
        await expect(page.locator(".message--waiting")).to_have_count(0)
        await page.reload()
        await expect(page.locator(".message")).to_have_count(4)


async def test_being_forgotten_empties_the_page(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        await _ask(page, "ماده ۲۱ نقشه راه")
        await page.get_by_role("button", name="منو", exact=True).click()
        await page.get_by_role("button", name="فراموشم کن").click()
        await page.locator(".message--bot").nth(1).locator(".key").first.click()
        await expect(page.locator(".message")).to_have_count(1)
        await page.reload()
        await expect(page.locator(".message")).to_have_count(1)


async def test_a_first_visitor_may_tap_an_example_and_change_the_colours(rahyar: Rahyar) -> None:
    async with open_page(dark=True) as page:
        await page.goto(rahyar.url)
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = await page.evaluate(ground)
        for _ in range(2):  # as the device, light, dark
            await page.locator("[data-theme-button]").click()
            seen = await page.evaluate(ground)
            if await page.locator("html").get_attribute("data-theme") == "light":
                assert seen != dark
        await page.reload()
        assert await page.locator("html").get_attribute("data-theme") == "dark"
        await page.locator(".chips button").first.click()
        await expect(page.locator(".message--bot")).to_contain_text("ماده ۲۱ نقشه راه")


async def test_a_long_text_is_held_back_and_kept(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        field = page.get_by_label("پرسش شما")
        await field.fill("الف" * 120)
        await expect(page.locator("#count")).to_have_text("۳۶۰/۳۰۰")
        await page.keyboard.press("Enter")
        await expect(page.locator("#excess")).to_contain_text("بیش از ۳۰۰ نویسه است")
        await expect(field).to_have_value("الف" * 120)
        await field.fill("سطر یک")
        await expect(page.locator("#excess")).to_be_empty()
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("سطر دو")
        await expect(field).to_have_value("سطر یک\nسطر دو")
        await page.reload()
        await expect(field).to_have_value("سطر یک\nسطر دو")  # a draft survives


@pytest.mark.parametrize(
    "path", ["/", "/r", "/r/roadmap-1404", "/r/roadmap-1404/art_6", "/r/eservices-1393/timetable_5"]
)
async def test_nothing_is_wider_than_a_small_phone_and_everything_has_a_name(rahyar: Rahyar, path: str) -> None:
    async with open_page((360, 640)) as page:
        await page.goto(rahyar.url + path)
        if path == "/":
            await _ask(page, "ماده ۶ نقشه راه")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
        controls = page.locator("button:visible, a:visible, textarea:visible")
        assert await controls.count() > 3
        for control in await controls.all():
            assert (await control.aria_snapshot()).strip() not in ("- button", "- link", "- textbox"), (
                await control.evaluate("e => e.outerHTML")
            )


async def test_commands_in_a_message_may_be_tapped(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        answer = await _ask(page, "/help")
        await answer.get_by_role("button", name="/settings").click()
        await expect(page.locator(".message--bot").nth(1)).to_contain_text("تنظیمات پاسخ")


async def test_a_long_quote_opens_on_request(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        answer = await _ask(page, "مرحله سوم نقشه راه")
        quote, toggle = answer.locator("blockquote"), answer.locator(".fold-toggle")
        folded = await quote.evaluate("e => e.offsetHeight")
        await toggle.click()
        await expect(toggle).to_have_attribute("aria-expanded", "true")
        assert await quote.evaluate("e => e.offsetHeight") > folded
        await toggle.click()
        assert await quote.evaluate("e => e.offsetHeight") == folded


async def test_a_provision_is_printed_without_the_ways_on(rahyar: Rahyar) -> None:
    async with open_page(dark=True) as page:
        await page.goto(f"{rahyar.url}/r/roadmap-1404/art_21")
        await page.emulate_media(media="print")
        for hidden in (".neighbours", ".actions", ".crumbs", ".bar-tools"):
            await expect(page.locator(hidden)).to_be_hidden()
        assert await page.locator(".law").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


async def test_what_was_pressed_stays_in_sight(rahyar: Rahyar) -> None:
    async with open_page((360, 740)) as page:
        await page.goto(rahyar.url)
        answer = await _ask(page, "مرحله سوم نقشه راه")
        quote = answer.locator("blockquote").first
        await answer.locator(".fold-toggle").first.click()
        unfolded = await quote.evaluate("e => e.offsetHeight")
        await answer.locator(".key", has_text="نبود").click()
        await expect(answer.locator(".key", has_text="نبود ✓")).to_be_in_viewport()
        offered = answer.locator(".key", has_text="فرستادن پرسش برای کارشناس")
        await expect(offered).to_be_in_viewport(ratio=1)
        side = "(e, side) => e.getBoundingClientRect()[side]"
        assert await page.locator(".toast").evaluate(side, "bottom") < await offered.evaluate(side, "top")
        assert await quote.evaluate("e => e.offsetHeight") == unfolded


async def test_the_field_says_what_is_awaited(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        field = page.get_by_label("پرسش شما")
        await _ask(page, "/article")
        await expect(field).to_have_attribute("placeholder", "نشانی حکم را بنویسید…")
        await field.fill("الف" * 120)
        await page.keyboard.press("Enter")
        await expect(page.locator("#excess")).to_contain_text("بیش از ۳۰۰ نویسه است")
        await expect(await _ask(page, "۲۱ نقشه راه")).to_contain_text(ARTICLE_21)
        await expect(field).to_have_attribute("placeholder", "پرسش خود را بنویسید…")


async def test_a_provision_is_shared_without_leaving_the_chat(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        answer = await _ask(page, "ماده ۲۱ نقشه راه")
        share = answer.get_by_role("button", name="هم‌رسانی")
        await share.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").filter(has_text="پیوند کپی شد")).to_be_visible()
        assert page.url == f"{rahyar.url}/"
        field = page.get_by_label("پرسش شما")
        await field.focus()
        await page.keyboard.press("Control+V")
        link = await field.input_value()
        assert link == f"{rahyar.url}/r/roadmap-1404/art_21"
        await page.goto(link)
        await expect(page.get_by_role("heading", level=1)).to_have_text("ماده ۲۱ نقشه راه")


async def test_a_device_with_a_dialogue_of_its_own_shares_by_it(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.add_init_script(
            "navigator.share = (shared) => { window.shared = shared; return Promise.resolve(); }"
        )
        await page.goto(rahyar.url)
        answer = await _ask(page, "ماده ۲۱ نقشه راه")
        await answer.get_by_role("button", name="هم‌رسانی").click()
        shared = await page.evaluate("window.shared")
        assert shared == {"title": "ماده ۲۱ نقشه راه", "url": f"{rahyar.url}/r/roadmap-1404/art_21"}
        await expect(page.locator(".toast")).to_have_count(0)


async def test_the_readable_page_opens_beside_the_chat(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(rahyar.url)
        answer = await _ask(page, "ماده ۲۱ نقشه راه")
        async with page.context.expect_page() as opened:
            await answer.get_by_role("link", name="صفحه این حکم").click()
        beside = await opened.value
        await expect(beside.get_by_role("heading", level=1)).to_have_text("ماده ۲۱ نقشه راه")
        assert page.url == f"{rahyar.url}/"


async def test_a_shared_provision_leads_back_to_the_conversation(rahyar: Rahyar) -> None:
    async with open_page() as page:
        await page.goto(f"{rahyar.url}/r/roadmap-1404/art_21")
        await expect(page.get_by_role("heading", level=1)).to_have_text("ماده ۲۱ نقشه راه")
        await page.get_by_role("button", name="کپی پیوند").click()
        await expect(page.locator("[data-copy-link]")).to_have_text("پیوند کپی شد")
        await page.get_by_role("link", name="پرسیدن از رهیار").click()
        await expect(page.get_by_label("پرسش شما")).to_have_value("ماده ۲۱ نقشه راه")
