"""People at the chat page: what they write and press, and what comes to them."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.running import Rahyar

__all__ = ["PATIENCE_MS", "Visitor", "joined"]

#: What delivery may take on a slow machine, in milliseconds.
PATIENCE_MS = 60_000


class Visitor:
    """Somebody at the chat page."""

    def __init__(self, page: Page) -> None:
        self.page, self._bots = page, page.locator(".message--bot")

    @property
    def last(self) -> Locator:
        return self._bots.last

    async def says(self, text: str) -> Locator:
        """Writes; the bot's next message."""
        count = await self._bots.count()
        await self.page.get_by_label("پرسش شما").fill(text)
        await self.page.keyboard.press("Enter")
        await expect(self._bots).not_to_have_count(count, timeout=PATIENCE_MS)
        return self.last

    async def presses(self, label: str, then: str) -> Locator:
        """Presses a button of the last message that has it; the message that holds `then` afterwards."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        await expect(self.last).to_contain_text(then, timeout=PATIENCE_MS)
        return self.last

    async def hears(self, words: str) -> Locator:
        """The message with these words, which came by itself."""
        message = self._bots.filter(has_text=words).last
        await expect(message).to_be_visible(timeout=PATIENCE_MS)
        return message


async def joined(operator: Visitor, representative: Visitor, rahyar: Rahyar, agency: str) -> None:
    """The first operator by the printed code; a representative by the operator's invitation."""
    code = re.search(r"/start (i_\S+)", rahyar.said)
    assert code is not None, rahyar.said
    await operator.page.goto(f"{rahyar.url}/?start={code[1]}")
    await operator.hears("نام و نام خانوادگی خود را بنویسید")
    await operator.says("رضا کارشناس")
    await operator.hears("شما اکنون کارشناس سازمان هستید")
    await operator.says("/operator")
    await operator.presses("دعوت تازه", "دعوت برای کدام دستگاه؟")
    await operator.says(agency)
    await operator.presses(agency, "دعوت برای چه نقشی")
    await operator.presses("نماینده", "دعوت چند روز معتبر باشد؟")
    await operator.page.get_by_role("button", name=re.compile("روز")).last.click()
    await operator.hears("نامه معرفی نماینده را بنویسید")
    await operator.presses("گذشتن از این گام", "دعوت یک‌بارمصرف")
    invitation = await operator.hears("دعوت یک‌بارمصرف")
    parameter = (await invitation.locator("code").inner_text()).removeprefix("/start ")
    await representative.page.goto(f"{rahyar.url}/?start={parameter}")
    await representative.hears("نام و نام خانوادگی خود را بنویسید")
    await representative.says("سارا امینی")
    await representative.hears("شما اکنون نماینده")
