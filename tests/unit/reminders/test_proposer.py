"""What a new regulation sets as limits, found for a person to accept."""

from __future__ import annotations

from knowledge.limits import LimitKind
from reminders.jalali import Unit
from reminders.passages import passages_of_file
from reminders.proposer import propose

NEW = """ماده ۱- وزارت نیرو مکلف است ظرف مدت دو ماه از تاریخ ابلاغ این تصویب‌نامه، فهرست مشترکان را به سازمان اعلام کند.
تبصره- دستگاه‌های اجرایی باید هر شش ماه یک بار گزارش پیشرفت را به وزارت نیرو بفرستند.
ماده ۲- کارکنان باید دست‌کم پنج سال سابقه داشته باشند.
ماده ۳- سامانه تا پایان آذر ۱۴۰۶ راه‌اندازی می‌شود.
"""
BODIES = [("وزارت نیرو", "energy"), ("دستگاه‌های اجرایی", "agencies")]


def test_limits_periods_and_dates_with_their_words_and_bodies() -> None:
    passages = passages_of_file(NEW)
    found = {p.eid: p for p in propose(passages, BODIES)}
    assert set(found) == {"art_1", "art_1__note_1", "art_3"}
    first, period, date = found["art_1"], found["art_1__note_1"], found["art_3"]
    assert (first.kind, first.amount, first.unit) == (LimitKind.RELATIVE, 2, Unit.MONTH)
    assert first.responsible == ("energy",)
    assert first.anchor.startswith("ابلاغ این")
    assert (period.kind, period.amount, period.unit) == (LimitKind.PERIODIC, 6, Unit.MONTH)
    assert period.responsible == ("agencies",)
    assert date.kind is LimitKind.ABSOLUTE
    for proposal in found.values():
        passage = next(p for p in passages if p.eid == proposal.eid)
        assert proposal.quote in passage.text, "quotes are verbatim"


def test_experience_is_no_limit() -> None:
    assert not propose(passages_of_file("ماده ۱- مدیر باید پنج سال سابقه مدیریت داشته باشد."), BODIES)


def test_a_note_that_names_nobody_binds_those_of_its_article_and_quotes_tell_limits_apart() -> None:
    text = """ماده ۱- وزارت نیرو موظف است گزارش را ظرف یک ماه بفرستد. سازمان ظرف یک ماه پاسخ می‌دهد.
تبصره- مستندات آن هر سه ماه به‌روز می‌شود و از آذرماه ۱۴۰۶ در دسترس است.
"""
    first, second, period = propose(passages_of_file(text), [*BODIES, ("سازمان", "organization")])
    assert (first.responsible, second.responsible) == (("energy",), ("organization",))
    assert "بفرستد" in first.quote
    assert "پاسخ" in second.quote
    assert (period.kind, period.amount, period.responsible) == (LimitKind.PERIODIC, 3, ("energy",))


def test_what_a_limit_counts_from() -> None:
    text = """ماده ۱- وزارت نیرو موظف است ظرف دو هفته پس از اعلام نظر سازمان نسبت به اصلاح آن اقدام کند.
ماده ۲- وزارت نیرو موظف است یک ماه پس از ابلاغ این آیین‌نامه برنامه عملیاتی خود را بفرستد.
"""
    event, relative = propose(passages_of_file(text), BODIES)
    assert (event.kind, event.anchor) == (LimitKind.EVENT, "اعلام نظر سازمان")
    assert (relative.kind, relative.anchor) == (LimitKind.RELATIVE, "ابلاغ این آیین‌نامه")
