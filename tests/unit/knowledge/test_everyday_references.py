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
