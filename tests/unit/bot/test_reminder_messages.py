"""Messages about many duties: numbered as their buttons are, within the Bot API's limit, none lost in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from persiantools.jdatetime import JalaliDate

from bot.fluent_texts import Html, load_texts
from bot.reminder_messages import LINES_MAX, ReminderMessages
from bot.rendering import MESSAGE_MAX, plain_text, visible_length
from knowledge.numerals import persian_digits
from knowledge.provisions import Address
from reminders.composing import Content, DutyLine
from reminders.duty import DutyKey
from reminders.ledger import MessageKind
from tests.support.corpus import real_corpus

LINE = DutyLine(
    DutyKey("ict-ministry", "roadmap-1404.art_22", "1405-q3"),
    "وزارت ارتباطات و فناوری اطلاعات",
    "تهیه گزارش",
    "هر سه ماه",
    Address("roadmap-1404", "art_22"),
    JalaliDate(1405, 9, 30),
    44,
)


def rendered(count: int, line: DutyLine = LINE) -> tuple[list[str], list[str]]:
    """Paragraphs below the title, and labels of buttons in reading order."""
    content = Content(MessageKind.DAILY, (line,) * count)
    message = ReminderMessages(load_texts(), real_corpus())(content, "telegram")
    assert visible_length(Html(message.text)) <= MESSAGE_MAX
    shown = plain_text(Html(message.text)).translate(dict.fromkeys(map(ord, "\u200f\u2068\u2069")))
    return shown.split("\n\n")[1:], [label for row in message.buttons for label, _ in reversed(row)]


@pytest.mark.parametrize("count", [2, LINES_MAX, LINES_MAX + 3, 40])
@pytest.mark.parametrize("quote", ["هر سه ماه", "متن حکم " * 200])
def test_every_duty_is_shown_or_counted(count: int, quote: str) -> None:
    parts, labels = rendered(count, replace(LINE, quote=quote, action=quote[:200]))
    shown = len(labels)
    assert labels == [persian_digits(f"جزئیات {n}") for n in range(1, shown + 1)]
    assert [part.split(". ")[0] for part in parts[:shown]] == [persian_digits(str(n)) for n in range(1, shown + 1)]
    rest = [persian_digits(f"و {count - shown} تکلیف دیگر؛ همه را در /obligations ببینید.")] if count > shown else []
    assert parts[shown:] == rest


def test_one_duty_says_which_time_it_is_and_has_no_number() -> None:
    (part,), labels = rendered(1)
    assert part.splitlines()[:3] == ["تهیه گزارش", "وزارت ارتباطات و فناوری اطلاعات", "نوبت: پاییز ۱۴۰۵"]
    assert len(labels) == 4
    third = replace(LINE, key=replace(LINE.key, occurrence="3"))
    assert "نوبت: ۳" in rendered(1, third)[0][0].splitlines()
