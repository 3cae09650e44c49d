"""«پروژه»، «گام»، «فصل» in an everyday sense are no references with confidence; references stay references."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from knowledge.answers import Status
from tests.support.answering import real_answerer

TODAY = dt.date(2026, 11, 28)
HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("question", lines("everyday_words.txt"))
def test_an_everyday_sense_is_not_answered_with_confidence(question: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert not answer.confident
    assert answer.status in (Status.NO_CONFIDENT_ANSWER, Status.NO_SUCH_PROVISION)


@pytest.mark.parametrize("question", lines("plain_references.txt"))
def test_a_reference_stays_one(question: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert answer.confident
    assert answer.status in (Status.ANSWERED, Status.ASKED_BACK)


def test_what_a_doubted_reference_would_mean_is_still_offered_first() -> None:
    answer = real_answerer().answer("پروژه پایانی درس را چطور بنویسم؟", today=TODAY)
    assert answer.status is Status.NO_CONFIDENT_ANSWER
    assert str(answer.hits[0].address) == "pilot-projects-1402/project_20"


def test_a_named_text_leaves_no_doubt() -> None:
    answer = real_answerer().answer("فصل سوم نقشه راه برای سریال و فیلم چی گفته؟", today=TODAY)
    assert (answer.status, str(answer.main)) == (Status.ANSWERED, "roadmap-1404/chp_3")


def test_there_are_enough_of_both() -> None:
    assert len(lines("everyday_words.txt")) >= 60
    assert len(lines("plain_references.txt")) >= 35


@pytest.mark.parametrize(
    "question",
    [
        "ماده ۱۲ آیین‌نامه معاملات شهرداری",
        "آیین‌نامه معاملات شهرداری ماده ۱۲",
        "ماده ۷ بخشنامه اضافه‌کار",
        "ماده ۵ مصوبه هیئت وزیران",
        "ماده ۹ مصوبه شورای عالی کار",
        "ماده ۸ دستورالعمل طبقه‌بندی مشاغل",
        "article 17 GDPR",
    ],
)
def test_a_document_that_is_none_of_ours_is_not_asked_back(question: str) -> None:
    assert real_answerer().answer(question, today=TODAY).status is Status.NO_CONFIDENT_ANSWER


@pytest.mark.parametrize(
    "question", ["ماده ۱۱ مصوبه شورای عالی اداری", "ماده ۶ سند دولت الکترونیک", "ماده ۱۵ بخشنامه درباره مشاور گرفتن"]
)
def test_a_document_that_may_be_ours_is(question: str) -> None:
    assert real_answerer().answer(question, today=TODAY).confident


def test_a_slip_is_not_made_another_number() -> None:
    answer = real_answerer().answer("تبصره‌ی ۲، ماده بیستوشتم چه می‌گوید؟", today=TODAY)
    assert answer.status is Status.ASKED_BACK
    assert {str(hit.address) for hit in answer.hits} == {"roadmap-1404/art_28__note_2", "eservices-1393/art_28__note_2"}


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("hokmrani dade fasl dovom dare? matnesho bedin", None),
        ("میشه پروژه ۷ رو نشونم بدی؟", "pilot-projects-1402/project_7"),
        ("سند پروژه‌های پیشران دولت هوشمند رو نشان بده", "pilot-projects-1402"),
        ("کام سوم چرخه هوشمندسازی", "smart-cycle-1404/step_3"),
    ],
)
def test_a_reference_is_answered(question: str, address: str | None) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    if address is None:
        assert answer.status is Status.NO_SUCH_PROVISION
    else:
        assert (answer.status, str(answer.main)) == (Status.ANSWERED, address)
