"""A representative reports a duty with a file from the browser, an operator opens it, and /forget takes it away."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.running import DESKTOP, PHONE, Rahyar, free_port, open_browser
from tests.e2e.visitors import PATIENCE_MS, Visitor, joined

AGENCY = "سازمان ثبت احوال کشور"
DOCUMENT = b"%PDF-1.4 the architecture\n" * 50_000  # 1.3 MB


@pytest.fixture
def town(tmp_path: Path) -> Rahyar:
    return Rahyar(tmp_path / "data", free_port())


async def test_evidence_from_the_browser(tmp_path: Path, town: Rahyar) -> None:
    document, huge, nothing = (tmp_path / name for name in ("سند معماری.pdf", "huge.bin", "empty.txt"))
    document.write_bytes(DOCUMENT)
    huge.write_bytes(b"x" * (20 * 1024 * 1024 + 1))
    nothing.touch()
    problems: list[str] = []
    town.start()
    try:
        async with open_browser() as open_context:
            operator = Visitor(await open_context(DESKTOP, problems=problems))
            representative = Visitor(await open_context(PHONE, problems=problems))
            await joined(operator, representative, town, AGENCY)
            page = representative.page
            attach, chooser = page.get_by_role("button", name="پیوست کردن فایل یا عکس"), page.locator("#file")
            await expect(attach).to_be_hidden()
            await representative.says("/done")
            await representative.last.locator(".key").first.click()
            await representative.hears("۲۰ مگابایت")
            await expect(attach).to_be_visible()
            box = await attach.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44
            assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]

            await chooser.set_input_files(huge)
            await expect(page.locator(".toast")).to_contain_text("بیش از ۲۰ مگابایت")
            await chooser.set_input_files(nothing)
            await expect(page.locator(".toast")).to_contain_text("خالی")
            await expect(page.locator(".message--mine .message-file")).to_have_count(0)
            await chooser.set_input_files(document)
            sent = page.locator(".message--mine .message-file")
            await expect(sent).to_contain_text("سند معماری.pdf", timeout=PATIENCE_MS)
            await representative.hears("۱ مدرک")
            await representative.presses("ثبت گزارش", "گزارش")
            await expect(attach).to_be_hidden(timeout=PATIENCE_MS)

            await operator.hears("گزارش کرد")
            await operator.page.get_by_role("button", name="دیدن مدارک").last.click()
            shown = operator.page.locator(".message--bot .message-file").last
            async with operator.page.expect_download() as download:
                await shown.click(timeout=PATIENCE_MS)
            saved = tmp_path / "saved.pdf"
            await (await download.value).save_as(saved)
            assert hashlib.sha256(saved.read_bytes()).digest() == hashlib.sha256(DOCUMENT).digest()

            address = await sent.get_attribute("href")
            assert (await page.request.get(f"{town.url}{address}")).status == 200
            assert (await operator.page.request.get(f"{town.url}{address}")).status == 404
            await representative.says("/forget")
            await page.get_by_role("button", name="بله، همه را پاک کن").click()
            await expect(sent).to_have_count(0, timeout=PATIENCE_MS)
            assert (await page.request.get(f"{town.url}{address}")).status == 404
        assert [problem for problem in problems if "404" not in problem] == []
    finally:
        assert town.stop() == 0
