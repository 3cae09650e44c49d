"""The terminal chat: one person, lines in, messages out, through the same in-process channel as the web.

Knows how a message looks in a terminal; everything said comes from the conversation and from `bot/texts`.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import re
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import TextIO

from bot.chat_events import Event
from bot.fluent_texts import Texts
from bot.in_process import InProcessChannel
from knowledge.numerals import ascii_digits, persian_digits

__all__ = ["TerminalChat", "line_reader", "terminal_text"]

#: Everybody who types at this machine's terminal is the same person.
PERSON_ID = 1
END_WORDS = frozenset({"/quit", "/exit"})
_STYLES = {"b": "1", "strong": "1", "i": "3", "em": "3", "u": "4", "ins": "4", "s": "9", "code": "2", "a": "4"}
_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
_QUOTE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)
#: What moves the cursor or changes the terminal has no business in a message.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class TerminalChat:
    """Reads lines and shows answers until the lines end or one says /quit."""

    def __init__(
        self,
        channel: InProcessChannel,
        texts: Texts,
        *,
        read_line: Callable[[], Awaitable[str | None]],
        write: Callable[[str], None],
        styled: bool,
    ) -> None:
        """`read_line` gives None at the end; `write` takes one line without its end; `styled` allows ANSI styles."""
        self._channel, self._texts, self._read_line, self._write, self._styled = (
            channel,
            texts,
            read_line,
            write,
            styled,
        )
        self._buttons: list[tuple[int, dict[str, str]]] = []
        self._answered = False

    async def run(self) -> None:
        """The whole conversation."""
        self._write(self._texts.plain("terminal-hello"))
        with self._channel.subscribe(PERSON_ID) as subscription:
            while (line := await self._read_line()) is not None and line.strip() not in END_WORDS:
                if not line.strip():
                    continue
                self._answered = False
                await self._take(line.strip())
                await self._channel.settled()
                while (event := subscription.next_waiting()) is not None:
                    self._show(event)
                if not self._answered:
                    self._write(self._texts.plain("terminal-no-answer"))
        self._write(self._texts.plain("terminal-bye"))

    async def _take(self, line: str) -> None:
        digits = ascii_digits(line)
        if digits.isdecimal() and 1 <= int(digits[:6]) <= len(self._buttons):
            await self._press(*self._buttons[int(digits[:6]) - 1])
        else:
            await self._channel.receive_text(PERSON_ID, line)

    async def _press(self, message_id: int, button: dict[str, str]) -> None:
        if "data" in button:
            await self._channel.press(PERSON_ID, message_id, button["data"])
            return
        self._answered = True
        address = button.get("url") or button.get("copy") or button.get("switch", "")
        self._write(self._texts.plain("terminal-link", url=address))

    def _show(self, event: Event) -> None:
        if event.kind == "toast":
            self._answered = True
            if event.text:
                self._write(f"({event.text})")
        if event.message is None or not event.message.from_bot:
            return
        self._answered = True
        body = event.message.body
        self._write("")
        self._write(terminal_text(body["text"], styled=self._styled))
        if body.get("file"):
            self._write(
                self._texts.plain("terminal-file", name=body["file"].get("name") or body["file"].get("url", ""))
            )
        self._offer(event.message.message_id, body["keyboard"])

    def _offer(self, message_id: int, keyboard: Sequence[Sequence[dict[str, str]]]) -> None:
        """Rows lie left to right for right-to-left reading, so each is numbered from its end."""
        self._buttons = [(message_id, button) for row in keyboard for button in reversed(row)]
        labels = [f"[{persian_digits(str(n))}] {button['text']}" for n, (_, button) in enumerate(self._buttons, 1)]
        if labels:
            self._write("   ".join(labels))


def terminal_text(source: str, *, styled: bool) -> str:
    """Telegram's HTML as lines for a terminal: quotes with a bar before each line, styles as ANSI codes or none."""
    quoted = _QUOTE.sub(lambda match: "\n".join(f"│ {line}" for line in match[1].split("\n")), source)
    plain = _TAG.sub(lambda match: _style(match[1], match[2], styled), _CONTROL.sub("", quoted))
    return html.unescape(plain)


def _style(end: str, tag: str, styled: bool) -> str:
    if not styled or tag not in _STYLES:
        return ""
    return "\x1b[0m" if end else f"\x1b[{_STYLES[tag]}m"


def line_reader(stream: TextIO) -> Callable[[], Awaitable[str | None]]:
    """Reads lines in a thread of its own that keeps nobody from ending; None after the last line."""
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended before the lines
            for line in stream:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="terminal", daemon=True).start()
    return lines.get
