"""A part is told by its place among what a provision lists."""

from __future__ import annotations

import pytest

from knowledge.counted_parts import counted_part
from knowledge.provisions import Address
from tests.support.corpus import real_corpus


@pytest.mark.parametrize(
    ("question", "holder", "part"),
    [
        ("سومین اقدام مرحله ۱ نقشه راه", "roadmap-1404/stage_1", "roadmap-1404/stage_1__actor_3"),
        ("دومین دستگاه فهرست‌شده کارهاش چیه", "roadmap-1404/stage_2", "roadmap-1404/stage_2__actor_2"),
        ("آخرین مورد کدام است", "roadmap-1404/stage_2__actor_1", "roadmap-1404/stage_2__actor_1__item_6"),
        ("سومین نفر تو لیست اعضای کارگروه", "roadmap-1404/stage_1__actor_1", "roadmap-1404/stage_1__actor_1__item_3"),
        ("نفر پنجم ترکیب اعضا", "eservices-1393/art_28__list_1", "eservices-1393/art_28__list_1__list_5"),
        ("لایه دومی چیا توشه", "roadmap-1404/hdg_4", "roadmap-1404/hdg_4__list_2"),
        ("هفتمین دلیل چیست", "roadmap-1404/hdg_1", "roadmap-1404/hdg_1__list_7"),
        ("دهمی که آخریشونه چیو تعریف کرده", "data-governance-1404/art_1", "data-governance-1404/art_1__list_10"),
        ("مورد ۲ چیست", "smart-cycle-1404/art_8", "smart-cycle-1404/art_8__list_2"),
    ],
)
def test_it_is_the_one_that_is_counted_to(question: str, holder: str, part: str) -> None:
    assert counted_part(question, Address.parse(holder), real_corpus()) == Address.parse(part)


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("سومین نفر کارگروه", "roadmap-1404/stage_1"),  # bodies are no members
        ("مورد نهم", "smart-cycle-1404/art_8"),  # there is no ninth
        ("تبصره دومی چه می‌گوید", "smart-cycle-1404/art_8"),  # notes have numbers of their own
        ("ساعت کار ۲ روز است", "smart-cycle-1404/art_8"),
        ("مورد دوم", "roadmap-1404/art_20"),  # lists nothing
        ("مهلتش کی است", "smart-cycle-1404/art_8"),
    ],
)
def test_where_nothing_is_counted_it_is_none(question: str, holder: str) -> None:
    assert counted_part(question, Address.parse(holder), real_corpus()) is None
