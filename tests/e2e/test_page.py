"""What the page does by itself, in a real browser over a small bot: history, hostile markup, limits, a lost cookie, a crash."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.e2e.running import free_port, open_page
from tests.support.chats import now
from tests.support.memory import MemoryStorage
from tests.web.sites import site

FIELD = "پرسش شما"


async def _say(page: Page, text: str) -> None:
    await page.get_by_label(FIELD).fill(text)
    await page.keyboard.press("Enter")


async def test_older_messages_are_fetched_without_losing_the_place() -> None:
    async with site() as web, open_page() as page:
        for n in range(120):
            body: dict[str, object] = {"text": f"پیام {n}", "keyboard": [], "kind": "message", "file": None}
            await web.storage.chat_log.append(1001, True, body, now())
        await page.goto(web.url)
        await expect(page.locator(".message")).to_have_count(50)
        await expect(page.locator(".message").last).to_be_in_viewport()
        first = page.locator('[data-id="71"]')
        await first.scroll_into_view_if_needed()
        await page.locator("#older").click()
        await expect(page.locator(".message")).to_have_count(100)
        await expect(first).to_be_in_viewport()
        await page.locator("#older").click()
        await expect(page.locator(".message")).to_have_count(120)
        await expect(page.locator("#older")).to_be_hidden()


async def test_what_people_write_is_never_markup() -> None:
    problems: list[str] = []
    hostile = '<img src=x onerror="document.title=1"><b>x</b></article><script>document.title=2</script>'
    async with site() as web, open_page(problems=problems) as page:
        await page.goto(web.url)
        title = await page.title()
        await _say(page, hostile)
        for message in (page.locator(".message--mine"), page.locator(".message--bot")):
            await expect(message).to_contain_text(hostile)
            await expect(message.locator("img, b, script")).to_have_count(0)
        assert (await page.title(), problems) == (title, [])


async def test_markup_that_telegram_does_not_know_stays_outside() -> None:
    source = (
        "<b>درشت</b> <script>x</script><a href='javascript:x'>بد</a> <a href='https://example.org'>خوب</a>"
        "<blockquote expandable onclick='x'>نقل <u>خط</u><img src=x></blockquote><iframe src='//example.org'></iframe>"
    )
    async with site() as web, open_page() as page:
        await page.goto(web.url)
        scripts = await page.locator("script[type=module]").get_attribute("src")
        assert scripts
        made = await page.evaluate(
            """async ([address, source]) => {
                const { blocksOf } = await import(address);
                const holder = document.createElement("div");
                holder.append(...blocksOf(source, () => null));
                return [...holder.querySelectorAll("*")].map((e) => [e.nodeName, ...e.getAttributeNames()].join(" "));
            }""",
            [scripts.replace("chat.js", "markup.js"), source],
        )
        assert made == ["P", "B", "SPAN", "A href target rel", "BLOCKQUOTE data-expandable", "U"]


async def test_who_is_too_fast_reads_why_and_loses_nothing() -> None:
    async with site(per_person=1) as web, open_page() as page:
        await page.goto(web.url)
        await _say(page, "یک")
        await expect(page.locator(".message--bot")).to_have_count(1)
        await _say(page, "دو")
        await expect(page.locator(".toast")).to_contain_text("صبر کنید")
        waiting = page.locator(".message--waiting")
        await expect(waiting).to_contain_text("دو")
        await page.reload()
        await expect(page.locator(".message--waiting")).to_contain_text("دو")
        await page.get_by_role("button", name="پاک کردن").click()
        await expect(waiting).to_have_count(0)


async def test_a_page_whose_cookie_is_gone_gets_another_by_itself() -> None:
    async with site() as web, open_page() as page:
        await page.goto(web.url)
        await expect(page.locator("#welcome")).to_be_visible()
        await page.context.clear_cookies()
        await _say(page, "سلام")
        await expect(page.locator(".message--mine")).to_have_count(1)
        await page.reload()
        await expect(page.locator(".message--bot")).to_contain_text("پژواک: سلام")


async def test_what_welcomes_is_read_from_its_beginning() -> None:
    async with site() as web, open_page((360, 640)) as page:
        await page.goto(web.url)
        await expect(page.locator("#welcome")).to_be_visible()
        await expect(page.locator("#welcome h2")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("text", "direction"),
    [("API و XML چیست؟", "rtl"), ("ماده ۲۱", "rtl"), ("۲۱", "rtl"), ("made 21 chie?", "ltr")],
)
async def test_a_persian_sentence_may_begin_with_a_latin_word(text: str, direction: str) -> None:
    side = "e => [getComputedStyle(e).direction, getComputedStyle(e).unicodeBidi.includes('plaintext')]"
    async with site() as web, open_page() as page:
        await page.goto(web.url)
        await page.get_by_label(FIELD).fill(text)
        assert await page.get_by_label(FIELD).evaluate(side) == [direction, False]
        await page.keyboard.press("Enter")
        await expect(page.locator(".message--bot")).to_have_count(1)
        assert await page.locator(".message--mine p").evaluate(side) == [direction, False]
        assert await page.locator(".message--bot p").evaluate(side) == ["rtl", False]  # «پژواک: …»


@pytest.mark.parametrize("chosen", ["", "dark"])
async def test_the_whole_chat_is_printed_black_on_white(chosen: str) -> None:
    colours = "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
    async with site() as web, open_page(dark=True) as page:
        await page.goto(web.url)
        for n in range(1, 7):
            await _say(page, f"پرسش {n}\n" * 9)
            await expect(page.locator(".message--bot")).to_have_count(n)
        await page.evaluate("chosen => chosen && (document.documentElement.dataset.theme = chosen)", chosen)
        assert await page.evaluate(
            "document.documentElement.scrollHeight <= innerHeight"
        )  # on the screen the log scrolls
        await page.emulate_media(media="print")
        last = page.locator(".message--bot p").last
        assert await page.evaluate("document.documentElement.scrollHeight > 2 * innerHeight")
        for message in (last, page.locator(".message--mine p").last):
            assert await message.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        for hidden in ("#composer", ".keyboard", "#menu-button"):
            await expect(page.locator(hidden).first).to_be_hidden()


async def test_large_letters_hide_no_button() -> None:
    side = "(e, side) => e.getBoundingClientRect()[side]"
    async with site() as web, open_page((360, 740)) as page:
        await page.goto(web.url)
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        words, tools = page.locator(".brand-words"), page.locator(".bar-tools")
        assert await page.locator(".brand-name").evaluate(
            "e => e.parentElement.scrollWidth > e.parentElement.clientWidth"
        )
        assert await words.evaluate("e => getComputedStyle(e).overflow") == "hidden"
        assert await words.evaluate(side, "left") >= await tools.evaluate(side, "right")
        assert await tools.evaluate(side, "left") >= 0


async def test_two_tabs_show_the_same_chat() -> None:
    async with site() as web, open_page() as page:
        await page.goto(web.url)
        other = await page.context.new_page()
        await other.goto(web.url)
        await _say(other, "از این برگه")
        await expect(page.locator(".message--bot")).to_contain_text("از این برگه")
        await page.locator(".key", has_text="حذف").click()
        await expect(other.locator(".message--bot")).to_have_count(0)


async def test_what_was_written_while_the_server_was_away_is_sent_once() -> None:
    storage, port = MemoryStorage(), free_port()
    async with open_page() as page:
        async with site(storage=storage, port=port) as web:
            await page.goto(web.url)
            await _say(page, "پیش")
            await expect(page.locator(".message--bot")).to_have_count(1)
        await _say(page, "میان")
        await expect(page.locator(".message--waiting")).to_be_visible()
        await expect(page.locator("#banner")).to_be_visible()
        async with site(storage=storage, port=port):
            await expect(page.locator(".message--bot")).to_have_count(2)
            await expect(page.locator("#banner")).to_be_hidden()
            await expect(page.locator(".message--waiting")).to_have_count(0)
            texts = [m.body["text"] for m in await storage.chat_log.history(1001, limit=9)]
            assert texts == ["پیش", "پژواک: پیش", "میان", "پژواک: میان"]
